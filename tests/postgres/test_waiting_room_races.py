"""The waiting room under a rush, on PostgreSQL: never more inside than it says, one place a browser, the draw."""

import datetime as dt
import uuid

from tests.factories.tickets import NOW, WaitingRoomFactory
from tests.racing import at_once
from tickets.models import WaitingPlace
from tickets.waitingroom import entering, invariants, queries, rules

State = WaitingPlace.State


def careless_hold(room, now):
    """Hold nobody: what a beginner writes."""


def arrive(room, *, hold=entering.hold_door, buyers=60):
    """Let so many browsers come at once; return how many were let in."""
    moment = NOW + dt.timedelta(seconds=1)

    def one(number):
        return entering.come(room=room, key=uuid.UUID(int=number), came_at=moment, now=moment, hold=hold).state

    return at_once(buyers, one).count(State.INSIDE)


def test_sixty_come_at_once_and_ten_are_let_in():
    room = WaitingRoomFactory(most_inside=10)

    assert arrive(room) == 10
    assert queries.inside(room, NOW) == 10
    assert WaitingPlace.objects.filter(state=State.WAITING).count() == 50
    assert invariants.violations() == []


def test_without_the_door_being_held_more_come_in():
    """The control: if this one lets in ten too, the test above proves nothing."""
    room = WaitingRoomFactory(most_inside=10)

    assert arrive(room, hold=careless_hold) > 10


def waiting_room(waiting):
    """Return a room for ten with nobody inside, before which so many wait, drawn."""
    room = WaitingRoomFactory(most_inside=10, opens_at=NOW)
    early = NOW - dt.timedelta(minutes=1)
    for number in range(waiting):
        entering.come(room=room, key=uuid.UUID(int=number), came_at=early, now=early)
    return room


def test_sixty_pages_ask_at_once_and_the_ten_who_were_drawn_are_called():
    room = waiting_room(60)

    at_once(60, lambda _number: entering.let_in(room=room, now=NOW))
    called = set(WaitingPlace.objects.filter(state=State.CALLED).values_list("key", flat=True))
    drawn = sorted((uuid.UUID(int=number) for number in range(60)), key=lambda key: rules.lot(room.seed, key))
    assert called == set(drawn[:10])


def test_twenty_tabs_at_once_are_one_place():
    room = WaitingRoomFactory(most_inside=1)
    key = uuid.uuid4()

    places = at_once(20, lambda _tab: entering.come(room=room, key=key, came_at=NOW, now=NOW))
    assert {place.pk for place in places} == {WaitingPlace.objects.get().pk}
    assert queries.inside(room, NOW) == 1

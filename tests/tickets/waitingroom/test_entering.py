"""Coming, waiting, being let in, leaving: who is where at each step."""

import datetime as dt
import uuid

import pytest

from tests.factories.tickets import NOW
from tickets.models import WaitingPlace, WaitingRoom
from tickets.waitingroom import entering, queries, rules

pytestmark = pytest.mark.django_db
State = WaitingPlace.State


def at(seconds):
    return NOW + dt.timedelta(seconds=seconds)


def come(room, number, seconds=0.0, came=None, **changes):
    key = uuid.UUID(int=number)
    return entering.come(room=room, key=key, came_at=at(seconds if came is None else came), now=at(seconds), **changes)


def wait(room, place, seconds):
    entering.wait(room=room, place=place, now=at(seconds))
    return place.state


def opening(room, **changes):
    WaitingRoom.objects.update(opens_at=NOW, **changes)
    room.refresh_from_db()


def test_so_many_come_in_and_the_next_one_waits(room):
    places = [come(room, number, number) for number in (1, 2, 3)]

    assert [place.state for place in places] == [State.INSIDE, State.INSIDE, State.WAITING]
    assert places[0].until == at(1 + 15 * 60)
    assert queries.crowd(room, at(3)) == queries.Crowd(inside=2, present=1, waiting=1)


def test_a_key_has_one_place_however_often_it_comes(room):
    come(room, 1), come(room, 2)
    waiting = [come(room, 3, second) for second in (1, 2, 3)]

    assert {place.pk for place in waiting} == {waiting[0].pk}
    assert {place.turn for place in waiting} == {waiting[0].turn}


def test_who_comes_later_does_not_pass_who_waits(room):
    first, _second, third = (come(room, number, number) for number in (1, 2, 3))
    entering.leave(room=room, key=first.key, now=at(4))

    assert come(room, 4, 5).state == State.WAITING
    assert wait(room, third, 6) == State.CALLED


def test_leaving_calls_the_next_who_then_comes_in(room):
    first, _second, third = (come(room, number, number) for number in (1, 2, 3))
    assert wait(room, third, 5) == State.WAITING
    entering.leave(room=room, key=first.key, now=at(6))

    assert wait(room, third, 7) == State.CALLED
    assert third.until == at(7 + 3 * 60)
    assert entering.enter(room=room, place=third, now=at(8))
    assert third.until == at(8 + 15 * 60)
    assert queries.inside(room, at(8)) == 2


def test_who_does_not_come_in_time_loses_the_turn_to_the_next(room):
    first, _second, third, fourth = (come(room, number, number) for number in (1, 2, 3, 4))
    entering.leave(room=room, key=first.key, now=at(5))
    wait(room, third, 6)
    assert wait(room, fourth, 100) == State.WAITING
    late = 6 + 3 * 60

    assert wait(room, fourth, late) == State.CALLED
    assert not entering.enter(room=room, place=third, now=at(late + 1))
    again = come(room, 3, late + 2)
    assert again.pk == third.pk
    assert again.state == State.WAITING
    assert again.turn > fourth.turn


def test_a_pass_ends_and_makes_room(room):
    first, _second, third = (come(room, number, number) for number in (1, 2, 3))
    over = 3 + 15 * 60

    assert wait(room, third, over) == State.CALLED
    assert not entering.is_inside(first, at(over))


def test_who_closed_the_page_is_passed_over_and_keeps_the_turn(room):
    first, second, third, fourth = (come(room, number, number) for number in (1, 2, 3, 4))
    assert wait(room, fourth, 130) == State.WAITING
    entering.leave(room=room, key=first.key, now=at(131))

    assert wait(room, fourth, 132) == State.CALLED  # the third has not asked for two minutes
    entering.leave(room=room, key=second.key, now=at(133))
    assert wait(room, come(room, 3, 134), 134) == State.CALLED
    assert third.turn < fourth.turn


def test_people_are_called_once_a_second(room, django_assert_num_queries):
    come(room, 1), come(room, 2)
    come(room, 3)

    assert entering.let_in(room=room, now=at(1)) == 0
    entering.leave(room=room, key=uuid.UUID(int=1), now=at(1.2))
    with django_assert_num_queries(1):
        assert entering.let_in(room=room, now=at(1.5)) == 0
    assert entering.let_in(room=room, now=at(2)) == 1


def test_early_arrivals_are_drawn_and_come_before_later_ones(room):
    opening(room, most_inside=1)
    early = [come(room, number, number - 60) for number in range(1, 9)]
    late = come(room, 20, 1)

    assert {place.state for place in [*early, late]} == {State.WAITING}
    assert entering.move_on(at(-1)) == 0
    order = sorted(early, key=lambda place: rules.lot(room.seed, place.key))
    let_in = []
    for second in range(2, 20, 2):
        assert entering.move_on(at(second)) == 1
        place = WaitingPlace.objects.get(state=State.CALLED)
        let_in.append(place.pk)
        entering.enter(room=room, place=place, now=at(second))
        entering.leave(room=room, key=place.key, now=at(second + 1))
    assert let_in == [place.pk for place in [*order, late]]


def test_nobody_gets_in_while_people_gather(room):
    opening(room)

    place = come(room, 1, -60)
    assert place.state == State.WAITING
    assert wait(room, place, -30) == State.WAITING
    assert wait(room, place, 0) == State.CALLED


def test_the_opening_hour_is_moved_and_the_turns_with_it(room):
    opening(room)
    late, early = come(room, 1, 10), come(room, 2, -10)
    WaitingRoom.objects.update(opens_at=at(600), most_inside=1)
    room.refresh_from_db()

    assert entering.order_anew(room) == 1  # the late one is in
    early.refresh_from_db()
    assert early.turn == rules.lot(room.seed, early.key)
    assert late.state == State.INSIDE


def test_a_refused_place_is_not_written(room):
    def refuse():
        raise PermissionError

    with pytest.raises(PermissionError):
        come(room, 1, admit=refuse)
    assert not WaitingPlace.objects.exists()


def test_tick_puts_out_whose_time_is_over_and_forgets_them_after_two_days(room):
    come(room, 1)
    assert entering.move_on(at(15 * 60)) == 0

    assert WaitingPlace.objects.get().state == State.GONE
    assert entering.forget(at(47 * 3600)) == 0
    assert entering.forget(at(48 * 3600)) == 1


def test_tick_lets_nobody_in_where_it_is_off(room):
    WaitingRoom.objects.update(is_on=False)

    assert entering.move_on(NOW) == 0

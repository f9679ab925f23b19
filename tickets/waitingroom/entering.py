"""Coming to the waiting room, being let in, leaving."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F, Q

from festival.core.writing import writing, writing_statement
from tickets.models import WaitingPlace, WaitingRoom
from tickets.waitingroom import queries, rules
from tickets.waitingroom.rules import Stage

State = WaitingPlace.State
KEPT = timedelta(days=2)
PAUSE = timedelta(seconds=1)  # people are let in once a second, not at every page that asks

Hold = Callable[[WaitingRoom, datetime], None]
Admit = Callable[[], None]


def hold_door(room: WaitingRoom, now: datetime) -> None:
    """Let in alone until the transaction ends; whoever else wants to waits here."""
    WaitingRoom.objects.filter(pk=room.pk).update(moved_at=now)


def come(
    *,
    room: WaitingRoom,
    key: UUID,
    came_at: datetime,
    now: datetime,
    hold: Hold = hold_door,
    admit: Admit | None = None,
) -> WaitingPlace:
    """Give a browser its place, and let it in at once if there is room and nobody is before it.

    The same key has one place, however often it comes. One that has left, or was too late, gets a new turn: the last.
    `came_at` is when the key was handed out. `admit` is called before a new place is written, as for an order; what it
    raises gives everything up. `hold` keeps others from letting in meanwhile; the race tests hand in a careless one.
    """
    times = queries.times_of(room)
    try:
        with writing(public=False):
            place = queries.place_of(room, key)
            if place is not None and _stands(place, now):
                return place
            if place is None:
                if admit:
                    admit()
                place = WaitingPlace(room=room, key=key, came_at=came_at)
            else:
                place.came_at = now
            place.turn = rules.turn(times, key=key, came_at=place.came_at, seed=room.seed)
            place.state, place.seen_at, place.called_at, place.until = State.WAITING, now, None, None
            if rules.stage(times, now) is Stage.LETS_IN:
                hold(room, now)
                crowd = queries.crowd(room, now)
                if not crowd.present and rules.room_left(most=room.most_inside, inside=crowd.inside):
                    place.state, place.called_at = State.INSIDE, now
                    place.until = now + timedelta(minutes=room.pass_minutes)
            place.save()
            return place
    except IntegrityError:
        # Two tabs came at once with the same key: they have one place.
        return room.places.get(key=key)


def wait(*, room: WaitingRoom, place: WaitingPlace, now: datetime, hold: Hold = hold_door) -> None:
    """Say that a place still waits, let the next ones in if it is time to, and read anew where the place stands."""
    with writing_statement():
        room.places.filter(pk=place.pk, state=State.WAITING).update(seen_at=now)
    if rules.stage(queries.times_of(room), now) is Stage.LETS_IN:
        let_in(room=room, now=now, hold=hold)
    place.refresh_from_db()


def let_in(*, room: WaitingRoom, now: datetime, hold: Hold = hold_door) -> int:
    """Call the first who wait, as many as there is room for; return how many. At most once a second."""
    is_due = WaitingRoom.objects.filter(pk=room.pk).filter(Q(moved_at=None) | Q(moved_at__lte=now - PAUSE))
    if not is_due.exists() or not queries.crowd(room, now).present:
        return 0
    with writing(public=False):
        hold(room, now)
        left = rules.room_left(most=room.most_inside, inside=queries.inside(room, now))
        found = queries.next_ones(room, now, left) if left else []
        until = now + timedelta(minutes=room.grace_minutes)
        return room.places.filter(pk__in=found, state=State.WAITING).update(
            state=State.CALLED, called_at=now, until=until
        )


def enter(*, room: WaitingRoom, place: WaitingPlace, now: datetime) -> bool:
    """Come in when it is one's turn; return whether one is in. Nothing is counted anew: who is called has room."""
    with writing_statement():
        room.places.filter(pk=place.pk, state=State.CALLED, until__gt=now).update(
            state=State.INSIDE, seen_at=now, until=now + timedelta(minutes=room.pass_minutes)
        )
    place.refresh_from_db()
    return is_inside(place, now)


def leave(*, room: WaitingRoom, key: UUID, now: datetime) -> None:
    """Leave after an order: somebody else may come in."""
    with writing_statement():
        room.places.filter(key=key, state=State.INSIDE).update(state=State.GONE, until=now)


def order_anew(room: WaitingRoom) -> int:
    """Give everybody who waits their turn anew, after the opening hour was moved; return how many.

    Within the transaction that moves it.
    """
    times = queries.times_of(room)
    places = list(room.places.filter(state=State.WAITING))
    for place in places:
        place.turn = rules.turn(times, key=place.key, came_at=place.came_at, seed=room.seed)
    WaitingPlace.objects.bulk_update(places, ["turn"], batch_size=500)
    return len(places)


def move_on(now: datetime) -> int:
    """Let in who waits, and put out whose time is over; return how many were let in. Runs within `tick`."""
    with writing_statement():
        over = WaitingPlace.objects.filter(state__in=[State.CALLED, State.INSIDE], until__lte=now)
        over.update(state=State.GONE, until=F("until"))
    room = WaitingRoom.objects.filter(edition__is_current=True, is_on=True).first()
    if room is None or rules.stage(queries.times_of(room), now) is Stage.GATHERS:
        return 0
    return let_in(room=room, now=now)


def forget(now: datetime) -> int:
    """Remove places that nobody has looked from for two days; return how many. Runs within `tick`."""
    with writing_statement():
        return queries.forgettable(now - KEPT).delete()[0]


def is_inside(place: WaitingPlace, now: datetime) -> bool:
    """Return whether a place is in and its time is not over."""
    return place.state == State.INSIDE and place.until is not None and now < place.until


def _stands(place: WaitingPlace, now: datetime) -> bool:
    """Return whether a place still waits, or may be in."""
    return place.state == State.WAITING or (
        place.state in {State.CALLED, State.INSIDE} and place.until is not None and now < place.until
    )

"""What is read of the waiting room: its settings, kept until something is published, and who is where, read live."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet

from festival.core.writing import site_generation
from tickets.models import WaitingPlace, WaitingRoom
from tickets.waitingroom import rules
from tickets.waitingroom.rules import Times

State = WaitingPlace.State
LATELY = timedelta(minutes=5)
ABSENT = timedelta(minutes=2)  # a page that waits asks every half minute: who has not for so long is not called
_OFF = "off"


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many are in, called or choosing, how many wait and are there, and how many have places in the order."""

    inside: int
    present: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a place stands: people ahead of it, minutes to promise (None: more than an hour), seconds to ask again."""

    ahead: int
    minutes: int | None
    again: int


def open_room() -> WaitingRoom | None:
    """Return the room of the current edition if it is on; no query while nothing was published."""
    key = f"tickets-waiting-room:{site_generation()}"
    found = cache.get(key)
    if found is None:
        found = WaitingRoom.objects.filter(edition__is_current=True, is_on=True).first() or _OFF
        cache.set(key, found, 300)
    return None if found == _OFF else found


def times_of(room: WaitingRoom) -> Times:
    """Return the moments of a room."""
    return Times(room.opens_at, timedelta(minutes=room.gather_minutes))


def place_of(room: WaitingRoom, key: UUID) -> WaitingPlace | None:
    """Return the place of a key, if it has one yet."""
    return room.places.filter(key=key).first()


def crowd(room: WaitingRoom, now: datetime) -> Crowd:
    """Count who is there. One query."""
    waits = Q(state=State.WAITING)
    counted = room.places.aggregate(
        inside=Count("pk", filter=_is_in(now)),
        present=Count("pk", filter=waits & Q(seen_at__gt=now - ABSENT)),
        waiting=Count("pk", filter=waits),
    )
    return Crowd(**counted)


def inside(room: WaitingRoom, now: datetime) -> int:
    """Return how many are in, or may come in, at the moment."""
    return room.places.filter(_is_in(now)).count()


def next_ones(room: WaitingRoom, now: datetime, count: int) -> list[int]:
    """Return the primary keys of the first `count` who wait and are there."""
    there = room.places.filter(state=State.WAITING, seen_at__gt=now - ABSENT)
    return list(there.order_by("turn", "pk").values_list("pk", flat=True)[:count])


def standing(room: WaitingRoom, place: WaitingPlace, now: datetime) -> Standing:
    """Return where a place stands that waits."""
    first = Q(turn__lt=place.turn) | Q(turn=place.turn, pk__lt=place.pk)
    let_in = Q(called_at__gt=now - LATELY)
    counted = room.places.aggregate(
        ahead=Count("pk", filter=first & Q(state=State.WAITING)), let_in=Count("pk", filter=let_in)
    )
    gathers = rules.stage(times_of(room), now) is rules.Stage.GATHERS
    minutes = rules.minutes_to_wait(
        ahead=counted["ahead"],
        let_in=counted["let_in"],
        within=LATELY,
        most=room.most_inside,
        stay=timedelta(minutes=room.pass_minutes),
    )
    again = rules.look_again(
        ahead=counted["ahead"],
        most=room.most_inside,
        opens_in=room.opens_at - now if gathers and room.opens_at else None,
        number=place.pk,
    )
    return Standing(counted["ahead"], minutes, again)


def forgettable(before: datetime) -> QuerySet[WaitingPlace]:
    """Return the places that nobody has looked from since."""
    return WaitingPlace.objects.filter(seen_at__lte=before)


def _is_in(now: datetime) -> Q:
    return Q(state__in=[State.CALLED, State.INSIDE], until__gt=now)

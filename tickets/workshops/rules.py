"""Who may book a place in a session, what it clashes with, how long an offered place is kept. Plain Python."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Refusal(StrEnum):
    """Why a ticket opens no place in a session."""

    VOID = "void"
    OTHER_PART = "other_part"
    OTHER_DAY = "other_day"


@dataclass(frozen=True, slots=True)
class Pass:
    """What a ticket opens: its product's short name, its part of the week, its festival days.

    `is_valid`: it is paid and neither cancelled nor itself for one session.
    """

    product: str
    section: str
    days: frozenset[date]
    is_valid: bool


@dataclass(frozen=True, slots=True)
class Place:
    """What a session asks for: the short names of the products that open it, else any of its part; its festival day."""

    products: frozenset[str]
    section: str
    day: date


def refusal(held: Pass, place: Place) -> Refusal | None:
    """Return why the ticket opens no place, None when it does: it must open that part of the week on that day."""
    if not held.is_valid:
        return Refusal.VOID
    opens = held.product in place.products if place.products else held.section == place.section
    if not opens:
        return Refusal.OTHER_PART
    return None if place.day in held.days else Refusal.OTHER_DAY


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Return whether two spans, each with its end excluded, have a moment in common."""
    return one[0] < other[1] and other[0] < one[1]


# How long before the session an offer is made, and how long it then stands; the first line that fits counts. They
# shrink as the day nears, and each ends before the session begins: two days in March, twenty minutes at the door.
_WINDOWS = (
    (timedelta(days=30), timedelta(hours=48)),
    (timedelta(days=7), timedelta(hours=24)),
    (timedelta(days=2), timedelta(hours=12)),
    (timedelta(days=1), timedelta(hours=4)),
    (timedelta(hours=6), timedelta(hours=1)),
    (timedelta(hours=1), timedelta(minutes=30)),
)
SHORTEST = timedelta(minutes=20)


def claim_window(*, now: datetime, starts_at: datetime) -> timedelta:
    """Return how long a place that is offered at `now` is kept for the person, for a session that begins later."""
    ahead = starts_at - now
    return next((window for least, window in _WINDOWS if ahead >= least), SHORTEST)

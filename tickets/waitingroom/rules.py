"""The order in which people are let in, how long that takes, and how often a page looks again."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

AFTER_THE_DRAW = 2**62  # turns of early arrivals are below it, of later ones above
_STEPS = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60)  # minutes that are promised


class Stage(StrEnum):
    """What the room does at a moment."""

    GATHERS = "gathers"  # before the opening hour: nobody is let in
    LETS_IN = "lets in"


@dataclass(frozen=True, slots=True)
class Times:
    """What a room's moments are: the opening hour, if there is one, and how long before it people gather."""

    opens_at: datetime | None
    gathers_for: timedelta


def stage(times: Times, at: datetime) -> Stage:
    """Return what the room does at the aware moment `at`."""
    if times.opens_at is not None and times.opens_at - times.gathers_for <= at < times.opens_at:
        return Stage.GATHERS
    return Stage.LETS_IN


def is_drawn(times: Times, came_at: datetime) -> bool:
    """Return whether who came then is let in by lot: while people gathered, and not at the opening hour itself."""
    return stage(times, came_at) is Stage.GATHERS


def turn(times: Times, *, key: UUID, came_at: datetime, seed: str) -> int:
    """Return the place in the order: of early arrivals their lot, of later ones the moment at which they came.

    A lot is the beginning of HMAC-SHA256(seed, key). The key is random and ours, the seed is random and not told before
    the opening: so nobody can choose a lot, and afterwards everybody can count again.
    """
    if is_drawn(times, came_at):
        return lot(seed, key)
    return AFTER_THE_DRAW + (came_at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def lot(seed: str, key: UUID) -> int:
    """Return the lot of a key, at least 0 and below 2^62."""
    return int.from_bytes(hmac.digest(seed.encode(), key.bytes, hashlib.sha256)[:8]) >> 2


def commitment(seed: str) -> str:
    """Return what may be told of a seed before the draw: it cannot be exchanged for another one any more."""
    return hashlib.sha256(seed.encode()).hexdigest()


def room_left(*, most: int, inside: int) -> int:
    """Return how many more may come in."""
    return max(0, most - inside)


def minutes_to_wait(*, ahead: int, let_in: int, within: timedelta, most: int, stay: timedelta) -> int | None:
    """Return the minutes to promise somebody with `ahead` people before them; None for more than an hour.

    As fast as `let_in` people came in `within` the last while; before anybody did, as if each stayed to the end. A
    promise is rounded up: to be early is a joy.
    """
    pace = let_in / (within / timedelta(minutes=1)) if let_in else most / (stay / timedelta(minutes=1))
    return next((step for step in _STEPS if (ahead + 1) / pace <= step), None)


def look_again(*, ahead: int, most: int, opens_in: timedelta | None, number: int) -> int:
    """Return after how many seconds the page asks again: more often when it is soon, never all at the same moment.

    `opens_in` is how long it is to the opening hour, None after it; `number` is any number of the place.
    """
    if opens_in is not None and opens_in <= timedelta(seconds=30):
        return max(1, round(opens_in / timedelta(seconds=1))) + number % 5
    return (30 if opens_in is not None or ahead > 2 * most else 10) + number % 5

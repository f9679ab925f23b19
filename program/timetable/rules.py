"""The law of the timetable: what collides, and what lies outside of the opening hours.

Intervals are half-open, [start, end): 10-11 and 11-12 do not overlap. Every moment is an aware datetime in the
festival's time zone; lengths are counted in real minutes, so a night of the clock change is right too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import combinations

from festival.time.days import festival_day
from program.published.layout import Placing, overlaps


class Kind(StrEnum):
    """What a warning is about."""

    ROOM = "room"
    SPEAKER = "speaker"
    RAIN = "rain"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Clash:
    """A warning: two placings that collide, or one outside the opening hours (then `second` is empty)."""

    kind: Kind
    first: str
    second: str = ""


def clashes(
    placings: Sequence[Placing], hours: Mapping[date, tuple[datetime, datetime]], day_starts_at: time
) -> list[Clash]:
    """Return what an editor should look at before a release; warnings never block.

    Args:
        placings: Everything that will take place (cancelled ones left out).
        hours: For each day, when doors open and close.
        day_starts_at: When a festival day begins.
    """
    found = [Clash(Kind.HOURS, p.key) for p in placings if not p.all_day and _outside(p, hours, day_starts_at)]
    for a, b in combinations(placings, 2):
        if not overlaps(a, b):
            continue
        if a.blocks_room and b.blocks_room and a.room == b.room:
            found.append(Clash(Kind.ROOM, a.key, b.key))
        if a.speakers & b.speakers:
            found.append(Clash(Kind.SPEAKER, a.key, b.key))
        if a.blocks_room and b.blocks_room and _meet_in_rain(a, b):
            found.append(Clash(Kind.RAIN, a.key, b.key))
    return found


def _meet_in_rain(a: Placing, b: Placing) -> bool:
    wet_a, wet_b = a.fallback_room or a.room, b.fallback_room or b.room
    return bool(a.fallback_room or b.fallback_room) and wet_a == wet_b


def _outside(p: Placing, hours: Mapping[date, tuple[datetime, datetime]], day_starts_at: time) -> bool:
    open_hours = hours.get(festival_day(p.start, day_starts_at))
    return open_hours is None or p.start < open_hours[0] or p.end > open_hours[1]

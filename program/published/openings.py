"""When something is to be had: once, or once a day for what is open on several days. Plain Python."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

from festival.time.days import opening_moments
from program.published.snapshot import Occurrence


@dataclass(frozen=True, slots=True)
class Opening:
    """One entry of a calendar: aware moments, `end` exclusive. `uid` never changes, whatever moves."""

    uid: str
    start: datetime
    end: datetime


def openings(occurrence: Occurrence) -> list[Opening]:
    """Return the openings of an occurrence in order: one, or one per day for what is open every day.

    UIDs are the occurrence's own UUID (RFC 7986, 5.3), for a day's opening one derived from it. Hours that pass
    midnight belong to the day on which they begin. Ends are exclusive: until 5 May at midnight is not open on the 5th.
    """
    daily = list(_daily(occurrence))
    return daily or [Opening(occurrence.uuid, occurrence.starts_at, occurrence.ends_at)]


def open_on(occurrence: Occurrence, day: date) -> tuple[datetime, datetime]:
    """Return from when to when an occurrence is on, half-open; for daily hours those of `day`, if it has any.

    The first and the last opening are cut off where the whole begins and ends; an end at midnight only says which day
    is the last one, so that its night goes on to its hour.
    """
    starts_at, ends_at = occurrence.starts_at, occurrence.ends_at
    if not (occurrence.is_all_day and occurrence.daily_from and occurrence.daily_to):
        return starts_at, ends_at
    first, last = occurrence.open_days
    if not first <= day <= last:
        return starts_at, starts_at
    opens, closes = opening_moments(day, occurrence.daily_from, occurrence.daily_to, starts_at.tzinfo or UTC)
    # Compared in UTC: beside a change of the clocks, local times do not tell what is earlier.
    start = max(opens, starts_at, key=_utc)
    end = closes if ends_at.time() == time(0) else min(closes, ends_at, key=_utc)
    return (start, end) if _utc(start) < _utc(end) else (starts_at, starts_at)


def _daily(occurrence: Occurrence) -> Iterator[Opening]:
    if not (occurrence.is_all_day and occurrence.daily_from and occurrence.daily_to):
        return
    day, last = occurrence.open_days
    while day <= last:
        start, end = open_on(occurrence, day)
        if start != end:
            yield Opening(str(uuid5(UUID(occurrence.uuid), day.isoformat())), _real(start), _real(end))
        day += timedelta(days=1)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _real(moment: datetime) -> datetime:
    """Return the moment as the clocks show it, even where they skip its time."""
    return _utc(moment).astimezone(moment.tzinfo)

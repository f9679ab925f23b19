"""Occurrences as calendar events (RFC 5545, 7986). Plain Python; the words come in as arguments."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from festival.time.days import opening_moments
from program.published.snapshot import Occurrence, Withdrawn

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Words:
    """The few words that an event needs besides the programme's own."""

    cancelled: str
    withdrawn: str


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One VEVENT. `stamp` is the last revision, so that equal facts give equal bytes."""

    uid: str
    summary: str
    start: datetime
    end: datetime
    sequence: int
    stamp: datetime
    status: str = "CONFIRMED"
    description: str = ""
    location: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    geo: tuple[float, float] | None = None


def events_of(
    occurrence: Occurrence, *, url: str, description: str, language: str, words: Words
) -> list[CalendarEvent]:
    """Return the events of an occurrence: one, or one per day for what is open on several days.

    UIDs are the occurrence's own UUID (RFC 7986 5.3), for a day's opening one derived from it; they never change.
    """
    session, venue = occurrence.session, occurrence.room.venue
    title = clean(session.title.read(language))
    return [
        CalendarEvent(
            uid=uid,
            summary=f"{words.cancelled} – {title}" if occurrence.is_cancelled else title,
            start=start,
            end=end,
            sequence=occurrence.sequence,
            stamp=occurrence.revised_at,
            status="CANCELLED" if occurrence.is_cancelled else "CONFIRMED",
            description=clean(description),
            location=clean(f"{occurrence.room.name.read(language)}, {venue.name.read(language)}, {venue.address}"),
            url=url,
            categories=(session.section.name.read(language), session.track.name.read(language)),
            geo=None if venue.latitude is None or venue.longitude is None else (venue.latitude, venue.longitude),
        )
        for uid, start, end in _openings(occurrence)
    ]


def withdrawn_events(withdrawn: Iterable[Withdrawn], words: Words) -> list[CalendarEvent]:
    """Return cancellations of what earlier releases carried; without a title, because it may be private now."""
    return [
        CalendarEvent(w.uuid, words.withdrawn, w.starts_at, w.ends_at, w.sequence, w.revised_at, "CANCELLED")
        for w in withdrawn
    ]


def clean(text: str) -> str:
    """Return the text without control characters, which iCalendar and XML forbid."""
    return _CONTROL.sub("", text)


def _openings(occurrence: Occurrence) -> list[tuple[str, datetime, datetime]]:
    if not (occurrence.is_all_day and occurrence.daily_from and occurrence.daily_to):
        return [(occurrence.uuid, occurrence.starts_at, occurrence.ends_at)]
    first, last = occurrence.open_days
    zone = occurrence.starts_at.tzinfo or UTC
    return [
        (
            str(uuid5(UUID(occurrence.uuid), day.isoformat())),
            *opening_moments(day, occurrence.daily_from, occurrence.daily_to, zone),
        )
        for day in (first + timedelta(days=n) for n in range((last - first).days + 1))
    ]

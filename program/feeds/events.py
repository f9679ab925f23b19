"""Occurrences as calendar events (RFC 5545, 7986). Plain Python; the words come in as arguments."""

from collections.abc import Iterable
from dataclasses import dataclass

from festival.calendars.files import CalendarEvent
from program.published.openings import openings
from program.published.snapshot import Occurrence, Withdrawn


@dataclass(frozen=True, slots=True)
class Words:
    """The few words that an event needs besides the programme's own, and their language."""

    language: str
    cancelled: str
    withdrawn: str


def events_of(occurrence: Occurrence, *, url: str, description: str, words: Words) -> list[CalendarEvent]:
    """Return the events of an occurrence: one, or one per day for what is open on several days."""
    session, venue, language = occurrence.session, occurrence.room.venue, words.language
    title = session.title.read(language)
    return [
        CalendarEvent(
            uid=opening.uid,
            summary=f"{words.cancelled} – {title}" if occurrence.is_cancelled else title,
            start=opening.start,
            end=opening.end,
            sequence=occurrence.sequence,
            stamp=occurrence.revised_at,
            is_cancelled=occurrence.is_cancelled,
            description=description,
            location=f"{occurrence.room.name.read(language)}, {venue.name.read(language)}, {venue.address}",
            url=url,
            categories=(session.section.name.read(language), session.track.name.read(language)),
            geo=None if venue.latitude is None or venue.longitude is None else (venue.latitude, venue.longitude),
            language=language,
            languages={
                "summary": session.title.language(language),
                "location": occurrence.room.name.language(language),
                "categories": session.track.name.language(language),
            },
        )
        for opening in openings(occurrence)
    ]


def withdrawn_events(withdrawn: Iterable[Withdrawn], words: Words) -> list[CalendarEvent]:
    """Return cancellations of what earlier releases carried; without a title, because it may be private now."""
    return [
        CalendarEvent(
            uid=one.uuid,
            summary=words.withdrawn,
            start=one.starts_at,
            end=one.ends_at,
            sequence=one.sequence,
            stamp=one.revised_at,
            is_cancelled=True,
            language=words.language,
        )
        for one in withdrawn
    ]

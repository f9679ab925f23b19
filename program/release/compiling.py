"""Compiles the working tables into what a release carries. Reads only; the same tables give the same result."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Prefetch
from django.utils.module_loading import import_string

from festival.models import Day, Edition, Section
from festival.text.languages import installed_languages
from festival.text.translated import Text
from program.models import (
    Book,
    Exhibitor,
    Format,
    Occurrence,
    Room,
    Session,
    SessionSpeaker,
    Speaker,
    Tag,
    Track,
    Venue,
)
from program.models.sessions import SessionQuerySet

Row = dict[str, Any]
LAST_PLACES = 0.9


@dataclass(frozen=True, slots=True)
class Compiled:
    """`public` is the body of `schedule.json` but for `release` and `withdrawn`; `unlisted` what only a link opens."""

    public: Row
    unlisted: Row


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """What only the shop knows: short names of the products that open a session, (size, taken) of an occurrence."""

    products: Mapping[UUID, Sequence[str]]
    places: Mapping[UUID, tuple[int, int]]


def compile_programme(edition: Edition) -> Compiled:
    """Return the programme of `edition`. Drafts and private sessions are in neither part."""
    sessions = list(sessions_to_compile().filter(edition=edition).published().order_by("slug"))
    facts = shop_facts(sessions)
    public = [session for session in sessions if session.visibility == Session.Visibility.PUBLIC]
    unlisted = [session for session in sessions if session.visibility == Session.Visibility.UNLISTED]
    listed = _session_part(public, facts)
    extra = _session_part(unlisted, facts)
    for key in ("speakers", "tags"):
        known = {row["slug"] for row in listed[key]}
        extra[key] = [row for row in extra[key] if row["slug"] not in known]
    return Compiled(_frame(edition) | listed | _surroundings(edition, public), extra)


def shop_facts(sessions: Iterable[Session]) -> ShopFacts:
    """Ask the shop, once, for what it knows of the sessions; without a shop it is nothing."""
    sessions = list(sessions)
    occurrences = [occurrence.uuid for session in sessions for occurrence in session.occurrences.all()]
    products = import_string(settings.SESSION_PRODUCTS) if settings.SESSION_PRODUCTS else _nothing
    stocks = import_string(settings.OCCURRENCE_PLACES) if settings.OCCURRENCE_PLACES else _nothing
    return ShopFacts(products([session.uuid for session in sessions]), stocks(occurrences))


def _nothing(_uuids: Iterable[UUID]) -> dict[UUID, Any]:
    return {}


def sessions_to_compile() -> SessionQuerySet:
    """Return sessions with everything that `session_row` and `occurrence_row` read."""
    sessions: SessionQuerySet = Session.objects.select_related("edition", "section", "format", "track")
    return sessions.prefetch_related(
        "tags",
        Prefetch("session_speakers", SessionSpeaker.objects.select_related("speaker").order_by("sort_order")),
        Prefetch(
            "occurrences",
            Occurrence.objects.select_related("room", "fallback_room", "moved_from_room").order_by(
                "starts_at", "number"
            ),
        ),
    )


def _session_part(sessions: Iterable[Session], facts: ShopFacts) -> Row:
    sessions = list(sessions)
    speakers = {b.speaker.slug: b.speaker for session in sessions for b in session.session_speakers.all()}
    tags = {tag.slug: tag for session in sessions for tag in session.tags.all()}
    occurrences = [occurrence_row(o, session, facts) for session in sessions for o in session.occurrences.all()]
    return {
        "tags": [named_row(tags[slug]) for slug in sorted(tags)],
        "speakers": [speaker_row(speakers[slug]) for slug in sorted(speakers)],
        "sessions": [session_row(session, facts) for session in sessions],
        "occurrences": sorted(occurrences, key=lambda row: (row["starts_at"], row["number"])),
    }


def _frame(edition: Edition) -> Row:
    days = edition.days.select_related("section").order_by("date")
    return {
        "edition": edition_row(edition),
        "days": [day_row(day) for day in days],
        "sections": [section_row(section) for section in edition.sections.order_by("start_date", "pk")],
        "venues": [venue_row(venue) for venue in edition.venues.prefetch_related("sections")],
        "rooms": [room_row(room) for room in edition.rooms.select_related("venue")],
        "tracks": [named_row(track) | {"colour": track.colour, "icon": track.icon} for track in edition.tracks.all()],
        "formats": [named_row(row) for row in edition.formats.all()],
    }


def _surroundings(edition: Edition, public: Iterable[Session]) -> Row:
    slugs = {session.slug for session in public}
    exhibitors = edition.exhibitors.select_related("track").prefetch_related("days")
    return {
        "exhibitors": [exhibitor_row(exhibitor) for exhibitor in exhibitors],
        "partners": [
            {"slug": p.slug, "name": p.name, "level": p.level, "website": p.website} for p in edition.partners.all()
        ],
        "books": [book_row(book, slugs) for book in edition.books.prefetch_related("sessions")],
    }


def edition_row(edition: Edition) -> Row:
    """Return the edition's public facts."""
    return {
        "slug": edition.slug,
        "name": both(edition, "name"),
        "theme": both(edition, "theme"),
        "summary": both(edition, "summary"),
        "start_date": edition.start_date.isoformat(),
        "end_date": edition.end_date.isoformat(),
        "day_starts_at": edition.day_starts_at.isoformat(),
        "time_zone": settings.TIME_ZONE,
        "city": edition.city,
        "country": edition.country,
        "organiser": edition.organiser_name,
        "content_licence": edition.content_licence,
        "data_licence": edition.data_licence,
    }


def day_row(day: Day) -> Row:
    """Return a day with its doors as moments; closing after midnight is said by the date."""
    zone = ZoneInfo(settings.TIME_ZONE)
    closes_on = day.date + timedelta(days=int(day.closes_next_day))
    return {
        "date": day.date.isoformat(),
        "section": day.section.slug,
        "opens": datetime.combine(day.date, day.opens, zone).isoformat(),
        "closes": datetime.combine(closes_on, day.closes, zone).isoformat(),
        "public_holiday": both(day, "public_holiday"),
        "notice": both(day, "notice"),
    }


def section_row(section: Section) -> Row:
    """Return a part of the week."""
    return {
        "slug": section.slug,
        "name": both(section, "name"),
        "summary": both(section, "summary"),
        "start_date": section.start_date.isoformat(),
        "end_date": section.end_date.isoformat(),
    }


def venue_row(venue: Venue) -> Row:
    """Return a venue."""
    return named_row(venue) | {
        "address": venue.address,
        "latitude": None if venue.latitude is None else float(venue.latitude),
        "longitude": None if venue.longitude is None else float(venue.longitude),
        "access": both(venue, "access"),
        "accessibility": both(venue, "accessibility"),
        "sections": sorted(section.slug for section in venue.sections.all()),
    }


def room_row(room: Room) -> Row:
    """Return a room."""
    plain = ("slug", "capacity_seated", "capacity_standing", "outdoor", "wheelchair", "induction_loop", "colour")
    return {key: getattr(room, key) for key in plain} | {
        "uuid": str(room.uuid),
        "name": both(room, "name"),
        "description": both(room, "description"),
        "venue": room.venue.slug,
    }


def speaker_row(speaker: Speaker) -> Row:
    """Return a speaker; the internal note stays inside."""
    plain: tuple[str, ...] = ("slug", "kind", "name", "sort_name", "native_name", "native_language")
    plain += ("organisation", "city", "country", "languages", "website", "is_cancelled")
    return {key: getattr(speaker, key) for key in plain} | {
        "uuid": str(speaker.uuid),
        "role": both(speaker, "role"),
        "bio": both(speaker, "bio"),
    }


def session_row(session: Session, facts: ShopFacts) -> Row:
    """Return a session; the internal note and its editors' marks stay inside."""
    plain: tuple[str, ...] = ("slug", "languages", "interpretation", "capacity", "registration", "waitlist")
    plain += ("audience", "allergens", "sensory")
    texts = ("title", "abstract", "note", "what_to_bring", "accessibility_note")
    return (
        {key: getattr(session, key) for key in plain}
        | {key: both(session, key) for key in texts}
        | {
            "products": list(facts.products.get(session.uuid, ())),
            "section": session.section.slug,
            "format": session.format.slug,
            "track": session.track.slug,
            "tags": sorted(tag.slug for tag in session.tags.all()),
            "speakers": [{"speaker": b.speaker.slug, "role": b.role} for b in session.session_speakers.all()],
            "cancelled_at": iso(session.cancelled_at),
            "recording": {
                "url": session.recording_url,
                "licence": session.recording_licence,
                "captions": session.recording_captions,
                "has_transcript": session.recording_has_transcript,
                "is_live": session.recording_is_live,
            }
            if session.recording_url
            else None,
        }
    )


def occurrence_row(occurrence: Occurrence, session: Session, facts: ShopFacts) -> Row:
    """Return a placing; how many places are taken stays inside, only `places` ("", "last", "full") goes out."""
    plain = ("number", "kind", "blocks_room", "slot_minutes", "slots_in_parallel", "capacity_mode", "sequence")
    cancelled = occurrence.cancelled_at or session.cancelled_at
    return {key: getattr(occurrence, key) for key in plain} | {
        "uuid": str(occurrence.uuid),
        "session": session.slug,
        "room": occurrence.room.slug,
        "room_note": both(occurrence, "room_note"),
        "starts_at": iso(occurrence.starts_at),
        "ends_at": iso(occurrence.ends_at),
        "daily_from": clock(occurrence.daily_from),
        "daily_to": clock(occurrence.daily_to),
        "fallback_room": occurrence.fallback_room and occurrence.fallback_room.slug,
        "status": "cancelled" if cancelled else "confirmed",
        "places": "" if cancelled else places(session, facts.places.get(occurrence.uuid)),
        "moved": {
            "at": iso(occurrence.moved_at),
            "room": occurrence.moved_from_room and occurrence.moved_from_room.slug,
            "starts_at": iso(occurrence.moved_from_starts_at),
        }
        if occurrence.moved_at
        else None,
        "revised_at": iso(occurrence.revised_at),
    }


def places(session: Session, stock: tuple[int, int] | None) -> str:
    """Return "full", "last" from nine tenths on, or "", also where nobody registers or no places are counted.

    Args:
        session: Whose placing it is.
        stock: How many places there are and how many are taken.
    """
    kinds = Session.Registration
    if stock is None or session.registration in {kinds.NONE, kinds.INVITATION}:
        return ""
    size, taken = stock
    if taken >= size:
        return "full"
    return "last" if taken >= LAST_PLACES * size else ""


def exhibitor_row(exhibitor: Exhibitor) -> Row:
    """Return a stand."""
    return {
        "slug": exhibitor.slug,
        "name": exhibitor.name,
        "stand": exhibitor.stand,
        "track": exhibitor.track.slug,
        "days": sorted(day.date.isoformat() for day in exhibitor.days.all()),
        "pitch": both(exhibitor, "pitch"),
        "website": exhibitor.website,
    }


def book_row(book: Book, public: set[str]) -> Row:
    """Return a book with those of its sessions that are public."""
    plain = ("slug", "title", "author", "year", "language")
    return {key: getattr(book, key) for key in plain} | {
        "note": both(book, "note"),
        "sessions": sorted(session.slug for session in book.sessions.all() if session.slug in public),
    }


def named_row(row: Venue | Track | Format | Tag) -> Row:
    """Return short name and name."""
    return {"slug": row.slug, "name": both(row, "name")}


def both(row: Any, name: str) -> dict[str, str]:
    """Return a text in each language of the installation."""
    return {code: _exact(row, name, code) for code in installed_languages()}


def _exact(row: Any, name: str, code: str) -> str:
    text = getattr(row, name)
    return text.exact(code) if isinstance(text, Text) else str(getattr(row, f"{name}_{code}"))


def iso(moment: datetime | None) -> str | None:
    """Return ISO 8601 in the festival's time zone, with the offset."""
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).isoformat() if moment else None


def clock(value: time | None) -> str | None:
    """Return ISO 8601 of a time of day."""
    return value.isoformat() if value else None

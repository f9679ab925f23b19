"""Loads the sessions of the programme and their occurrences."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid5

from django.utils.text import slugify

from festival.importing.faults import Fault, clock_time, moment, one_of, read, required, rows, translated
from festival.models import Edition, Section
from festival.text.texts import Text
from program.models import Format, Occurrence, Room, Session, SessionSpeaker, Speaker, Tag, Track
from program.timetable.numbering import reserve_number

Rows = dict[str, Any]
NAMESPACE = UUID("b0b1868b-efb6-5412-b56e-4cdaeb19cf23")  # what is read from files gets its ids under it; never change


@dataclass(frozen=True, slots=True)
class Known:
    """What sessions may refer to, by the short names of the file."""

    edition: Edition
    sections: dict[str, Section]
    rooms: dict[str, Room]
    tracks: dict[str, Track]
    formats: dict[str, Format]
    speakers: dict[str, Speaker]


def load(data: Rows, known: Known) -> dict[str, Session]:
    """Create or update every session of the file with its occurrence; returns them by short name."""
    found = {}
    for path, row in rows(data, "sessions"):
        slug = required(row, "id", path)
        if slug in found:
            raise Fault(f"{path}.id", f"{slug!r} is there twice")
        values = _session(row, path, known)
        session, _created = Session.objects.update_or_create(
            edition=known.edition,
            slug=slug,
            defaults=values,
            create_defaults=values | {"uuid": uuid5(NAMESPACE, f"session/{known.edition.number}/{slug}")},
        )
        session.tags.set([_tag(name, known.edition) for name in row.get("tags") or []])
        session.save()  # modelcluster keeps the tags until then
        _billing(session, row, path, known)
        _occurrence(session, row, path, known)
        found[slug] = session
    return found


def _session(row: Rows, path: str, known: Known) -> Rows:
    registration = required(row, "registration", path)
    mode = one_of(_choices(Session.Registration), registration.get("mode"), f"{path}.registration.mode")
    status = one_of(_same("draft", "published", "cancelled"), row.get("status"), f"{path}.status")
    values = {
        "section": one_of(known.sections, row.get("section"), f"{path}.section"),
        "format": one_of(known.formats, row.get("format"), f"{path}.format"),
        "track": one_of(known.tracks, row.get("track"), f"{path}.track"),
        "visibility": one_of(_choices(Session.Visibility), row.get("visibility"), f"{path}.visibility"),
        "sensory": one_of(_choices(Session.Sensory), row.get("sensory") or "", f"{path}.sensory"),
        "live": status != "draft",
        "cancelled_at": _cancelled(row, path) if status == "cancelled" else None,
        "registration": mode,
        "waitlist": bool(registration.get("waitlist")),
        "capacity": row.get("capacity"),
        "audience": row.get("audience") or "all",
    }
    values |= {key: row.get(key) or [] for key in ("languages", "interpretation", "allergens")}
    for name in ("abstract", "what_to_bring", "accessibility_note"):
        values |= translated(row, name, path, optional=True)
    return values | translated(row, "title", path) | _note(row, path, status) | _recording(row.get("recording"))


def _cancelled(row: Rows, path: str) -> datetime:
    return moment(required(row, "cancelled_at", path), f"{path}.cancelled_at")


def _note(row: Rows, path: str, status: str) -> Rows:
    """A note on a draft, or on how to list a night, is meant for editors; the others are for everyone."""
    note = translated(row, "note", path, optional=True)
    if status == "draft" or row.get("crosses_midnight"):
        return {"note": {}, "internal_note": str(Text(note["note"]))}
    return note | {"internal_note": ""}


def _recording(recording: Rows | None) -> Rows:
    row = recording or {}
    return {
        "recording_url": row.get("url") or "",
        "recording_licence": row.get("licence") or "",
        "recording_captions": row.get("captions") or [],
        "recording_has_transcript": bool(row.get("transcript")),
        "recording_is_live": bool(row.get("live")),
    }


def _tag(name: str, edition: Edition) -> Tag:
    tag, _created = Tag.objects.get_or_create(edition=edition, slug=slugify(name), defaults={"name": name})
    return tag


def _billing(session: Session, row: Rows, path: str, known: Known) -> None:
    kept = []
    for order, billing in enumerate(row.get("speakers") or []):
        place = f"{path}.speakers[{order}]"
        speaker = one_of(known.speakers, billing.get("speaker"), f"{place}.speaker")
        role = one_of(_choices(SessionSpeaker.Role), billing.get("role"), f"{place}.role")
        SessionSpeaker.objects.update_or_create(
            session=session, speaker=speaker, defaults={"role": role, "sort_order": order}
        )
        kept.append(speaker.pk)
    SessionSpeaker.objects.filter(session=session).exclude(speaker__in=kept).delete()


def _occurrence(session: Session, row: Rows, path: str, known: Known) -> None:
    number = read(int, required(row, "number", path), f"{path}.number")
    starts_at = moment(required(row, "start", path), f"{path}.start")
    ends_at = moment(required(row, "end", path), f"{path}.end")
    if ends_at <= starts_at:
        raise Fault(f"{path}.end", "must be after the start")
    fallback = row.get("weather_fallback_room")
    values = {
        "session": session,
        "room": one_of(known.rooms, row.get("room"), f"{path}.room"),
        "starts_at": starts_at,
        "ends_at": ends_at,
        "kind": Occurrence.Kind.ALL_DAY if row.get("all_day") else Occurrence.Kind.TIMED,
        "blocks_room": bool(row.get("blocks_room", True)),
        "fallback_room": one_of(known.rooms, fallback, f"{path}.weather_fallback_room") if fallback else None,
        "slot_minutes": row.get("slot_minutes"),
        "slots_in_parallel": row.get("slots_in_parallel") or 1,
        "capacity_mode": row.get("capacity_mode") or Occurrence.CapacityMode.SEATED,
    }
    values |= translated(row, "room_note", path, optional=True) | _daily(row, path) | _move(row, path, known)
    reserve_number(known.edition, number)
    Occurrence.objects.update_or_create(
        edition=known.edition,
        number=number,
        defaults=values,
        create_defaults=values | {"uuid": uuid5(NAMESPACE, f"occurrence/{known.edition.number}/{number}")},
    )


def _daily(row: Rows, path: str) -> dict[str, time | None]:
    if not row.get("all_day"):
        return {"daily_from": None, "daily_to": None}
    hours = required(row, "daily_opening", path)
    return {
        "daily_from": clock_time(required(hours, "from", f"{path}.daily_opening"), f"{path}.daily_opening.from"),
        "daily_to": clock_time(required(hours, "to", f"{path}.daily_opening"), f"{path}.daily_opening.to"),
    }


def _move(row: Rows, path: str, known: Known) -> Rows:
    moved = row.get("moved")
    if not moved:
        return {"moved_at": None, "moved_from_room": None, "moved_from_starts_at": None}
    place = f"{path}.moved"
    return {
        "moved_at": moment(required(moved, "at", place), f"{place}.at"),
        "moved_from_room": one_of(known.rooms, required(moved, "from_room", place), f"{place}.from_room"),
        "moved_from_starts_at": moment(required(moved, "from_start", place), f"{place}.from_start"),
    }


def _choices(choices: Any) -> dict[str, str]:
    return _same(*choices.values)


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}

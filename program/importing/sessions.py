"""Writes the sessions of a file with their people, labels and placings."""

from typing import Any

from django.utils.translation import gettext as _

from festival.importing.changes import Changes
from festival.importing.faults import Fault, join
from festival.models import Edition
from festival.text.languages import main_language
from festival.text.texts import Text
from program.importing.programme_file import ProgrammeFile
from program.importing.session_file import Move, Placing, SessionRow
from program.importing.tables import Known, uuid_of
from program.importing.tag_names import slug_of
from program.models import Occurrence, Session, SessionSpeaker, Tag
from program.timetable.numbering import reserve_number


def write(file: ProgrammeFile, known: Known, changes: Changes) -> dict[str, Session]:
    """Create or update every session with its placings; returns them by short name."""
    edition = known.edition
    changes.faults += _other_sessions_numbers(file, edition)
    if changes.faults:
        return {}
    relations = ("tags", "session_speakers")
    stored = {session.slug: session for session in edition.sessions.prefetch_related(*relations)}
    placed = {occurrence.number: occurrence for occurrence in edition.occurrences.all()}
    tags = _named_labels(file, edition, changes)
    found = {}
    for place, row in enumerate(file.sessions):
        path = join("sessions", place)
        at_first = {"slug": row.id, "edition": edition, "uuid": uuid_of("session", edition.number, row.id)}
        session = changes.put(stored.get(row.id), Session, path, _session(row, known), at_first)
        _labels(session, row, tags, changes, path)
        _billing(session, row, known, changes, path)
        for placing in row.placings():
            _occurrence(session, placing, known, placed.get(placing.number or 0), changes, path)
        found[row.id] = session
    reserve_number(edition, max((number for row in file.sessions for number in _numbers(row)), default=0))
    return found


def _numbers(row: SessionRow) -> list[int]:
    return [placing.number or 0 for placing in row.placings()]


def _other_sessions_numbers(file: ProgrammeFile, edition: Edition) -> list[Fault]:
    """A number is the identity of a placing in calendars and tickets, so it never goes to another session."""
    owners = dict(edition.occurrences.values_list("number", "session__slug"))
    faults = []
    for place, row in enumerate(file.sessions):
        for seat, number in enumerate(_numbers(row)):
            if owners.get(number, row.id) != row.id:
                below = ("occurrences", seat, "number") if row.occurrences else ("number",)
                sentence = _("%(number)d is the number of “%(name)s”, for ever; choose one that was never used")
                words = {"number": number, "name": owners[number]}
                faults.append(Fault(join("sessions", place, *below), sentence % words))
    return faults


def _session(row: SessionRow, known: Known) -> dict[str, Any]:
    same = ("title", "abstract", "visibility", "sensory", "languages", "interpretation", "capacity", "audience")
    values = {key: getattr(row, key) for key in (*same, "what_to_bring", "allergens", "accessibility_note")}
    values |= {
        "section": known.sections[row.section],
        "format": known.formats[row.format],
        "track": known.tracks[row.track],
        "live": row.status != "draft",
        "cancelled_at": row.cancelled_at if row.status == "cancelled" else None,
        "registration": row.registration.mode,
        "waitlist": row.registration.waitlist,
    }
    return values | _note(row) | _recording(row)


def _note(row: SessionRow) -> dict[str, Any]:
    """A note on a draft, or on how to list a night, is meant for editors; the others are for everyone."""
    if row.note and (row.status == "draft" or row.crosses_midnight):
        return {"note": {}, "internal_note": Text(row.note).in_language(main_language())}
    return {"note": row.note}


def _recording(row: SessionRow) -> dict[str, Any]:
    recording = row.recording
    return {
        "recording_url": recording.url if recording else "",
        "recording_licence": recording.licence if recording else "",
        "recording_captions": recording.captions if recording else [],
        "recording_has_transcript": recording is not None and recording.transcript,
        "recording_is_live": recording is not None and recording.live,
    }


def _named_labels(file: ProgrammeFile, edition: Edition, changes: Changes) -> dict[str, Tag]:
    """Return all labels of the edition by short name, those of `tags[]` with their names in each language."""
    tags = {tag.slug: tag for tag in edition.tags.all()}
    for place, names in enumerate(file.tags):
        slug = slug_of(names[main_language()])
        at_first = {"slug": slug, "edition": edition}
        tags[slug] = changes.put(tags.get(slug), Tag, join("tags", place), {"name": names}, at_first)
    return tags


def _labels(session: Session, row: SessionRow, tags: dict[str, Tag], changes: Changes, path: str) -> None:
    wanted = {slug_of(name): name for name in reversed(row.tags)}
    if {tag.slug for tag in session.tags.all()} == set(wanted):
        return
    for slug, name in wanted.items():
        if slug not in tags:
            tags[slug] = changes.put(None, Tag, "tags", {"name": name}, {"slug": slug, "edition": session.edition})
    session.tags.set([tags[slug] for slug in wanted])
    session.save()  # modelcluster keeps the tags until then
    changes.touch(path, session.slug, "tags")


def _billing(session: Session, row: SessionRow, known: Known, changes: Changes, path: str) -> None:
    wanted = [(known.speakers[billing.speaker].pk, billing.role) for billing in row.speakers]
    before = session.session_speakers.all()
    if [(one.speaker_id, one.role) for one in sorted(before, key=lambda one: one.sort_order or 0)] == wanted:
        return
    for order, (speaker, role) in enumerate(wanted):
        values = {"role": role, "sort_order": order}
        SessionSpeaker.objects.update_or_create(session=session, speaker_id=speaker, defaults=values)
    gone = SessionSpeaker.objects.filter(session=session).exclude(speaker__in=[speaker for speaker, _role in wanted])
    gone.delete()
    changes.touch(path, session.slug, "speakers")


def _occurrence(
    session: Session,
    row: Placing | SessionRow,
    known: Known,
    stored: Occurrence | None,
    changes: Changes,
    path: str,
) -> None:
    same = ("blocks_room", "slot_minutes", "slots_in_parallel", "capacity_mode", "room_note")
    values = {key: getattr(row, key) for key in same}
    values |= {
        "session": session,
        "room": known.rooms[row.room or ""],
        "starts_at": row.start,
        "ends_at": row.end,
        "kind": Occurrence.Kind.ALL_DAY if row.all_day else Occurrence.Kind.TIMED,
        "daily_from": row.daily_opening.opens if row.daily_opening else None,
        "daily_to": row.daily_opening.closes if row.daily_opening else None,
        "fallback_room": known.rooms[row.weather_fallback_room] if row.weather_fallback_room else None,
    }
    values |= _move(row.moved, known)
    uuid = uuid_of("occurrence", known.edition.number, row.number)
    at_first = {"number": row.number, "edition": known.edition, "uuid": uuid}
    changes.put(stored, Occurrence, path, values, at_first, table="occurrences")


def _move(moved: Move | None, known: Known) -> dict[str, Any]:
    room = moved.from_room if moved else None
    return {
        "moved_at": moved.at if moved else None,
        "moved_from_room": known.rooms[room] if room else None,
        "moved_from_starts_at": moved.from_start if moved else None,
    }

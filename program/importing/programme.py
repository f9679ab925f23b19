"""Loads the programme: places, people, sessions and their occurrences, stands, partners, books."""

from collections.abc import Callable
from typing import Any
from uuid import uuid5

from festival.core import audit
from festival.core.audit import IMPORTER
from festival.core.writing import writing
from festival.importing.faults import Fault, one_of, read, required, rows, translated
from festival.models import Edition, Section
from festival.time import clock
from program.importing import sessions as session_rows
from program.models import Book, Exhibitor, Format, Partner, Room, Session, Speaker, Track, Venue

Rows = dict[str, Any]


@writing(public=False)
def load(data: Rows, report: Callable[[str], None]) -> None:
    """Create or update the whole programme of the edition in `data`."""
    edition = edition_of(data)
    sections = {section.slug: section for section in edition.sections.all()}
    venues = _venues(data, edition, sections)
    rooms = _rooms(data, edition, venues)
    tracks = _tracks(data, edition)
    formats = _formats(data, edition)
    speakers = _speakers(data)
    report(f"{len(venues)} venues, {len(rooms)} rooms, {len(speakers)} speakers.")
    known = session_rows.Known(edition, sections, rooms, tracks, formats, speakers)
    sessions = session_rows.load(data, known)
    report(f"{len(sessions)} sessions.")
    _exhibitors(data, edition, tracks)
    _partners(data, edition)
    _books(data, edition, sessions)
    facts = {"sessions": len(sessions), "speakers": len(speakers)}
    audit.record("programme.imported", edition, actor=IMPORTER, at=clock.now(), facts=facts, edition=edition)


def edition_of(data: Rows) -> Edition:
    """Return the edition that the file is about. Raises Fault if it has not been loaded."""
    number = read(int, required(required(data, "edition", "file"), "year", "edition"), "edition.year")
    edition = Edition.objects.filter(number=number).first()
    if edition is None:
        raise Fault("edition.year", f"there is no edition {number} yet; load the edition first")
    return edition


def _venues(data: Rows, edition: Edition, sections: dict[str, Section]) -> dict[str, Venue]:
    venues = {}
    for order, (path, row) in enumerate(rows(data, "venues")):
        slug = required(row, "id", path)
        values = {
            "address": required(row, "address", path),
            "latitude": row.get("lat"),
            "longitude": row.get("lon"),
            "sort_order": order,
        }
        for name in ("name", "access", "accessibility"):
            values |= translated(row, name, path, optional=name != "name")
        venues[slug], _created = Venue.objects.update_or_create(edition=edition, slug=slug, defaults=values)
    for path, row in rows(data, "sections"):
        venue = one_of(venues, row.get("venue"), f"{path}.venue")
        venue.sections.add(one_of(sections, row.get("id"), f"{path}.id"))
    return venues


def _rooms(data: Rows, edition: Edition, venues: dict[str, Venue]) -> dict[str, Room]:
    found = {}
    for order, (path, row) in enumerate(rows(data, "rooms")):
        slug = required(row, "id", path)
        values = {key: row.get(key) for key in ("capacity_seated", "capacity_standing")}
        values |= {key: bool(row.get(key)) for key in ("outdoor", "wheelchair", "induction_loop")}
        values |= {"venue": one_of(venues, row.get("venue"), f"{path}.venue"), "colour": required(row, "colour", path)}
        values |= translated(row, "name", path) | translated(row, "description", path) | {"sort_order": order}
        found[slug], _created = Room.objects.update_or_create(
            edition=edition,
            slug=slug,
            defaults=values,
            create_defaults=values | {"uuid": uuid5(session_rows.NAMESPACE, f"room/{edition.number}/{slug}")},
        )
    return found


def _tracks(data: Rows, edition: Edition) -> dict[str, Track]:
    found = {}
    for order, (path, row) in enumerate(rows(data, "tracks")):
        slug = required(row, "id", path)
        values = translated(row, "name", path) | {"colour": required(row, "colour", path), "sort_order": order}
        values["icon"] = row.get("icon") or ""
        found[slug], _created = Track.objects.update_or_create(edition=edition, slug=slug, defaults=values)
    return found


def _formats(data: Rows, edition: Edition) -> dict[str, Format]:
    found = {}
    for order, (path, row) in enumerate(rows(data, "formats")):
        slug = required(row, "id", path)
        values = translated(row, "name", path) | {"sort_order": order}
        found[slug], _created = Format.objects.update_or_create(
            edition=edition, slug=slug.replace("_", "-"), defaults=values
        )
    return found


def _speakers(data: Rows) -> dict[str, Speaker]:
    found = {}
    for path, row in rows(data, "speakers"):
        slug = required(row, "id", path)
        kind = required(row, "type", path)
        one_of(dict(Speaker.Kind.choices), kind, f"{path}.type")
        native = row.get("native_name") or ""
        languages = row.get("languages") or []
        values = {
            "kind": kind,
            "name": required(row, "name", path),
            "sort_name": required(row, "sort_name", path),
            "native_name": native,
            "native_language": languages[0] if native and languages else "",
            "organisation": row.get("organisation") or "",
            "city": row.get("city") or "",
            "country": row.get("country") or "",
            "languages": languages,
            "website": row.get("website") or "",
            "is_cancelled": row.get("availability") == "cancelled",
        }
        values |= translated(row, "role", path, optional=True) | translated(row, "bio", path, optional=True)
        found[slug], _created = Speaker.objects.update_or_create(
            slug=slug,
            defaults=values,
            create_defaults=values | {"uuid": uuid5(session_rows.NAMESPACE, f"speaker/{slug}")},
        )
    return found


def _exhibitors(data: Rows, edition: Edition, tracks: dict[str, Track]) -> None:
    days = {day.date.isoformat(): day for day in edition.days.all()}
    for path, row in rows(data, "exhibitors"):
        values = {
            "name": required(row, "name", path),
            "stand": required(row, "stand", path),
            "track": one_of(tracks, row.get("track"), f"{path}.track"),
        }
        values |= translated(row, "pitch", path, optional=True)
        exhibitor, _created = Exhibitor.objects.update_or_create(
            edition=edition, slug=required(row, "id", path), defaults=values
        )
        exhibitor.days.set(
            one_of(days, value, f"{path}.days[{index}]") for index, value in enumerate(required(row, "days", path))
        )


def _partners(data: Rows, edition: Edition) -> None:
    for order, (path, row) in enumerate(rows(data, "partners")):
        level = required(row, "level", path)
        one_of(dict(Partner.Level.choices), level, f"{path}.level")
        values = {"name": required(row, "name", path), "level": level, "sort_order": order}
        Partner.objects.update_or_create(edition=edition, slug=required(row, "id", path), defaults=values)


def _books(data: Rows, edition: Edition, sessions: dict[str, Session]) -> None:
    for order, (path, row) in enumerate(rows(data, "bookshelf")):
        values = {key: required(row, key, path) for key in ("title", "author", "year", "language")}
        values |= translated(row, "note", path, optional=True) | {"sort_order": order}
        book, _created = Book.objects.update_or_create(edition=edition, slug=required(row, "id", path), defaults=values)
        book.sessions.set(
            one_of(sessions, slug, f"{path}.sessions[{index}]") for index, slug in enumerate(row.get("sessions") or [])
        )

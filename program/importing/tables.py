"""Writes what sessions refer to and what surrounds them: places, themes, people, stands, partners, books."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Model

from festival.importing.changes import Changes
from festival.importing.faults import join
from festival.importing.values import Row
from festival.models import Edition, Section
from program.importing.programme_file import ProgrammeFile, SpeakerRow
from program.models import Book, Exhibitor, Format, Partner, Room, Session, Speaker, Track, Venue

NAMESPACE = UUID("b0b1868b-efb6-5412-b56e-4cdaeb19cf23")  # what is read from files gets its ids under it; never change


@dataclass(frozen=True, slots=True)
class Known:
    """What sessions may refer to, by the short names of the file."""

    edition: Edition
    sections: dict[str, Section]
    rooms: dict[str, Room] = field(default_factory=dict)
    tracks: dict[str, Track] = field(default_factory=dict)
    formats: dict[str, Format] = field(default_factory=dict)
    speakers: dict[str, Speaker] = field(default_factory=dict)


def write(file: ProgrammeFile, edition: Edition, changes: Changes) -> Known:
    """Create or update places, themes, forms and people; returns them for the sessions."""
    known = Known(edition, {section.slug: section for section in edition.sections.all()})
    venues = _venues(file, known, changes)
    known.rooms.update(_rooms(file, edition, venues, changes))
    known.tracks.update(
        _slugged(Track, "tracks", file.tracks, edition, changes, lambda row: _same(row, "name", "colour", "icon"))
    )
    known.formats.update(_slugged(Format, "formats", file.formats, edition, changes, lambda row: _same(row, "name")))
    known.speakers.update(_speakers(file, changes))
    return known


def write_around(file: ProgrammeFile, known: Known, sessions: dict[str, Session], changes: Changes) -> None:
    """Create or update stands, partners and books; a list that the file lacks is left alone."""
    edition = known.edition
    days = {day.date: day for day in edition.days.all()}
    stands = _slugged(
        Exhibitor,
        "exhibitors",
        file.exhibitors or (),
        edition,
        changes,
        lambda row: _same(row, "name", "stand", "pitch", "website") | {"track": known.tracks[row.track]},
        is_ordered=False,
    )
    for place, stand in enumerate(file.exhibitors or ()):
        row = stands[stand.id]
        changes.put_list(join("exhibitors", place), row.slug, "days", row.days, (days[day] for day in stand.days))
    _slugged(
        Partner,
        "partners",
        file.partners or (),
        edition,
        changes,
        lambda row: _same(row, "name", "level", "website"),
    )
    books = _slugged(
        Book,
        "bookshelf",
        file.bookshelf or (),
        edition,
        changes,
        lambda row: _same(row, "title", "author", "year", "language", "note"),
    )
    for place, book in enumerate(file.bookshelf or ()):
        shelved, wanted = books[book.id], (sessions[slug] for slug in book.sessions)
        changes.put_list(join("bookshelf", place), shelved.slug, "sessions", shelved.sessions, wanted)


def slug_of_format(name: str) -> str:
    """Return the short name under which a form of the file is kept: files write `open_space` too."""
    return name.replace("_", "-")


def uuid_of(kind: str, *names: object) -> UUID:
    """Return the UUID that a row of this kind and name gets; the same file gives the same in every installation."""
    return uuid5(NAMESPACE, "/".join(str(name) for name in (kind, *names)))


def _venues(file: ProgrammeFile, known: Known, changes: Changes) -> dict[str, Venue]:
    venues = _slugged(
        Venue,
        "venues",
        file.venues,
        known.edition,
        changes,
        lambda row: (
            _same(row, "name", "address", "access", "accessibility") | {"latitude": row.lat, "longitude": row.lon}
        ),
    )
    for place, row in enumerate(file.venues):
        parts = [known.sections[section.id] for section in file.sections if section.venue == row.id]
        changes.put_list(join("venues", place), row.id, "sections", venues[row.id].sections, parts)
    return venues


def _rooms(file: ProgrammeFile, edition: Edition, venues: dict[str, Venue], changes: Changes) -> dict[str, Room]:
    same = ("name", "description", "capacity_seated", "capacity_standing", "outdoor", "wheelchair", "induction_loop")
    return _slugged(
        Room,
        "rooms",
        file.rooms,
        edition,
        changes,
        lambda row: _same(row, *same, "colour") | {"venue": venues[row.venue]},
        at_first=lambda row: {"uuid": uuid_of("room", edition.number, row.id)},
    )


def _speakers(file: ProgrammeFile, changes: Changes) -> dict[str, Speaker]:
    known = {speaker.slug: speaker for speaker in Speaker.objects.filter(slug__in=[row.id for row in file.speakers])}
    return {
        row.id: changes.put(
            known.get(row.id),
            Speaker,
            join("speakers", place),
            _speaker(row),
            {"slug": row.id, "uuid": uuid_of("speaker", row.id)},
        )
        for place, row in enumerate(file.speakers)
    }


def _speaker(row: SpeakerRow) -> dict[str, Any]:
    same = ("name", "sort_name", "native_name", "role", "organisation", "city", "country", "bio", "website")
    return _same(row, *same) | {
        "kind": row.type,
        "languages": row.languages,
        "native_language": row.languages[0] if row.native_name and row.languages else "",
        "is_cancelled": row.availability == "cancelled",
    }


def _slugged[M: Model](
    kind: type[M],
    table: str,
    rows: Iterable[Any],
    edition: Edition,
    changes: Changes,
    values: Callable[[Any], dict[str, Any]],
    *,
    at_first: Callable[[Any], dict[str, Any]] = lambda _row: {},
    is_ordered: bool = True,
) -> dict[str, M]:
    """Write the rows of one list of the edition in their order; returns them by their names in the file."""
    known = {getattr(row, "slug"): row for row in kind._default_manager.filter(edition=edition)}  # noqa: B009
    found = {}
    for place, row in enumerate(rows):
        slug = slug_of_format(row.id) if kind is Format else row.id
        written = values(row) | ({"sort_order": place} if is_ordered else {})
        first = {"slug": slug, "edition": edition} | at_first(row)
        found[row.id] = changes.put(known.get(slug), kind, join(table, place), written, first)
    return found


def _same(row: Row, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}

"""The one validator of a programme's file: whoever imports asks it first. It reads no table."""

from collections.abc import Iterator, Mapping
from datetime import time
from typing import Any

from django.utils.translation import gettext as _

from festival.importing import edition_file
from festival.importing.checking import check, doubles, words_of
from festival.importing.faults import Fault, Faults, join
from festival.text.languages import main_language
from program.importing.programme_file import ProgrammeFile
from program.importing.tag_names import slug_of

LISTS = (
    "sections",
    "venues",
    "rooms",
    "tracks",
    "formats",
    "speakers",
    "sessions",
    "exhibitors",
    "partners",
    "bookshelf",
)
DAY_STARTS_AT = time(5)


def validate(data: dict[str, Any], *, day_starts_at: time = DAY_STARTS_AT) -> ProgrammeFile:
    """Return what the file says, or raise Faults with everything that is wrong with it, each with its place.

    Args:
        data: The object of the file, as `festival.importing.reading` gives it.
        day_starts_at: When a festival day of the edition begins; a party at 1 a.m. belongs to the day before.
    """
    programme, faults = faults_of(data, ProgrammeFile, {}, day_starts_at=day_starts_at)
    if programme is None or faults:
        raise Faults(faults)
    return programme


def faults_of[F: ProgrammeFile](
    data: dict[str, Any], kind: type[F], names: Mapping[str, set[str]], *, day_starts_at: time = DAY_STARTS_AT
) -> tuple[F | None, list[Fault]]:
    """Return what a file of this kind says, or None, and all that is wrong with it.

    `names` has the short names of lists that only this kind of file has, for references to them.
    """
    context = edition_file.context_of(data, LISTS)
    context.names.update(names)
    context.day_starts_at = day_starts_at
    programme, faults = check(kind, data, context)
    faults += edition_file.across(data)
    for name in LISTS[1:]:
        faults += doubles(words_of(data, name, "id"))
    faults += doubles(_numbers(data))
    if programme is not None:
        faults += _labels(programme)
    return programme, faults


def _labels(file: ProgrammeFile) -> Iterator[Fault]:
    """Yield what is wrong with the names of labels: each is one that a session has, and is named once."""
    used = {slug_of(name) for session in file.sessions for name in session.tags}
    names = [(join("tags", place, main_language()), row[main_language()]) for place, row in enumerate(file.tags)]
    for path, name in names:
        if slug_of(name) not in used:
            yield Fault(path, _("“%(name)s” is the tag of no session") % {"name": name})
    yield from doubles((path, slug_of(name)) for path, name in names)


def _numbers(data: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield the numbers of all placings with their places, also of sessions that have other faults."""
    sessions = data.get("sessions")
    for place, session in enumerate(sessions if isinstance(sessions, list) else ()):
        if not isinstance(session, dict):
            continue
        further = session.get("occurrences")
        placings = [(join("sessions", place), session)]
        placings += [
            (join("sessions", place, "occurrences", seat), placing)
            for seat, placing in enumerate(further if isinstance(further, list) else ())
            if isinstance(placing, dict)
        ]
        for path, placing in placings:
            if type(placing.get("number")) is int:
                yield join(path, "number"), placing["number"]

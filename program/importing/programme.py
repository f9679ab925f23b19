"""Imports a programme: validates the file, writes all of it or nothing, releases what changed, says what it did."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _

from festival.core import audit
from festival.core.audit import IMPORTER
from festival.core.writing import writing
from festival.importing import edition as edition_part
from festival.importing.changes import Changes
from festival.importing.checking import notes
from festival.importing.faults import Fault, Faults
from festival.importing.values import NOT_IMPORTED
from festival.models import Edition
from festival.time import clock
from program.importing import release, removal, sessions, tables
from program.importing.programme_file import ProgrammeFile
from program.importing.validation import validate


@dataclass(slots=True)
class Imported:
    """What an import did, or would do; `released` is a sentence about the release."""

    changes: Changes
    notes: list[Fault] = field(default_factory=list)
    released: str = ""


class _Undo(Exception):
    """Takes back everything that a dry run wrote."""


def import_programme(
    data: dict[str, Any],
    *,
    now: datetime,
    is_dry_run: bool = False,
    keep: bool = False,
    actor: audit.Actor = IMPORTER,
) -> Imported:
    """Import the object of a file and release what changed.

    Args:
        data: The file as `festival.importing.reading` gives it.
        now: Aware moment of the import.
        is_dry_run: Do everything and undo it, to say what would happen.
        keep: Leave what has disappeared since the last import as it is.
        actor: Who imports, for the audit log.

    Raises:
        Faults: The file cannot be imported, or what it says cannot be released; nothing is written.
    """
    file = validate(data, day_starts_at=release.day_starts_at(data))
    done = Imported(Changes(), notes=[*notes(data), *_left_out(file)])
    try:
        with suppress(_Undo), writing(public=True):
            edition = write(file, done.changes, now=now, keep=keep, actor=actor)
            # News that lie ahead say nothing of when the programme appeared.
            announced = min((post.published for post in file.posts if post.published <= now), default=None)
            done.released = release.release(edition, now=now, announced=announced, actor=actor)
            if is_dry_run:
                raise _Undo
    except DatabaseError as error:
        raise Faults(
            [Fault("file", _("the database refuses it: %(reason)s") % {"reason": _one_line(error)})]
        ) from error
    except Fault as fault:
        raise Faults([fault]) from fault
    done.notes += done.changes.notes
    return done


def write(
    file: ProgrammeFile, changes: Changes, *, now: datetime, keep: bool = False, actor: audit.Actor = IMPORTER
) -> Edition:
    """Write a sound file in the caller's transaction and return its edition. Raises Faults, or Fault for one row."""
    edition = edition_part.write(file, changes, now=now)
    known = tables.write(file, edition, changes)
    written = sessions.write(file, known, changes)
    if not changes.faults:
        tables.write_around(file, known, written, changes)
        before = removal.last_rows(edition)
        rows = removal.rows_of(file, before)
        stayed = {} if keep else removal.remove(edition, before, rows, changes)
        rows = {table: sorted({*names, *stayed.get(table, ())}) for table, names in rows.items()}
        if rows != before:
            removal.remember(edition, rows, now=now)
    if changes.faults:
        raise Faults(changes.faults)
    if changes:
        facts = {"sessions": len(file.sessions), "speakers": len(file.speakers)}
        audit.record("programme.imported", edition, actor=actor, at=now, facts=facts, edition=edition)
    return edition


def load(data: dict[str, Any], report: Callable[[str], None]) -> None:
    """Validate and write the programme of a larger file, of which others load the rest; its release comes later."""
    changes = Changes()
    file = validate(data, day_starts_at=release.day_starts_at(data))
    with writing(public=True):
        write(file, changes, now=clock.now())
    counts = {"sessions": len(file.sessions), "rooms": len(file.rooms), "speakers": len(file.speakers)}
    report(f"Edition {file.edition.year}: " + ", ".join(f"{count} {name}" for name, count in counts.items()) + ".")


def _left_out(file: ProgrammeFile) -> list[Fault]:
    kinds = ProgrammeFile.model_fields
    names = [name for name in kinds if name in file.model_fields_set and kinds[name].description == NOT_IMPORTED]
    return [Fault(name, _("is not a part of the programme; it is not imported")) for name in names]


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]

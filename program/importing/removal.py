"""What the file has no more since the last import: told, and taken out of the programme.

A session is withdrawn, never deleted: it becomes a draft, its number stays its own, calendars learn of it with the next
release. What nothing refers to is deleted. What people hold on to, such as a ticket, is refused with a sentence.
"""

from datetime import date
from typing import Any

from django.utils.translation import ngettext

from festival.importing import edition as edition_part
from festival.importing.changes import Changes
from festival.importing.faults import Fault
from festival.models import Edition
from program.importing.programme_file import ProgrammeFile
from program.importing.tables import slug_of_format
from program.importing.validation import LISTS
from program.models import ImportedProgramme, Speaker
from program.release.shop import taken_places

Rows = dict[str, list[Any]]
OURS = ("program", "festival")


def rows_of(file: ProgrammeFile, before: Rows) -> Rows:
    """Return the names of all rows in the file, by table; of a list that the file lacks, those of `before`."""
    lists: dict[str, Any] = {name: getattr(file, name) for name in LISTS if name != "formats"}
    lists["phases"] = file.edition.phases
    found: Rows = {
        name: before.get(name, []) if rows is None else sorted(row.id for row in rows) for name, rows in lists.items()
    }
    found["formats"] = sorted(slug_of_format(row.id) for row in file.formats)
    found["days"] = sorted(row.date.isoformat() for row in file.edition.days)
    found["numbers"] = sorted(placing.number or 0 for row in file.sessions for placing in row.placings())
    return found


def last_rows(edition: Edition) -> Rows:
    """Return the names of all rows of the last import, by table; nothing before the first one."""
    return edition.imports.values_list("rows", flat=True).first() or {}


def remove(edition: Edition, before: Rows, now_there: Rows, changes: Changes) -> Rows:
    """Take out what `before` had and `now_there` has not; returns what stays because something refers to it."""
    gone = {table: sorted(set(names) - set(now_there.get(table, ()))) for table, names in before.items()}
    _withdraw(edition, gone.get("sessions", []), changes)
    still_there = edition.occurrences.filter(session__slug__in=now_there["sessions"])
    held = changes.drop(still_there, gone.get("numbers", ()), "occurrences", "number", keeps=())
    stayed: Rows = {"numbers": [int(number) for number in held]}
    managers = {
        "exhibitors": edition.exhibitors,
        "partners": edition.partners,
        "bookshelf": edition.books,
        "rooms": edition.rooms,
        "venues": edition.venues,
        "tracks": edition.tracks,
        "formats": edition.formats,
        "speakers": Speaker.objects,
    }
    for table, manager in managers.items():
        stayed[table] = changes.drop(manager, gone.get(table, ()), table, "slug", keeps=OURS)
    days = [date.fromisoformat(day) for day in gone.get("days", ())]
    return stayed | edition_part.remove(edition, gone | {"days": days}, changes, keeps=OURS)


def remember(edition: Edition, rows: Rows, *, now: Any) -> None:
    """Keep what the file had, for the next import to compare."""
    ImportedProgramme.objects.create(edition=edition, imported_at=now, rows=rows)


def _withdraw(edition: Edition, slugs: list[str], changes: Changes) -> None:
    sessions = list(edition.sessions.filter(slug__in=slugs, live=True).prefetch_related("occurrences"))
    places = taken_places([occurrence.uuid for session in sessions for occurrence in session.occurrences.all()])
    for session in sessions:
        taken = sum(places.get(occurrence.uuid, 0) for occurrence in session.occurrences.all())
        if taken:
            sentence = ngettext(
                "“%(name)s” is not in the file, but %(taken)d person has a place in it; cancel it in the file "
                "(status “cancelled”), or import with --keep",
                "“%(name)s” is not in the file, but %(taken)d people have a place in it; cancel it in the file "
                "(status “cancelled”), or import with --keep",
                taken,
            )
            changes.faults.append(Fault("sessions", sentence % {"name": session.slug, "taken": taken}))
            continue
        session.unpublish(log_action=False)
        changes.table("sessions").removed.append(session.slug)

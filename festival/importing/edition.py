"""Writes the edition of a file: the week itself, its parts, days and phases."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from festival.core import editions
from festival.core.audit import IMPORTER
from festival.importing.changes import Changes
from festival.importing.edition_file import DayRow, EditionFile, Organiser
from festival.importing.faults import Fault, Faults, join
from festival.models import Day, Edition, OpeningHours, Phase, Section

type Rows = dict[str, list[str]]


def write(file: EditionFile, changes: Changes, *, now: datetime) -> Edition:
    """Create or update the edition of `file` and make it the one that the site shows, in the caller's transaction."""
    edition = _edition(file, changes, now)
    sections = _sections(file, edition, changes)
    _days(file, edition, sections, changes)
    _phases(file, edition, changes)
    return edition


def remove(edition: Edition, gone: Mapping[str, Iterable[str]], changes: Changes, *, keeps: Iterable[str]) -> Rows:
    """Delete parts, days and phases that the file has no more; `gone` has their names by table.

    Returns those that stay because something refers to them, by table too.
    """
    keys = {"days": (edition.days, "date"), "phases": (edition.phases, "slug"), "sections": (edition.sections, "slug")}
    return {
        table: changes.drop(manager, gone.get(table, ()), table, key, keeps=keeps)
        for table, (manager, key) in keys.items()
    }


def _edition(file: EditionFile, changes: Changes, now: datetime) -> Edition:
    row = file.edition
    if Edition.objects.filter(slug=row.id).exclude(number=row.year).exists():
        raise Faults([Fault("edition.id", _("is the short name of another edition"))])
    before = Edition.objects.filter(is_current=True).exclude(number=row.year).first()
    if before is not None:
        changes.notes.append(Fault("edition", _("“%(name)s” is no longer what the site shows") % {"name": before.slug}))
        editions.make_way(Edition(number=row.year), actor=IMPORTER, now=now)
    same = ("name", "theme", "tagline", "summary", "start_date", "end_date", "city", "country", "currency", "hashtag")
    values: dict[str, Any] = {key: getattr(row, key) for key in (*same, "content_licence", "data_licence")}
    values |= _organiser(row.organiser) | {"slug": row.id, "is_current": True, "notice": file.meta.notice}
    known = Edition.objects.filter(number=row.year).first()
    if known is not None and known.start_date != row.start_date and editions.counts_its_days(known):
        sentence = _("stays %(day)s: tickets that are out count their days from it")
        raise Faults([Fault("edition.start_date", sentence % {"day": known.start_date})])
    edition = changes.put(known, Edition, "edition", values, {"number": row.year})
    if known is None:
        editions.announce(edition, now=now)
    return edition


def _organiser(row: Organiser) -> dict[str, Any]:
    return {
        "organiser_name": row.name,
        "organiser_legal_form": row.legal_form,
        "organiser_registration": row.rna,
        "organiser_address": row.address,
        "organiser_email": row.email,
        "organiser_phone": row.phone,
        "publication_director": row.publication_director,
        "host_name": row.host.name,
        "host_address": row.host.address,
        "host_phone": row.host.phone,
    }


def _sections(file: EditionFile, edition: Edition, changes: Changes) -> dict[str, Section]:
    known = {section.slug: section for section in edition.sections.all()}
    found = {}
    for place, row in enumerate(file.sections):
        values = {key: getattr(row, key) for key in ("name", "label", "summary", "colour", "dark_colour", "shape")}
        values |= {"start_date": row.start, "end_date": row.end, "sort_order": place}
        at_first = {"slug": row.id, "edition": edition}
        found[row.id] = changes.put(known.get(row.id), Section, join("sections", place), values, at_first)
    return found


def _days(file: EditionFile, edition: Edition, sections: dict[str, Section], changes: Changes) -> None:
    known = {day.date: day for day in edition.days.prefetch_related("hours__section")}
    for place, row in enumerate(file.edition.days):
        values = {"public_holiday": row.public_holiday, "notice": row.notice}
        path = join("edition", "days", place)
        day = changes.put(known.get(row.date), Day, path, values, {"date": row.date, "edition": edition})
        _hours(row, day, sections, changes, path)


def _hours(row: DayRow, day: Day, sections: dict[str, Section], changes: Changes, path: str) -> None:
    before = {hours.section.slug: (hours.opens, hours.closes) for hours in day.hours.all()}
    wanted = {hours.section: (hours.opens, hours.closes) for hours in row.hours}
    if before == wanted:
        return
    OpeningHours.objects.filter(day=day).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(day=day, section=sections[name], opens=opens, closes=closes)
        for name, (opens, closes) in wanted.items()
    )
    changes.touch(path, row.date.isoformat(), "hours")


def _phases(file: EditionFile, edition: Edition, changes: Changes) -> None:
    known = {phase.slug: phase for phase in edition.phases.all()}
    for place, row in enumerate(file.edition.phases):
        values = {"label": row.label, "opens": row.opens, "closes": row.closes}
        path = join("edition", "phases", place)
        changes.put(known.get(row.id), Phase, path, values, {"slug": row.id, "edition": edition})

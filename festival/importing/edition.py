"""Loads the edition: the week itself, its parts, days and phases."""

from collections.abc import Callable
from typing import Any

from festival.core import audit, editions
from festival.core.audit import IMPORTER
from festival.core.writing import writing
from festival.importing.faults import Fault, clock_time, day, moment, one_of, read, required, rows, translated
from festival.models import Day, Edition, OpeningHours, Phase, Section
from festival.time import clock


@writing(public=True)
def load(data: dict[str, Any], report: Callable[[str], None]) -> None:
    """Create or update the edition of `data` and make it the one that the site shows."""
    row = required(data, "edition", "file")
    edition = _edition(row, data)
    sections = _sections(data, edition)
    _days(row, edition, sections)
    _phases(row, edition)
    audit.record("edition.imported", edition, actor=IMPORTER, at=clock.now(), edition=edition)
    report(f"Edition {edition.number}: {edition.days.count()} days, {edition.phases.count()} phases.")


def _edition(row: dict[str, Any], data: dict[str, Any]) -> Edition:
    path = "edition"
    organiser = required(row, "organiser", path)
    host = required(organiser, "host", f"{path}.organiser")
    number = read(int, required(row, "year", path), f"{path}.year")
    values = {
        "slug": str(required(row, "id", path)),
        "start_date": day(required(row, "start_date", path), f"{path}.start_date"),
        "end_date": day(required(row, "end_date", path), f"{path}.end_date"),
        "city": required(row, "city", path),
        "country": required(row, "country", path),
        "currency": required(row, "currency", path),
        "hashtag": row.get("hashtag") or "",
        "content_licence": row.get("content_licence") or "",
        "data_licence": row.get("data_licence") or "",
        "organiser_name": required(organiser, "name", f"{path}.organiser"),
        "organiser_legal_form": organiser.get("legal_form") or "",
        "organiser_registration": organiser.get("rna") or "",
        "organiser_address": organiser.get("address") or "",
        "organiser_email": organiser.get("email") or "",
        "organiser_phone": organiser.get("phone") or "",
        "publication_director": organiser.get("publication_director") or "",
        "host_name": required(host, "name", f"{path}.organiser.host"),
        "host_address": host.get("address") or "",
        "host_phone": host.get("phone") or "",
    }
    if values["end_date"] < values["start_date"]:
        raise Fault(f"{path}.end_date", "is before the first day")
    for name in ("name", "theme", "tagline", "summary"):
        values |= translated(row, name, path)
    values |= translated(data.get("meta", {}), "notice", "meta", optional=True)
    Edition.objects.exclude(number=number).filter(is_current=True).update(is_current=False)
    edition, created = Edition.objects.update_or_create(number=number, defaults=values | {"is_current": True})
    if created:
        editions.announce(edition, now=clock.now())
    return edition


def _sections(data: dict[str, Any], edition: Edition) -> dict[str, Section]:
    sections = {}
    for place, (path, row) in enumerate(rows(data, "sections")):
        slug = required(row, "id", path)
        values: dict[str, Any] = {
            "colour": required(row, "colour", path),
            "dark_colour": row.get("dark_colour") or "",
            "shape": one_of({shape: shape for shape in Section.Shape.values}, row.get("shape"), f"{path}.shape"),
            "sort_order": place,
            "start_date": day(required(row, "start", path), f"{path}.start"),
            "end_date": day(required(row, "end", path), f"{path}.end"),
        }
        values |= (
            translated(row, "name", path)
            | translated(row, "summary", path)
            | translated(row, "label", path, optional=True)
        )
        sections[slug], _created = Section.objects.update_or_create(edition=edition, slug=slug, defaults=values)
    return sections


def _days(row: dict[str, Any], edition: Edition, sections: dict[str, Section]) -> None:
    for path, item in rows(row, "days"):
        path = f"edition.{path}"
        values = translated(item, "public_holiday", path, optional=True) | translated(
            item, "notice", path, optional=True
        )
        date = day(required(item, "date", path), f"{path}.date")
        found, _created = Day.objects.update_or_create(edition=edition, date=date, defaults=values)
        _hours(item, path, found, sections)


def _hours(row: dict[str, Any], path: str, found: Day, sections: dict[str, Section]) -> None:
    listed = []
    for place, item in rows(row, "hours"):
        here = f"{path}.{place}"
        section = one_of(sections, item.get("section"), f"{here}.section")
        values = {key: clock_time(required(item, key, here), f"{here}.{key}") for key in ("opens", "closes")}
        listed.append(OpeningHours.objects.update_or_create(day=found, section=section, defaults=values)[0].pk)
    OpeningHours.objects.filter(day=found).exclude(pk__in=listed).delete()


def _phases(row: dict[str, Any], edition: Edition) -> None:
    for path, item in rows(row, "phases"):
        path = f"edition.{path}"
        values: dict[str, Any] = {
            "opens": moment(required(item, "opens", path), f"{path}.opens"),
            "closes": moment(required(item, "closes", path), f"{path}.closes"),
        }
        if values["closes"] < values["opens"]:
            raise Fault(f"{path}.closes", "is before the opening")
        values |= translated(item, "label", path)
        Phase.objects.update_or_create(edition=edition, slug=required(item, "id", path), defaults=values)

"""The parts of a file that describe the edition: the week itself, its days, phases and parts."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import Field, ValidationInfo, field_validator

from festival.importing.checking import doubles, words_of
from festival.importing.faults import Fault, shown
from festival.importing.times import read_day
from festival.importing.values import (
    NOT_IMPORTED,
    Closes,
    Colour,
    Context,
    Country,
    Currency,
    Day,
    EmptyIsNone,
    MailAddress,
    Moment,
    Opens,
    Row,
    Words,
    fault,
    line,
    one_of,
    reference,
    short_name,
    texts,
    whole,
)
from festival.models import Section

MOST_DAYS = 60


class Host(Row):
    """`edition.organiser.host`: who runs the server, as the law wants it named."""

    name: Annotated[str, *line(120, required=True)]
    address: Annotated[str, *line(250)] | None = None
    phone: Annotated[str, *line(40)] | None = None


class Organiser(Row):
    """`edition.organiser`: who holds the festival, as the legal notice names them."""

    name: Annotated[str, *line(120, required=True)]
    legal_form: Annotated[str, *line(120)] | None = None
    rna: Annotated[str, *line(60)] | None = Field(None, description="Registration number.")
    address: Annotated[str, *line(250)] | None = None
    email: Annotated[MailAddress | None, EmptyIsNone] = None
    phone: Annotated[str, *line(40)] | None = None
    publication_director: Annotated[str, *line(120)] | None = None
    vat_status: Any = Field(None, description=NOT_IMPORTED)
    host: Host


class Hours(Row):
    """`edition.days[].hours[]`: when one part of the week is open that day."""

    section: Annotated[str, *reference("sections")]
    opens: Opens
    closes: Closes = Field(description="As early as `opens` or earlier: after midnight. `24:00` is midnight.")


class DayRow(Row):
    """`edition.days[]`: the dates that have a page."""

    date: Day
    hours: list[Hours] = Field(default_factory=list)
    public_holiday: Annotated[Words, *texts(80)] | None = None
    notice: Annotated[Words, *texts(250)] | None = None
    weekday: Any = Field(None, description="Not imported; the date says it.")

    @field_validator("hours")
    @classmethod
    def _once(cls, hours: list[Hours]) -> list[Hours]:
        sections = [row.section for row in hours]
        if twice := [name for name in sections if sections.count(name) > 1]:
            raise fault(_("has the hours of %(part)s twice") % {"part": shown(twice[0])})
        return hours


class PhaseRow(Row):
    """`edition.phases[]`: calls, ticket office, jury, vote."""

    id: Annotated[str, *short_name()]
    label: Annotated[Words, *texts(120, required=True)]
    opens: Moment
    closes: Moment

    @field_validator("closes")
    @classmethod
    def _in_order(cls, closes: datetime, info: ValidationInfo) -> datetime:
        if closes < info.data.get("opens", closes):
            raise fault(_("is before the opening"))
        return closes


class EditionRow(Row):
    """`edition`: the week itself."""

    id: Annotated[str, *short_name()]
    year: Annotated[int, *whole(1, 65535)] = Field(description="The edition's number; it stands in addresses.")
    name: Annotated[Words, *texts(120, required=True)]
    theme: Annotated[Words, *texts(120, required=True)]
    tagline: Annotated[Words, *texts(250)] | None = None
    summary: Annotated[Words, *texts()] | None = None
    start_date: Day
    end_date: Day
    timezone: str | None = Field(None, description="Must be the site's `TIME_ZONE`.")
    city: Annotated[str, *line(80, required=True)]
    country: Country
    currency: Currency
    hashtag: Annotated[str, *line(60)] | None = None
    content_licence: Annotated[str, *line(60)] | None = None
    data_licence: Annotated[str, *line(60)] | None = None
    organiser: Organiser
    days: list[DayRow] = Field(min_length=1, max_length=MOST_DAYS)
    phases: list[PhaseRow] = Field(default_factory=list)
    utc_offset_during_event: Any = Field(None, description="Not imported; the time zone says it.")
    default_language: Any = Field(None, description="Not imported; `LANGUAGES` says it.")
    languages: Any = Field(None, description="Not imported; `LANGUAGES` says it.")

    @field_validator("end_date")
    @classmethod
    def _in_order(cls, end: date, info: ValidationInfo) -> date:
        start = info.data.get("start_date", end)
        if end < start:
            raise fault(_("is before the first day"))
        if (end - start).days >= MOST_DAYS:
            raise fault(_("is more than %(days)d days after the first day") % {"days": MOST_DAYS})
        return end

    @field_validator("timezone")
    @classmethod
    def _of_the_site(cls, zone: str | None) -> str | None:
        if zone not in {None, settings.TIME_ZONE}:
            words = {"theirs": shown(zone), "ours": settings.TIME_ZONE}
            raise fault(
                _("is %(theirs)s, but this site is in %(ours)s, where the file's times would be others") % words
            )
        return zone


class SectionRow(Row):
    """`sections[]`: a part of the week."""

    id: Annotated[str, *short_name()]
    name: Annotated[Words, *texts(80, required=True)]
    label: Annotated[Words, *texts(40)] | None = None
    summary: Annotated[Words, *texts()] | None = None
    colour: Colour
    dark_colour: Annotated[Colour | None, EmptyIsNone] = None
    shape: Annotated[str, *one_of(Section.Shape.values)]
    start: Day
    end: Day
    venue: Annotated[str, *reference("venues")]

    @field_validator("end")
    @classmethod
    def _in_order(cls, end: date, info: ValidationInfo) -> date:
        if end < info.data.get("start", end):
            raise fault(_("is before the first day"))
        return end


class Meta(Row):
    """`meta`: what the file says of itself. Only `notice` is imported."""

    notice: Annotated[Words, *texts()] | None = Field(None, description="Shown at the top of every page.")
    dataset: Any = Field(None, description=NOT_IMPORTED)
    version: Any = Field(None, description=NOT_IMPORTED)
    generated: Any = Field(None, description=NOT_IMPORTED)
    licence: Any = Field(None, description=NOT_IMPORTED)
    times: Any = Field(None, description=NOT_IMPORTED)
    i18n: Any = Field(None, description=NOT_IMPORTED)
    hard_cases: Any = Field(None, description=NOT_IMPORTED)


class EditionFile(Row):
    """What a file says of the edition itself."""

    meta: Meta = Field(default_factory=lambda: Meta.model_validate({}))
    edition: EditionRow
    sections: list[SectionRow] = Field(min_length=1)


def context_of(data: dict[str, Any], lists: Iterable[str]) -> Context:
    """Return what one row may know of the others: short names by list, and the dates of the edition's days."""
    names = {key: {word for _path, word in words_of(data, key, "id")} for key in lists}
    return Context(names, days_of(data))


def days_of(data: dict[str, Any]) -> frozenset[date] | None:
    """Return the dates of the edition's days; None as long as one of them cannot be read, or there is none."""
    try:
        return frozenset(read_day(row["date"]) for row in data["edition"]["days"]) or None
    except (TypeError, KeyError, ValueError):
        return None


def across(data: dict[str, Any]) -> Iterator[Fault]:
    """Yield what is wrong between rows: the same day, phase or part twice, a day that is not of the week."""
    edition = data.get("edition")
    yield from doubles(words_of(data, "sections", "id"))
    if not isinstance(edition, dict):
        return
    days = [(f"edition.{path}", word) for path, word in words_of(edition, "days", "date")]
    yield from doubles(days)
    yield from doubles((f"edition.{path}", word) for path, word in words_of(edition, "phases", "id"))
    try:
        first, last = read_day(edition.get("start_date")), read_day(edition.get("end_date"))
    except ValueError:
        return
    week = {(first + timedelta(days=n)).isoformat() for n in range(min((last - first).days, MOST_DAYS) + 1)}
    for path, word in days:
        if word not in week:
            yield Fault(path, _("is not between the edition's first and last day"))

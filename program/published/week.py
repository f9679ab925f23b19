"""What frames the sessions of a release: the edition, days, places, themes. Plain Python, no database."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated

from program.published.fields import Clock, Languages, Moment, ZoneName, reference
from program.published.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The festival week itself; `languages` has the main one first."""

    languages: Languages
    time_zone: ZoneName
    slug: str
    name: Text
    theme: Text
    summary: Text
    start_date: date
    end_date: date
    day_starts_at: Clock
    city: str
    country: str
    organiser: str
    content_licence: str
    data_licence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Which release this is; `format` grows when a change breaks readers."""

    format: int = 1
    number: int
    version: str
    note: str
    published_at: Moment


@dataclass(frozen=True, slots=True)
class Named:
    """Anything with a short name and a name in every language: format, tag."""

    slug: str
    name: Text


@dataclass(frozen=True, slots=True)
class Track(Named):
    """A theme and its colour, `#rrggbb`."""

    colour: str = "#4a4a4a"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Section(Named):
    """A part of the week."""

    summary: Text = field(default_factory=Text)
    start_date: date = date.min
    end_date: date = date.min


@dataclass(frozen=True, slots=True)
class Hours:
    """When the doors of one part of the week are open on a day; `closes` may be after midnight."""

    section: str
    opens: Moment
    closes: Moment


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the week and the hours of each part that is open then, in the organiser's order."""

    date: date
    hours: tuple[Hours, ...]
    public_holiday: Text
    notice: Text

    @property
    def section(self) -> str:
        """The short name of the first part that is open; empty when none is."""
        return self.hours[0].section if self.hours else ""

    @property
    def opens(self) -> datetime | None:
        """When the first doors open; None when none do."""
        return min((hours.opens for hours in self.hours), default=None)

    @property
    def closes(self) -> datetime | None:
        """When the last doors close; None when none were open."""
        return max((hours.closes for hours in self.hours), default=None)


@dataclass(frozen=True, slots=True)
class Venue(Named):
    """A place with an address."""

    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    access: Text = field(default_factory=Text)
    accessibility: Text = field(default_factory=Text)
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Room(Named):
    """A stage, hall or lawn."""

    uuid: str
    venue: Annotated[Venue, *reference("venue")]
    description: Text
    capacity_seated: int | None
    capacity_standing: int | None
    outdoor: bool
    wheelchair: bool
    induction_loop: bool
    colour: str


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation that supports the festival."""

    slug: str
    name: str
    level: str
    website: str

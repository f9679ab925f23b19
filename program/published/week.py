"""What frames the sessions of a release: texts, days, places, themes. Plain Python, no database."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Text:
    """The same text in both languages; English may be missing."""

    fr: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.fr or self.en)

    def language(self, wanted: str) -> str:
        """Return the language in which the text can be read by someone who wants `wanted`."""
        other = "fr" if wanted == "en" else "en"
        return wanted if getattr(self, wanted) else other

    def read(self, wanted: str) -> str:
        """Return the text in `wanted`, or in the other language when it has not been translated."""
        return str(getattr(self, self.language(wanted)))


@dataclass(frozen=True, slots=True)
class Named:
    """Anything with a short name and a name in both languages: format, tag."""

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
class Day:
    """A day of the week; `closes` may be after midnight."""

    date: date
    section: str
    opens: datetime
    closes: datetime
    public_holiday: Text
    notice: Text


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
    venue: Venue
    description: Text
    capacity_seated: int | None
    capacity_standing: int | None
    outdoor: bool
    wheelchair: bool
    induction_loop: bool
    colour: str

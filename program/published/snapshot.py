"""The published programme as frozen objects; `codec` writes and reads them. Plain Python, no database."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from typing import Annotated

from pydantic import Field

from festival.text.collation import sort_key
from festival.time.days import open_days
from program.published.fields import Clock, Moment, reference, remembered
from program.published.texts import Text
from program.published.week import Day, Edition, Named, Partner, Release, Room, Section, Track, Venue


@dataclass(frozen=True, slots=True)
class PortraitFile:
    """A portrait in one size, in pixels."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Portrait:
    """A square picture of a speaker, the smallest file first. `description` may be empty, `credit` is printed."""

    description: str
    credit: str
    files: tuple[PortraitFile, ...]

    @property
    def smallest(self) -> PortraitFile:
        """What programs without a choice of sizes show."""
        return self.files[0]

    @property
    def sizes(self) -> str:
        """All files, as `srcset` wants them."""
        return ", ".join(f"{file.url} {file.width}w" for file in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who is on stage."""

    uuid: str
    slug: str
    kind: str
    name: str
    sort_name: str
    native_name: str
    native_language: str
    role: Text
    organisation: str
    city: str
    country: str
    languages: tuple[str, ...]
    bio: Text
    website: str
    is_cancelled: bool
    portrait: Portrait | None = None

    @property
    def initials(self) -> str:
        """The first letters of the first and the last word of the name, drawn where there is no portrait."""
        words = [word for word in self.name.split() if word[0].isalnum()]
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @property
    def initial(self) -> str:
        """The letter under which lists show the name, without accents."""
        return sort_key(self.sort_name)[:1].upper() or "#"


@dataclass(frozen=True, slots=True)
class Billing:
    """A speaker in a session, with the role they have there."""

    speaker: Annotated[Speaker, *reference("speaker")]
    role: str


@dataclass(frozen=True, slots=True)
class Recording:
    """Where the recording is, or the stream."""

    url: str
    licence: str = ""
    captions: tuple[str, ...] = ()
    has_transcript: bool = False
    is_live: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A thing on the programme."""

    slug: str
    section: Annotated[Section, *reference("section")]
    title: Text
    abstract: Text
    format: Annotated[Named, *reference("format")]
    track: Annotated[Track, *reference("track")]
    tags: tuple[Annotated[Named, *reference("tag")], ...]
    languages: tuple[str, ...]
    interpretation: tuple[str, ...]
    capacity: int | None
    registration: str
    waitlist: bool
    products: tuple[str, ...]
    audience: str
    cancelled_at: Moment | None
    note: Text
    what_to_bring: Text
    allergens: tuple[str, ...]
    sensory: str
    accessibility_note: Text
    recording: Recording | None
    billings: Annotated[tuple[Billing, ...], Field(alias="speakers")]


@dataclass(frozen=True, slots=True)
class Move:
    """Where an occurrence was before it was moved."""

    at: Moment
    room: Annotated[Room, *reference("room")] | None
    starts_at: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One placing of a session. `places` is "", "last" or "full"."""

    uuid: str
    number: int
    session: Annotated[Session, *reference("session")]
    room: Annotated[Room, *reference("room")]
    room_note: Text
    kind: str
    starts_at: Moment
    ends_at: Moment
    daily_from: Clock | None
    daily_to: Clock | None
    blocks_room: bool
    fallback_room: Annotated[Room, *reference("room")] | None
    slot_minutes: int | None
    slots_in_parallel: int
    capacity_mode: str
    status: str
    places: str
    move: Annotated[Move | None, Field(alias="moved")]
    sequence: int
    revised_at: Moment

    @property
    def is_all_day(self) -> bool:
        """Whether it is open every day rather than at a time."""
        return self.kind == "all_day"

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.status == "cancelled"

    @property
    def open_days(self) -> tuple[date, date]:
        """The first and the last date on which it is open, if it is open every day; its end is exclusive."""
        return open_days(self.starts_at, self.ends_at, self.daily_from)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An entry of calendars that an earlier release carried and this one does not; they must be told.

    `uuid` is that of the occurrence; of what is open every day each day is an entry with one of its own.
    """

    uuid: str
    number: int
    starts_at: Moment
    ends_at: Moment
    sequence: int
    revised_at: Moment


@dataclass(frozen=True, slots=True)
class Exhibitor:
    """A stand of the Village."""

    slug: str
    name: str
    stand: str
    track: Annotated[Track, *reference("track")]
    days: tuple[date, ...]
    pitch: Text
    website: str


@dataclass(frozen=True, slots=True)
class Book:
    """A book of the bookshop; `sessions` holds only those that are public."""

    slug: str
    title: str
    author: str
    year: int
    language: str
    note: Text
    sessions: tuple[Annotated[Session, *reference("session")], ...]


@dataclass(frozen=True, kw_only=True)
class Programme:
    """A release: everything that the public may know, with the references resolved."""

    # In this order they are read: each refers only to what stands above it.
    edition: Edition
    release: Release
    days: tuple[Day, ...]
    sections: tuple[Annotated[Section, remembered("section")], ...]
    venues: tuple[Annotated[Venue, remembered("venue")], ...]
    rooms: tuple[Annotated[Room, remembered("room")], ...]
    tracks: tuple[Annotated[Track, remembered("track")], ...]
    formats: tuple[Annotated[Named, remembered("format")], ...]
    tags: tuple[Annotated[Named, remembered("tag")], ...]
    speakers: tuple[Annotated[Speaker, remembered("speaker")], ...]
    sessions: tuple[Annotated[Session, remembered("session")], ...]
    occurrences: tuple[Occurrence, ...]
    withdrawn: tuple[Withdrawn, ...]
    exhibitors: tuple[Exhibitor, ...]
    partners: tuple[Partner, ...]
    books: tuple[Book, ...]

    @property
    def version(self) -> str:
        """The name of the release."""
        return self.release.version

    @property
    def time_zone(self) -> str:
        """The festival's zone, as the tz database calls it."""
        return self.edition.time_zone

    @property
    def day_starts_at(self) -> time:
        """When a festival day begins."""
        return self.edition.day_starts_at

    @cached_property
    def session_by_slug(self) -> Mapping[str, Session]:
        """Sessions by short name."""
        return {session.slug: session for session in self.sessions}

    @cached_property
    def speaker_by_slug(self) -> Mapping[str, Speaker]:
        """Speakers by short name."""
        return {speaker.slug: speaker for speaker in self.speakers}

    @cached_property
    def occurrences_by_session(self) -> Mapping[str, tuple[Occurrence, ...]]:
        """Occurrences by their session's short name, in order of time."""
        return _grouped(self.occurrences, lambda occurrence: [occurrence.session.slug])

    @cached_property
    def occurrences_by_speaker(self) -> Mapping[str, tuple[Occurrence, ...]]:
        """Occurrences by the short name of everyone on stage, in order of time."""
        return _grouped(self.occurrences, lambda o: [billing.speaker.slug for billing in o.session.billings])

    def day(self, wanted: date) -> Day | None:
        """Return the day of this date, or None when the festival is closed then."""
        return next((day for day in self.days if day.date == wanted), None)


@dataclass(frozen=True, kw_only=True)
class Unlisted:
    """What only a link opens. Kept apart from the rest, so that no feed can carry it by mistake."""

    tags: tuple[Annotated[Named, remembered("tag")], ...] = ()
    speakers: tuple[Annotated[Speaker, remembered("speaker")], ...] = ()
    sessions: tuple[Annotated[Session, remembered("session")], ...] = ()
    occurrences: tuple[Occurrence, ...] = ()


def _grouped(
    items: Iterable[Occurrence], keys: Callable[[Occurrence], list[str]]
) -> Mapping[str, tuple[Occurrence, ...]]:
    groups: dict[str, list[Occurrence]] = {}
    for item in items:
        for key in keys(item):
            groups.setdefault(key, []).append(item)
    return {key: tuple(group) for key, group in groups.items()}

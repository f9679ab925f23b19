"""What an imported file may say of a programme, row by row. The JSON schema and the reference page are made from it."""

from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import Field, ValidationInfo, field_validator

from festival.importing.edition_file import EditionFile
from festival.importing.values import (
    NOT_IMPORTED,
    Code,
    Colour,
    Context,
    Country,
    Day,
    EmptyIsNone,
    LanguageCode,
    Latitude,
    Longitude,
    Moment,
    Places,
    Row,
    Website,
    Words,
    fault,
    line,
    one_of,
    reference,
    short_name,
    texts,
    whole,
)
from program.importing.session_file import SessionRow
from program.models import Partner, Speaker


class VenueRow(Row):
    """`venues[]`."""

    id: Annotated[str, *short_name()]
    name: Annotated[Words, *texts(120, required=True)]
    address: Annotated[str, *line(250, required=True)]
    lat: Latitude | None = None
    lon: Longitude | None = None
    access: Annotated[Words, *texts()] | None = None
    accessibility: Annotated[Words, *texts()] | None = None
    fictional: Any = Field(None, description=NOT_IMPORTED)


class RoomRow(Row):
    """`rooms[]`: the columns of the timetable, in this order."""

    id: Annotated[str, *short_name()]
    venue: Annotated[str, *reference("venues")]
    name: Annotated[Words, *texts(120, required=True)]
    description: Annotated[Words, *texts()] | None = None
    capacity_seated: Places | None = None
    capacity_standing: Places | None = None
    outdoor: bool = False
    wheelchair: bool = False
    induction_loop: bool = False
    colour: Colour


class TrackRow(Row):
    """`tracks[]`: themes."""

    id: Annotated[str, *short_name()]
    name: Annotated[Words, *texts(80, required=True)]
    colour: Colour
    icon: Annotated[Code | None, EmptyIsNone] = None


class FormatRow(Row):
    """`formats[]`: forms of sessions."""

    id: Annotated[str, *short_name()]
    name: Annotated[Words, *texts(80, required=True)]


class SpeakerRow(Row):
    """`speakers[]`: people, groups and stage names; they stay across editions."""

    id: Annotated[str, *short_name(120)]
    type: Annotated[str, *one_of(Speaker.Kind.values)]
    name: Annotated[str, *line(120, required=True)]
    sort_name: Annotated[str, *line(120, required=True)]
    native_name: Annotated[str, *line(120)] | None = None
    role: Annotated[Words, *texts(160)] | None = None
    organisation: Annotated[str, *line(160)] | None = None
    city: Annotated[str, *line(80)] | None = None
    country: Annotated[Country | None, EmptyIsNone] = None
    languages: list[LanguageCode] = Field(default_factory=list)
    bio: Annotated[Words, *texts()] | None = None
    website: Annotated[Website | None, EmptyIsNone] = None
    availability: Annotated[str, *one_of(["confirmed", "cancelled"])] | None = None
    photo: Any = Field(None, description=NOT_IMPORTED)
    fictional: Any = Field(None, description=NOT_IMPORTED)
    roles: Any = Field(None, description=NOT_IMPORTED)
    also_juror: Any = Field(None, description=NOT_IMPORTED)


class ExhibitorRow(Row):
    """`exhibitors[]`: stands."""

    id: Annotated[str, *short_name()]
    name: Annotated[str, *line(120, required=True)]
    stand: Annotated[str, *line(12, required=True)]
    track: Annotated[str, *reference("tracks")]
    days: list[Day]
    pitch: Annotated[Words, *texts(250)] | None = None
    website: Annotated[Website | None, EmptyIsNone] = None
    fictional: Any = Field(None, description=NOT_IMPORTED)

    @field_validator("days")
    @classmethod
    def _of_the_edition(cls, days: list[date], info: ValidationInfo[Context]) -> list[date]:
        for place, day in enumerate(days):
            if info.context.days is not None and day not in info.context.days:
                raise fault(_("%(day)s is no day of the edition (edition.days)") % {"day": day}, place)
        return days


class PartnerRow(Row):
    """`partners[]`: who supports the festival, in this order."""

    id: Annotated[str, *short_name()]
    name: Annotated[str, *line(120, required=True)]
    level: Annotated[str, *one_of(Partner.Level.values)]
    website: Annotated[Website | None, EmptyIsNone] = None
    fictional: Any = Field(None, description=NOT_IMPORTED)


class BookRow(Row):
    """`bookshelf[]`: the bookshop."""

    id: Annotated[str, *short_name()]
    title: Annotated[str, *line(200, required=True)]
    author: Annotated[str, *line(160, required=True)]
    year: Annotated[int, *whole(1, 2199)]
    language: LanguageCode
    note: Annotated[Words, *texts()] | None = None
    sessions: list[Annotated[str, *reference("sessions")]] = Field(default_factory=list)
    fictional: Any = Field(None, description=NOT_IMPORTED)


class PostRow(Row):
    """`posts[]`: news. Of them an import reads when the oldest one appeared: the first release is as old."""

    id: Annotated[str, *short_name()]
    published: Moment
    author: Annotated[str, *reference("speakers")] | None = None
    title: Annotated[Words, *texts(255, required=True)]
    body: Annotated[Words, *texts()] | None = None
    status: Annotated[str, *one_of(["draft", "published"])] | None = None


class ProgrammeFile(EditionFile):
    """A whole file. A list that is optional and missing is left as it is in the site; an empty one is empty."""

    venues: list[VenueRow]
    rooms: list[RoomRow]
    tracks: list[TrackRow]
    formats: list[FormatRow]
    speakers: list[SpeakerRow]
    sessions: list[SessionRow]
    tags: list[Annotated[Words, *texts(60, required=True)]] = Field(
        default_factory=list, description="Labels of sessions, which name them in the main language, in the others too."
    )
    exhibitors: list[ExhibitorRow] | None = None
    partners: list[PartnerRow] | None = None
    bookshelf: list[BookRow] | None = None
    posts: list[PostRow] = Field(default_factory=list)
    ticketing: Any = Field(None, description=NOT_IMPORTED)
    awards: Any = Field(None, description=NOT_IMPORTED)
    volunteer_shifts: Any = Field(None, description=NOT_IMPORTED)
    share_board: Any = Field(None, description=NOT_IMPORTED)
    pages: Any = Field(None, description=NOT_IMPORTED)
    faq: Any = Field(None, description=NOT_IMPORTED)

"""What an imported file may say of one session: its texts and people, its placings in time and room."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Self

from django.utils.translation import gettext as _
from pydantic import Field, ValidationInfo, field_validator

from festival.importing.faults import shown
from festival.importing.values import (
    NOT_IMPORTED,
    Closes,
    Code,
    Context,
    LanguageCode,
    Moment,
    Opens,
    Places,
    Row,
    Website,
    Words,
    fault,
    line,
    one_of,
    pattern,
    reference,
    short_name,
    texts,
    whole,
)
from festival.time import clock
from festival.time.days import festival_day, open_days
from program.models import Occurrence, Session, SessionSpeaker

LONGEST = timedelta(days=366)
HIGHEST_NUMBER = 999_999


class Registration(Row):
    """`sessions[].registration`: how one gets a place."""

    mode: Annotated[str, *one_of(Session.Registration.values)]
    waitlist: bool = False


class Recording(Row):
    """`sessions[].recording`."""

    url: Website
    licence: Annotated[str, *line(80)] | None = None
    captions: list[LanguageCode] = Field(default_factory=list)
    transcript: bool = False
    live: bool = False


class Billing(Row):
    """`sessions[].speakers[]`: who is on stage, in this order."""

    speaker: Annotated[str, *reference("speakers")]
    role: Annotated[str, *one_of(SessionSpeaker.Role.values)]


class DailyOpening(Row):
    """`daily_opening`: the hours of what is open every day."""

    opens: Opens = Field(alias="from")
    closes: Closes = Field(alias="to", description="As early as `from` or earlier: after midnight.")


class Move(Row):
    """`moved`: where a placing was before; the old room, the old start or both."""

    at: Moment
    from_room: Annotated[str, *reference("rooms")] | None = None
    from_start: Moment | None = Field(None, validate_default=True)

    @field_validator("from_start")
    @classmethod
    def _from_somewhere(cls, start: datetime | None, info: ValidationInfo) -> datetime | None:
        if start is None and info.data.get("from_room", "") is None:
            raise fault(_("is missing, and so is from_room: one of them is needed"))
        return start


class _Placing(Row):
    """What may be said of a placing in time and room. `all_day` stands first, as the others ask for it."""

    all_day: bool = Field(False, description="Open every day from `start` to `end`, in the hours of `daily_opening`.")
    daily_opening: DailyOpening | None = Field(None, validate_default=True)
    room_note: Annotated[Words, *texts(160)] | None = None
    blocks_room: bool = True
    weather_fallback_room: Annotated[str, *reference("rooms")] | None = None
    slot_minutes: Annotated[int, *whole(1, 1440)] | None = None
    slots_in_parallel: Annotated[int, *whole(1, 1000)] = 1
    capacity_mode: Annotated[str, *one_of(Occurrence.CapacityMode.values)] = "seated"
    moved: Move | None = None

    @field_validator("daily_opening")
    @classmethod
    def _of_what_is_open(cls, hours: DailyOpening | None, info: ValidationInfo) -> DailyOpening | None:
        if info.data.get("all_day") and hours is None:
            raise fault(_("is missing; what is open every day needs its hours"))
        if info.data.get("all_day") is False and hours is not None:
            raise fault(_("is only for what is open every day (all_day)"))
        return hours

    @field_validator("end", check_fields=False)
    @classmethod
    def _in_order(cls, end: datetime | None, info: ValidationInfo) -> datetime | None:
        start = info.data.get("start")
        if start is None or end is None:
            return end
        if end <= start:
            raise fault(_("must be after the start"))
        if end - start > LONGEST:
            raise fault(_("is more than a year after the start"))
        return end

    @field_validator("start", "end", check_fields=False)
    @classmethod
    def _on_a_day(cls, moment: datetime | None, info: ValidationInfo[Context]) -> datetime | None:
        """Refuse what no page of a day would show; the end is asked when something is open every day."""
        days, is_all_day = info.context.days, info.data.get("all_day")
        if moment is None or days is None or is_all_day is not (info.field_name == "end"):
            return moment
        if is_all_day:
            first, last = _open_days(info.data.get("start"), moment, info.data.get("daily_opening"))
            if first and not any(first <= day <= last for day in days):
                raise fault(_("is on no day of the edition (edition.days), nor is any day since the start"))
            return moment
        day = festival_day(moment.astimezone(clock.zone()), info.context.day_starts_at)
        if day not in days:
            raise fault(_("belongs to %(day)s, which is no day of the edition (edition.days)") % {"day": day})
        return moment


class Placing(_Placing):
    """`sessions[].occurrences[]`: one placing of a session in time and room."""

    number: Annotated[int, *whole(1, HIGHEST_NUMBER)] = Field(description="Unique in the edition, the same for ever.")
    room: Annotated[str, *reference("rooms")]
    start: Moment
    end: Moment = Field(description="Exclusive: until `2027-05-05T00:00` is until the end of the 4th.")


class SessionRow(_Placing):
    """`sessions[]`: time and room stand in it, or, for one with several placings, in `occurrences`."""

    occurrences: list[Placing] | None = Field(None, min_length=1)
    number: Annotated[int, *whole(1, HIGHEST_NUMBER)] | None = Field(
        None, validate_default=True, description="As in `occurrences`, and required without them."
    )
    room: Annotated[str, *reference("rooms")] | None = Field(
        None, validate_default=True, description="As in `occurrences`, and required without them."
    )
    start: Moment | None = Field(
        None, validate_default=True, description="As in `occurrences`, and required without them."
    )
    end: Moment | None = Field(
        None, validate_default=True, description="As in `occurrences`, and required without them."
    )
    id: Annotated[str, *short_name(120)]
    section: Annotated[str, *reference("sections")]
    format: Annotated[str, *reference("formats")]
    track: Annotated[str, *reference("tracks")]
    title: Annotated[Words, *texts(300, required=True)]
    abstract: Annotated[Words, *texts()] | None = None
    tags: list[Annotated[str, *line(60, required=True)]] = Field(default_factory=list)
    speakers: list[Billing] = Field(default_factory=list)
    languages: list[LanguageCode] = Field(default_factory=list)
    interpretation: list[Code] = Field(default_factory=list, description="Such as lsf, captions-fr, fr-en.")
    capacity: Places | None = None
    registration: Registration
    audience: Annotated[str, *pattern(r"all|schools|jury|[1-9]\d?\+", "12+", 20)] = "all"
    status: Annotated[str, *one_of(["draft", "published", "cancelled"])]
    cancelled_at: Moment | None = Field(None, validate_default=True, description="Required when cancelled.")
    visibility: Annotated[str, *one_of(Session.Visibility.values)]
    note: Annotated[Words, *texts()] | None = None
    what_to_bring: Annotated[Words, *texts(250)] | None = None
    allergens: list[Code] = Field(default_factory=list)
    sensory: Annotated[str, *one_of(Session.Sensory.values)] | None = None
    accessibility_note: Annotated[Words, *texts()] | None = None
    recording: Recording | None = None
    crosses_midnight: bool = Field(False, description="Makes `note` one for editors.")
    tickets: Any = Field(None, description=NOT_IMPORTED)
    related_projects: Any = Field(None, description=NOT_IMPORTED)
    sample: Any = Field(None, description=NOT_IMPORTED)

    @field_validator("number", "room", "start", "end")
    @classmethod
    def _once(cls, value: Any, info: ValidationInfo) -> Any:
        if "occurrences" in info.data and (value is None) is (info.data["occurrences"] is None):
            raise fault(_("is missing") if value is None else _("stands in occurrences already"))
        return value

    @field_validator("speakers")
    @classmethod
    def _each_once(cls, billings: list[Billing]) -> list[Billing]:
        names = [billing.speaker for billing in billings]
        for place, name in enumerate(names):
            if name in names[:place]:
                raise fault(_("%(name)s is in this session already") % {"name": shown(name)}, place, "speaker")
        return billings

    @field_validator("cancelled_at")
    @classmethod
    def _when_cancelled(cls, moment: datetime | None, info: ValidationInfo) -> datetime | None:
        if moment is None and info.data.get("status") == "cancelled":
            raise fault(_("is missing; what is cancelled says since when"))
        return moment

    def placings(self) -> "list[Placing | Self]":
        """Return its placings: those listed, or the one that stands in it."""
        return [*self.occurrences] if self.occurrences else [self]


def _open_days(start: object, end: datetime, hours: object) -> tuple[date | None, date]:
    if not isinstance(start, datetime) or not isinstance(hours, DailyOpening):
        return None, end.date()
    zone = clock.zone()
    return open_days(start.astimezone(zone), end.astimezone(zone), hours.opens)

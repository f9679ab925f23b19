"""What a page shows of the programme: one day, the surroundings of a session, now and next. Plain Python."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby

from festival.time import days
from program.published import layout
from program.published.filters import Filters, marks
from program.published.layout import Cell, Grid, Placing
from program.published.openings import open_on
from program.published.snapshot import Occurrence, Programme
from program.published.week import Day, Named, Room, Section, Track

SOON = timedelta(hours=3)
# What "now and next" on other pages looks ahead to: in March nothing of May is next.
NEXT_UP = timedelta(hours=24)


class Tense(StrEnum):
    """Where an occurrence stands beside a moment of its day; NEXT is what starts first after it."""

    OVER = "over"
    NOW = "now"
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Entry:
    """An occurrence and its place in the grid."""

    occurrence: Occurrence
    cell: Cell


@dataclass(frozen=True, slots=True)
class Slot:
    """Everything that starts at one moment."""

    start: datetime
    row: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class RoomHead:
    """The head of a room's columns."""

    room: Room
    column: int
    lanes: int


@dataclass(frozen=True, slots=True)
class DayPlan:
    """One day: what is open all day, then the rest by start.

    Seen at a moment, `tenses` has the tense of each occurrence by its uuid. While the day runs, `now_row` is the row of
    the grid in which the moment lies, and `line_before` the start of the slot before which it lies in the list, None
    where no slot comes after it.
    """

    day: Day
    strip: tuple[Occurrence, ...]
    slots: tuple[Slot, ...]
    heads: tuple[RoomHead, ...]
    width: int
    tenses: Mapping[str, Tense] = field(default_factory=dict)
    now_row: int | None = None
    line_before: datetime | None = None

    @property
    def count(self) -> int:
        """How many occurrences the plan shows."""
        return len(self.strip) + sum(len(slot.entries) for slot in self.slots)

    @property
    def is_over(self) -> bool:
        """Whether everything that it shows is over."""
        return bool(self.tenses) and set(self.tenses.values()) == {Tense.OVER}


@dataclass(frozen=True, slots=True)
class Choices:
    """The filters that would still find something on a day."""

    tracks: tuple[Track, ...]
    sections: tuple[Section, ...]
    languages: tuple[str, ...]
    access: tuple[str, ...]
    registration: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is before and after an occurrence in its room, and beside it elsewhere."""

    before: Occurrence | None
    after: Occurrence | None
    parallel: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class RoomNow:
    """All that happens in a room now, and all that starts next there, within three hours."""

    room: Room
    now: tuple[Occurrence, ...]
    next: tuple[Occurrence, ...]


def placing(occurrence: Occurrence) -> Placing:
    """Return the occurrence as the timetable sees it."""
    return Placing(
        key=occurrence.uuid,
        room=occurrence.room.slug,
        start=occurrence.starts_at,
        end=occurrence.ends_at,
        all_day=occurrence.is_all_day,
        blocks_room=occurrence.blocks_room,
        speakers=frozenset(billing.speaker.slug for billing in occurrence.session.billings),
        fallback_room=occurrence.fallback_room.slug if occurrence.fallback_room else None,
        last_day=occurrence.open_days[1] if occurrence.is_all_day else None,
    )


def on_day(programme: Programme, wanted: date, filters: Filters | None = None) -> list[Occurrence]:
    """Return the day's occurrences that pass the filters, in order of time."""
    return [
        occurrence
        for occurrence in programme.occurrences
        if layout.is_on(placing(occurrence), wanted, programme.day_starts_at)
        and _is_ever_on(occurrence, wanted)
        and (filters is None or filters.matches(occurrence))
    ]


def _is_ever_on(occurrence: Occurrence, day: date) -> bool:
    start, end = open_on(occurrence, day)
    return start < end or not occurrence.is_all_day


def day_grid(programme: Programme, occurrences: Iterable[Occurrence]) -> Grid:
    """Lay out a day's occurrences in the programme's rooms."""
    return layout.layout([placing(o) for o in occurrences], [room.slug for room in programme.rooms])


def day_plan(programme: Programme, day: Day, filters: Filters | None = None, *, now: datetime | None = None) -> DayPlan:
    """Return one day, filtered; seen at the aware moment `now`, with what is over, on and next."""
    occurrences = on_day(programme, day.date, filters)
    grid = day_grid(programme, occurrences)
    timed = sorted(
        (Entry(o, grid.cells[o.uuid]) for o in occurrences if not o.is_all_day),
        key=lambda entry: (entry.occurrence.starts_at, entry.cell.column),
    )
    slots = []
    for start, group in groupby(timed, key=lambda entry: entry.occurrence.starts_at):
        entries = tuple(group)
        slots.append(Slot(start, entries[0].cell.row, entries))
    rooms = {room.slug: room for room in programme.rooms}
    heads = tuple(RoomHead(rooms[column.room], column.first, column.lanes) for column in grid.columns)
    strip = tuple(o for o in occurrences if o.is_all_day)
    plan = DayPlan(day, strip, tuple(slots), heads, grid.width)
    return plan if now is None else _seen_at(plan, grid, occurrences, now)


def _seen_at(plan: DayPlan, grid: Grid, occurrences: Sequence[Occurrence], now: datetime) -> DayPlan:
    row = grid.row_at(now)
    coming = [slot.start for slot in plan.slots if slot.start > now]
    return replace(
        plan,
        tenses=tenses(occurrences, plan.day.date, now),
        now_row=row,
        line_before=coming[0] if coming and row is not None else None,
    )


def tenses(occurrences: Iterable[Occurrence], day: date, now: datetime) -> dict[str, Tense]:
    """Return where each occurrence of a day stands at `now`, by uuid. What is cancelled is neither on nor next."""
    found = {}
    stretches = {o.uuid: open_on(o, day) for o in occurrences}
    held = {o.uuid for o in occurrences if not o.is_cancelled and not o.is_all_day}
    first = min((stretches[key][0] for key in held if stretches[key][0] > now), default=None)
    soon = first if first is not None and first - now <= NEXT_UP else None
    for occurrence in occurrences:
        start, end = stretches[occurrence.uuid]
        if end <= now:
            found[occurrence.uuid] = Tense.OVER
        elif start <= now and not occurrence.is_cancelled:
            found[occurrence.uuid] = Tense.NOW
        else:
            found[occurrence.uuid] = Tense.NEXT if occurrence.uuid in held and start == soon else Tense.LATER
    return found


def choices(programme: Programme, day: Day) -> Choices:
    """Return the filters that make sense on this day; one that would let everything pass is left out."""
    occurrences = on_day(programme, day.date)
    sessions = [occurrence.session for occurrence in occurrences]
    tracks = _used(programme.tracks, {session.track.slug for session in sessions})
    sections = _used(programme.sections, {session.section.slug for session in sessions})
    languages = {code for session in sessions for code in session.languages}
    access = {mark for session in sessions for mark in marks(session.interpretation)}
    registration = {session.registration == "none" for session in sessions}
    return Choices(
        tuple(tracks) if len(tracks) > 1 else (),
        tuple(sections) if len(sections) > 1 else (),
        tuple(sorted(languages)) if len(languages) > 1 else (),
        tuple(sorted(access)),
        len(registration) > 1,
    )


def surroundings(programme: Programme, occurrence: Occurrence) -> Surroundings:
    """Return the neighbours of a timed occurrence; one that is open all day has none."""
    if occurrence.is_all_day:
        return Surroundings(None, None, ())
    wanted = days.festival_day(occurrence.starts_at, programme.day_starts_at)
    others = [o for o in on_day(programme, wanted) if not o.is_all_day and o.uuid != occurrence.uuid]
    same_room = [o for o in others if o.room == occurrence.room]
    before = [o for o in same_room if o.ends_at <= occurrence.starts_at]
    after = [o for o in same_room if o.starts_at >= occurrence.ends_at]
    mine = placing(occurrence)
    parallel = tuple(o for o in others if layout.overlaps(placing(o), mine))
    return Surroundings(before[-1] if before else None, after[0] if after else None, parallel)


def now_and_next(programme: Programme, now: datetime) -> list[RoomNow]:
    """Return the rooms in which something is on, or starts within three hours; cancelled items are left out."""
    rows = []
    for room in programme.rooms:
        mine = [o for o in programme.occurrences if o.room == room and not o.is_cancelled and not o.is_all_day]
        current = tuple(o for o in mine if o.starts_at <= now < o.ends_at)
        coming = [o for o in mine if now < o.starts_at <= now + SOON]
        first = min((o.starts_at for o in coming), default=None)
        if current or coming:
            rows.append(RoomNow(room, current, tuple(o for o in coming if o.starts_at == first)))
    return rows


def open_today(programme: Programme, today: date, now: datetime) -> list[Occurrence]:
    """Return what is open all day on the festival day `today` and has not closed at `now`."""
    all_day = [o for o in on_day(programme, today) if o.is_all_day and not o.is_cancelled]
    return [o for o in all_day if now < open_on(o, today)[1]]


def highlights(programme: Programme, slugs: Sequence[str], now: datetime, limit: int = 6) -> list[Occurrence]:
    """Return the next occurrence of each chosen session; without a choice, what is on now or within a day."""
    if slugs:
        chosen = (programme.occurrences_by_session.get(slug, ()) for slug in slugs)
        return [_nearest(occurrences, now) for occurrences in chosen if occurrences]
    open_ones = [o for o in programme.occurrences if not o.is_cancelled and not o.is_all_day]
    return [o for o in open_ones if o.starts_at <= now + NEXT_UP and o.ends_at > now][:limit]


def _nearest(occurrences: Sequence[Occurrence], now: datetime) -> Occurrence:
    return next((o for o in occurrences if o.ends_at > now), occurrences[-1])


def _used[N: Named](known: Iterable[N], slugs: set[str]) -> list[N]:
    return [item for item in known if item.slug in slugs]

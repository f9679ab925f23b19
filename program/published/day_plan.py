"""What a page shows of the programme: one day, the surroundings of a session, now and next. Plain Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from festival.time import days
from program.published import layout
from program.published.filters import Filters, marks
from program.published.layout import Cell, Grid, Placing
from program.published.snapshot import Occurrence, Programme
from program.published.week import Day, Named, Room, Section, Track

SOON = timedelta(hours=3)


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
    """One day: what is open all day, then the rest by start."""

    day: Day
    strip: tuple[Occurrence, ...]
    slots: tuple[Slot, ...]
    heads: tuple[RoomHead, ...]
    width: int

    @property
    def count(self) -> int:
        """How many occurrences the plan shows."""
        return len(self.strip) + sum(len(slot.entries) for slot in self.slots)


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
    """What happens in a room now and what comes next there, within three hours."""

    room: Room
    now: Occurrence | None
    next: Occurrence | None


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
        and (filters is None or filters.matches(occurrence))
    ]


def day_grid(programme: Programme, occurrences: Iterable[Occurrence]) -> Grid:
    """Lay out a day's occurrences in the programme's rooms."""
    return layout.layout([placing(o) for o in occurrences], [room.slug for room in programme.rooms])


def day_plan(programme: Programme, day: Day, filters: Filters | None = None) -> DayPlan:
    """Return one day, filtered."""
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
    return DayPlan(day, strip, tuple(slots), heads, grid.width)


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
    parallel = tuple(o for o in others if o.room != occurrence.room and layout.overlaps(placing(o), mine))
    return Surroundings(before[-1] if before else None, after[0] if after else None, parallel)


def now_and_next(programme: Programme, now: datetime) -> list[RoomNow]:
    """Return the rooms in which something is on, or starts within three hours; cancelled items are left out."""
    rows = []
    for room in programme.rooms:
        mine = [o for o in programme.occurrences if o.room == room and not o.is_cancelled and not o.is_all_day]
        current = next((o for o in mine if o.starts_at <= now < o.ends_at), None)
        coming = next((o for o in mine if now < o.starts_at <= now + SOON), None)
        if current or coming:
            rows.append(RoomNow(room, current, coming))
    return rows


def highlights(programme: Programme, slugs: Sequence[str], now: datetime, limit: int = 6) -> list[Occurrence]:
    """Return the next occurrence of each chosen session; without a choice, what is on now or comes next."""
    if slugs:
        chosen = (programme.occurrences_by_session.get(slug, ()) for slug in slugs)
        return [_nearest(occurrences, now) for occurrences in chosen if occurrences]
    open_ones = [o for o in programme.occurrences if not o.is_cancelled and not o.is_all_day]
    return [o for o in open_ones if o.ends_at > now][:limit]


def _nearest(occurrences: Sequence[Occurrence], now: datetime) -> Occurrence:
    return next((o for o in occurrences if o.ends_at > now), occurrences[-1])


def _used[N: Named](known: Iterable[N], slugs: set[str]) -> list[N]:
    return [item for item in known if item.slug in slugs]

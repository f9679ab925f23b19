"""How a day is laid out: rooms as columns, quarter-hours as rows. Plain Python.

Intervals are half-open, [start, end): 10-11 and 11-12 do not overlap. Every moment is an aware datetime in the
festival's time zone; lengths are counted in real minutes, so a night of the clock change is right too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from festival.time.days import festival_day, last_festival_day

QUARTER = timedelta(minutes=15)

# A stretch in which nothing starts or ends is drawn no longer than this many quarter-hours.
LONGEST_BUSY = 8

LONGEST_EMPTY = 2


@dataclass(frozen=True, slots=True)
class Placing:
    """One occurrence as the timetable sees it; `room` and `speakers` are short names.

    `last_day` is the last date of what is open every day; the rest has none.
    """

    key: str
    room: str
    start: datetime
    end: datetime
    all_day: bool = False
    blocks_room: bool = True
    speakers: frozenset[str] = frozenset()
    fallback_room: str | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a placing stands in the grid. Columns count from 1 (rooms only), rows from 1 (times only)."""

    column: int
    row: int
    span: int


@dataclass(frozen=True, slots=True)
class Column:
    """A room's share of the grid: `lanes` columns from `first` on; more than one where it holds parallel sessions."""

    room: str
    first: int
    lanes: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A day laid out: rooms as columns, quarter-hours as rows; `lines` says at which row each start or end stands."""

    columns: tuple[Column, ...] = ()
    cells: Mapping[str, Cell] = field(default_factory=dict)
    rows: int = 0
    lines: Mapping[datetime, int] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many columns the rooms take together."""
        return sum(column.lanes for column in self.columns)

    def row_at(self, moment: datetime) -> int | None:
        """Return the row in which an aware moment lies; None before the first start and from the last end on."""
        passed = [line for line in self.lines if line <= _utc(moment)]
        coming = [line for line in self.lines if line > _utc(moment)]
        if not passed or not coming:
            return None
        begin, end = max(passed), min(coming)
        top, height = self.lines[begin], self.lines[end] - self.lines[begin]
        return top + int((_utc(moment) - begin) / (end - begin) * height)


def is_on(placing: Placing, day: date, day_starts_at: time) -> bool:
    """Return whether the placing is listed on `day`: once where it starts, or on each day that it is open."""
    if placing.all_day:
        last = placing.last_day or last_festival_day(placing.start, placing.end, day_starts_at)
        return placing.start.date() <= day <= last
    return festival_day(placing.start, day_starts_at) == day


def overlaps(a: Placing, b: Placing) -> bool:
    """Return whether a and b share time, half-open."""
    return _utc(a.start) < _utc(b.end) and _utc(b.start) < _utc(a.end)


def layout(placings: Iterable[Placing], rooms: Sequence[str]) -> Grid:
    """Lay out one day.

    Args:
        placings: The day's placings; those that are open all day stand in a strip above and are left out here.
        rooms: Every room's short name, in the order of the columns; rooms without a placing get no column.

    Returns:
        The grid. Each timed placing has exactly one cell, inside its room's columns; no two cells overlap.
    """
    timed = sorted((p for p in placings if not p.all_day), key=lambda p: (_utc(p.start), _utc(p.end), p.key))
    rows = _rows(timed)
    columns: list[Column] = []
    cells: dict[str, Cell] = {}
    next_column = 1
    for room in rooms:
        lanes = _lanes([p for p in timed if p.room == room])
        if not lanes:
            continue
        columns.append(Column(room, next_column, len(lanes)))
        for lane, members in enumerate(lanes):
            for p in members:
                top, bottom = rows[_utc(p.start)], rows[_utc(p.end)]
                cells[p.key] = Cell(next_column + lane, top, bottom - top)
        next_column += len(lanes)
    return Grid(tuple(columns), cells, max(rows.values(), default=1) - 1, rows)


def _lanes(placings: Sequence[Placing]) -> list[list[Placing]]:
    lanes: list[list[Placing]] = []
    for p in placings:
        for lane in lanes:
            if _utc(lane[-1].end) <= _utc(p.start):
                lane.append(p)
                break
        else:
            lanes.append([p])
    return lanes


def _rows(timed: Sequence[Placing]) -> dict[datetime, int]:
    """Return the row at which each start or end stands; long stretches without either are compressed."""
    moments = sorted({_utc(moment) for p in timed for moment in (p.start, p.end)})
    rows = {moments[0]: 1} if moments else {}
    for begin, end in pairwise(moments):
        quarters = -(-(end - begin) // QUARTER)
        busy = any(_utc(p.start) <= begin and end <= _utc(p.end) for p in timed)
        rows[end] = rows[begin] + min(quarters, LONGEST_BUSY if busy else LONGEST_EMPTY)
    return rows


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)

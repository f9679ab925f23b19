from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, strategies as st

from program.published.layout import Placing, is_on, layout, overlaps
from tests.factories.program import PARIS, paris

FIVE = time(5)
ROOMS = ["nef", "etabli", "cuisine"]


def placing(key="a", room="nef", start="2027-05-02T10:00", end="2027-05-02T11:00", **fields):
    return Placing(key, room, paris(start), paris(end), **fields)


@st.composite
def placings(draw):
    found = []
    for n in range(draw(st.integers(0, 12))):
        start = datetime(2027, 5, 2, 9, tzinfo=PARIS) + timedelta(minutes=5 * draw(st.integers(0, 120)))
        end = start + timedelta(minutes=5 * draw(st.integers(1, 72)))
        found.append(Placing(str(n), draw(st.sampled_from(ROOMS)), start, end, all_day=draw(st.integers(0, 9)) == 0))
    return found


def test_party_is_listed_once_under_thursday():
    party = placing(start="2027-05-06T22:00", end="2027-05-07T04:00")

    days = [date(2027, 5, 1) + timedelta(days=n) for n in range(7)]

    assert [day.day for day in days if is_on(party, day, FIVE)] == [6]


def test_the_last_day_of_an_exhibition_is_the_one_that_it_says():
    until = {"start": "2027-05-01T18:00", "end": "2027-05-05T00:00", "all_day": True}

    for exhibition in (placing(**until), placing(**until | {"end": "2027-05-05T01:00"}, last_day=date(2027, 5, 4))):
        assert [day for day in range(1, 8) if is_on(exhibition, date(2027, 5, day), FIVE)] == [1, 2, 3, 4]


def test_exhibition_is_listed_on_each_of_its_days():
    exhibition = placing(start="2027-05-01T10:00", end="2027-05-04T19:00", all_day=True)

    days = [date(2027, 5, 1) + timedelta(days=n) for n in range(7)]

    assert [day.day for day in days if is_on(exhibition, day, FIVE)] == [1, 2, 3, 4]


@pytest.mark.parametrize("end", ["2027-05-05T00:00", "2027-05-05T01:00"])
def test_exhibition_that_ends_at_midnight_or_in_the_night_is_not_listed_on_the_next_day(end):
    exhibition = placing(start="2027-05-03T19:00", end=end, all_day=True)

    days = [date(2027, 5, 1) + timedelta(days=n) for n in range(7)]

    assert [day.day for day in days if is_on(exhibition, day, FIVE)] == [3, 4]


def test_sessions_that_touch_do_not_overlap():
    first = placing()
    second = placing("b", start="2027-05-02T11:00", end="2027-05-02T12:00")

    assert not overlaps(first, second)


@given(placings())
def test_overlap_is_symmetric_and_half_open(items):
    for a in items:
        assert overlaps(a, a)
        for b in items:
            assert overlaps(a, b) == overlaps(b, a)
            if a.end == b.start:
                assert not overlaps(a, b)


@given(placings())
def test_layout_loses_no_timed_item_and_shows_no_other(items):
    grid = layout(items, ROOMS)

    assert set(grid.cells) == {item.key for item in items if not item.all_day}


@given(placings())
def test_every_cell_is_within_its_rooms_columns_and_the_grid(items):
    grid = layout(items, ROOMS)
    columns = {column.room: column for column in grid.columns}

    for item in items:
        if item.all_day:
            continue
        cell, column = grid.cells[item.key], columns[item.room]
        assert column.first <= cell.column < column.first + column.lanes
        assert cell.row >= 1
        assert cell.span >= 1
        assert cell.row + cell.span - 1 <= grid.rows


@given(placings())
def test_no_two_cells_cover_the_same_square(items):
    grid = layout(items, ROOMS)

    squares = [(c.column, row) for c in grid.cells.values() for row in range(c.row, c.row + c.span)]

    assert len(squares) == len(set(squares))


@given(placings())
def test_rows_follow_time(items):
    grid = layout(items, ROOMS)
    timed = [item for item in items if not item.all_day]

    for a in timed:
        for b in timed:
            if a.start < b.start:
                assert grid.cells[a.key].row < grid.cells[b.key].row
            if a.start == b.start:
                assert grid.cells[a.key].row == grid.cells[b.key].row


@given(placings(), st.data())
def test_a_filtered_day_fits_into_the_sheet_of_the_whole_day(items, data):
    kept = [item for item in items if data.draw(st.booleans())]
    whole, part = layout(items, ROOMS), layout(kept, ROOMS)

    assert part.rows <= whole.rows
    assert part.width <= whole.width


def test_quarter_hours_are_drawn_to_scale_and_empty_stretches_are_not():
    grid = layout(
        [
            placing("a", "nef", "2027-05-05T09:00", "2027-05-05T09:45"),
            placing("b", "etabli", "2027-05-05T14:00", "2027-05-05T15:00"),
        ],
        ROOMS,
    )

    assert (grid.cells["a"].row, grid.cells["a"].span) == (1, 3)
    assert (grid.cells["b"].row, grid.cells["b"].span) == (6, 4)


def test_parallel_sessions_of_one_room_stand_side_by_side():
    grid = layout([placing("a"), placing("b"), placing("c", "etabli")], ROOMS)

    assert [(column.room, column.first, column.lanes) for column in grid.columns] == [("nef", 1, 2), ("etabli", 3, 1)]
    assert {grid.cells[key].column for key in "ab"} == {1, 2}


def test_empty_day_has_an_empty_grid():
    grid = layout([], ROOMS)

    assert (grid.columns, dict(grid.cells), grid.rows, grid.width) == ((), {}, 0, 0)


def test_night_of_the_clock_change_is_counted_in_real_minutes():
    # 28 March 2027: 2 h becomes 3 h, so 1:30 to 3:30 lasts one hour.
    grid = layout([placing("a", start="2027-03-28T01:30", end="2027-03-28T03:30")], ROOMS)

    assert grid.cells["a"].span == 4


def test_moments_of_other_zones_are_compared_as_moments():
    here = placing()
    same = Placing("b", "nef", here.start.astimezone(UTC), here.end.astimezone(UTC))

    assert overlaps(here, same)


@pytest.mark.parametrize(
    ("moment", "row"),
    [
        ("2027-05-05T08:59", None),
        ("2027-05-05T09:00", 1),
        ("2027-05-05T09:20", 2),
        ("2027-05-05T09:45", 4),  # nothing is on: the stretch is drawn two rows high
        ("2027-05-05T13:59", 5),
        ("2027-05-05T14:30", 8),
        ("2027-05-05T15:00", None),
    ],
)
def test_a_moment_lies_in_the_row_of_its_quarter_hour(moment, row):
    grid = layout(
        [
            placing("a", "nef", "2027-05-05T09:00", "2027-05-05T09:45"),
            placing("b", "etabli", "2027-05-05T14:00", "2027-05-05T15:00"),
        ],
        ROOMS,
    )

    assert grid.row_at(datetime.fromisoformat(moment).replace(tzinfo=PARIS)) == row


@given(placings())
def test_the_row_of_a_start_is_that_of_its_cell(items):
    grid = layout(items, ROOMS)

    for item in items:
        if not item.all_day and item.start < item.end:
            assert grid.row_at(item.start) == grid.cells[item.key].row

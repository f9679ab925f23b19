"""The geometry of charts."""

import pytest
from hypothesis import given, strategies as st

from festival.look import charts
from festival.look.charts import Interval, Span

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)


def share(text):
    assert text.endswith("%")
    return float(text[:-1])


@pytest.mark.parametrize(
    ("value", "place"), [(0, "3.00%"), (5, "50.00%"), (10, "97.00%"), (-4, "3.00%"), (99, "97.00%")]
)
def test_a_value_stands_within_the_chart(value, place):
    assert Span(0, 10).at(value) == place


def test_a_span_without_width_puts_everything_in_the_middle():
    assert Span(4, 4).at(4) == "50.00%"


@pytest.mark.parametrize(
    ("low", "high", "whole", "found"),
    [
        (1, 12, True, [2, 4, 6, 8, 10, 12]),
        (1, 3, True, [1, 2, 3]),
        (1, 2, True, [1, 2]),
        (1, 500, True, [100, 200, 300, 400, 500]),
        (-7.2, 9.1, False, [-5, 0, 5]),
        (0, 1, False, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (3, 3, False, [3]),
    ],
)
def test_ticks(low, high, whole, found):
    assert charts.ticks(low, high, whole=whole) == pytest.approx(found)


@given(low=NUMBERS, width=st.floats(1e-3, 1e6), whole=st.booleans())
def test_ticks_are_few_and_inside(low, width, whole):
    found = charts.ticks(low, low + width, whole=whole)
    slack = 1e-6 * max(1.0, abs(low) + width)
    assert len(found) <= 6
    assert all(low - slack <= tick <= low + width + slack for tick in found)
    assert found == sorted(found)
    assert not whole or all(tick == int(tick) for tick in found)


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("court", "court"),
        ("mot " * 20, "mot mot mot mot mot mot mot mot mot mot mot…"),
        ("x" * 60, "x" * 45 + "…"),
    ],
)
def test_a_long_label_is_cut_after_a_word(label, shown):
    assert charts.short(label) == shown


@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), max_size=20))
def test_rows_follow_each_other_and_keep_their_order_inside(found):
    values = [sorted(item) for item in found]
    span = Span(-1e6, 1e6)
    drawn = charts.rows([Interval("a", value, low, high, "in") for low, value, high in values], span)

    assert [row.middle for row in drawn] == [
        charts.HEAD + charts.MARK + charts.ROW * number for number in range(len(values))
    ]
    assert all(share(row.low) <= share(row.at) <= share(row.high) for row in drawn)
    assert all(row.words < row.middle < charts.height_of(len(values)) - charts.FOOT for row in drawn)


def test_columns_stand_side_by_side_on_the_floor():
    drawn = charts.columns([0, 5, 10, 20, -1], 10)
    assert [column.height for column in drawn] == ["0.0", "60.0", "120.0", "120.0", "0.0"]
    assert [float(column.top) + float(column.height) for column in drawn] == [charts.HEAD + charts.COLUMNS] * 5
    assert [column.at for column in drawn] == ["3.00%", "21.80%", "40.60%", "59.40%", "78.20%"]


def test_no_columns_and_no_height():
    assert charts.columns([], 10) == ()
    assert charts.columns([3], 0)[0].height == "0.0"


@given(st.lists(st.integers(0, 50), max_size=8))
def test_a_stack_fills_the_width(parts):
    drawn = charts.stack(parts)
    assert [number for number, _at, _width in drawn] == [number for number, part in enumerate(parts) if part]
    assert sum(share(width) for _number, _at, width in drawn) == pytest.approx(100 if any(parts) else 0, abs=0.05)


def test_the_axis_of_a_chart_is_above_its_labels():
    chart = charts.Chart("a", "A", "", charts.height_of(2), (), (), ())
    assert chart.floor == charts.HEAD + 2 * charts.ROW

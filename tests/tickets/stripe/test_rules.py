"""Everybody's turn comes, and what is asked for together belongs together."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from tickets.stripe.rules import together, turns

AT = dt.datetime(2027, 5, 2, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@given(count=st.integers(0, 60), most=st.integers(1, 20), minute=st.integers(0, 30_000_000))
def test_all_have_their_turn_within_as_many_minutes_as_it_takes(count, most, minute):
    asked = [turns(count, most=most, minute=minute + later) for later in range(-(-count // most))]

    assert {position for row in asked for position in row} == set(range(count))
    assert all(len(row) == min(count, most) == len(set(row)) for row in asked)


def test_whose_turn_it_is_follows_from_the_minute():
    assert turns(3, most=3, minute=7) == [0, 1, 2]
    assert [turns(5, most=2, minute=minute) for minute in range(3)] == [[0, 1], [2, 3], [0, 4]]


@pytest.mark.parametrize(
    ("minutes", "groups"),
    [
        ([], []),
        ([0], [[0]]),
        ([0, 10, 20], [[0, 1, 2]]),
        ([0, 10, 21], [[0, 1], [2]]),
        ([0, 0, 0, 0], [[0, 1, 2], [3]]),
        ([0, 5000, 5001], [[0], [1, 2]]),
    ],
)
def test_what_began_at_about_the_same_time_is_asked_for_together(minutes, groups):
    moments = [AT + minute * MINUTE for minute in minutes]

    found = together(moments, gap=10 * MINUTE, most=3)

    assert [list(group) for group in found] == groups

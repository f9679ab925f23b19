"""How much goes back: the organiser's steps as a table, and what holds for every rule and every amount."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from tickets.catalogue import refunds
from tickets.catalogue.refunds import Rule, Step

DAY = dt.timedelta(days=1)
OPENS = dt.datetime(2027, 5, 5, tzinfo=dt.UTC)
RULE = Rule((Step(OPENS - 30 * DAY, 100), Step(OPENS - 7 * DAY, 50)))
SECOND = dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("at", "fee", "back"),
    [
        (OPENS - 60 * DAY, 0, 11000),
        (OPENS - 30 * DAY - SECOND, 0, 11000),
        (OPENS - 30 * DAY, 0, 5500),
        (OPENS - 7 * DAY - SECOND, 0, 5500),
        (OPENS - 7 * DAY, 0, 0),
        (OPENS - 60 * DAY, 500, 10500),
        (OPENS - 20 * DAY, 500, 5000),
        (OPENS - 20 * DAY, 5500, 0),
        (OPENS - 20 * DAY, 99999, 0),
    ],
)
def test_the_first_step_that_is_not_over_counts(at, fee, back):
    rule = Rule(RULE.steps, fee)

    assert refunds.back(11000, rule, at=at) == back
    assert refunds.back(11000, Rule(RULE.steps[::-1], fee), at=at) == back, "in whatever order they were typed"
    assert refunds.is_refundable(11000, rule, at=at) is (back > 0)
    assert refunds.is_refundable(0, rule, at=at), "what was free is always taken back"


@pytest.mark.parametrize(("cents", "percent", "back"), [(1, 50, 1), (3, 50, 2), (101, 33, 33), (150, 1, 2)])
def test_half_a_cent_is_for_the_buyer(cents, percent, back):
    assert refunds.back(cents, Rule((Step(OPENS, percent),)), at=OPENS - DAY) == back


def test_of_two_steps_that_end_together_the_better_one_counts():
    rule = Rule((Step(OPENS, 20), Step(OPENS, 80)))

    assert refunds.back(100, rule, at=OPENS - DAY) == 80


steps = st.builds(Step, until=st.datetimes(timezones=st.just(dt.UTC)), percent=st.integers(1, 100))
rules = st.builds(Rule, steps=st.lists(steps, max_size=5).map(tuple), fee_cents=st.integers(0, 10_000))


@given(st.integers(0, 10_000_000), rules, st.datetimes(timezones=st.just(dt.UTC)))
def test_never_less_than_nothing_never_more_than_was_paid(cents, rule, at):
    assert 0 <= refunds.back(cents, rule, at=at) <= cents


@given(st.lists(st.integers(0, 1_000_000), max_size=8), st.data())
def test_shares_add_up_and_none_is_above_its_part(parts, data):
    total = data.draw(st.integers(0, sum(parts)))

    found = refunds.shares(total, parts)

    assert sum(found) == total
    assert all(0 <= share <= part for share, part in zip(found, parts, strict=True))


@pytest.mark.parametrize(
    ("total", "parts", "found"), [(0, [], []), (0, [0, 0], [0, 0]), (100, [200, 100], [67, 33]), (1, [1, 1], [1, 0])]
)
def test_shares_are_in_proportion(total, parts, found):
    assert refunds.shares(total, parts) == found


def test_more_than_there_is_cannot_be_cut():
    with pytest.raises(ValueError, match="cannot be cut"):
        refunds.shares(2, [1])

"""The order of the day, what a ballot may say, and the count by majority judgment."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from awards.voting import rules

DAYS = [date(2027, 4, day) for day in range(1, 31)]


def test_the_order_changes_by_the_day_and_everybody_is_first_some_day():
    orders = [rules.shuffled("abcd", day) for day in DAYS]

    assert rules.shuffled("dcba", DAYS[0]) == orders[0]
    assert {order[0] for order in orders} == set("abcd")
    assert all(sorted(order) == list("abcd") for order in orders)


@pytest.mark.parametrize(
    ("grades", "fault"),
    [({}, "empty"), ({"a": 0, "b": 4}, ""), ({"a": 5}, "unknown"), ({"a": -1}, "unknown"), ({"x": 1}, "unknown")],
)
def test_what_a_ballot_may_say(grades, fault):
    assert rules.fault_of(grades, "ab") == fault


def test_ballots_are_counted_and_what_nobody_graded_is_last():
    data = rules.written([{"a": 4, "b": 3}, {"a": 2}, {"a": 4, "b": 4}], "cab")

    assert data == {"finalists": ["a", "b", "c"], "ballots": [{"a": 2}, {"a": 4, "b": 3}, {"a": 4, "b": 4}]}
    rows = rules.count(data)
    assert [(row.entry, row.grades, row.rank, row.median) for row in rows] == [
        ("a", 3, 1, 4),
        ("b", 2, 2, 3),
        ("c", 0, None, None),
    ]
    assert rows[0].profile == (0, 0, 1, 0, 2)
    assert (rows[0].above, rows[0].below) == (0, Fraction(1, 3))
    assert rules.stored(rows[0]) == {"score": "4", "means": {"above": "0", "below": "1/3", "profile": "0 0 1 0 2"}}
    assert rules.stored(rows[2])["score"] == ""


def test_shares_are_of_all_grades():
    assert rules.shares((1, 0, 1, 0, 2)) == [Fraction(1, 4), 0, Fraction(1, 4), 0, Fraction(1, 2)]
    assert rules.shares((0,) * 5) == [0] * 5


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(0, 4), min_size=1), min_size=1), st.randoms())
def test_the_order_of_ballots_is_no_matter(ballots, random):
    shuffled = random.sample(ballots, len(ballots))

    assert rules.written(ballots, "abc") == rules.written(shuffled, "cba")
    assert rules.count(rules.written(ballots, "abc")) == rules.count(rules.written(shuffled, "abc"))

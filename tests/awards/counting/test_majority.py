"""Majority judgment: published tables, a naive count beside, ties, unequal numbers of grades."""

from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from awards.counting import majority
from awards.counting.ballots import Ballot, entries_of
from tests.awards.counting.tables import GAUGE_TIE, paris_ballots

grades = st.lists(st.integers(0, 5), min_size=1, max_size=14).map(lambda values: sorted(map(Fraction, values)))


def from_profile(profile):
    return [Fraction(grade) for grade, count in enumerate(profile) for _ in range(count)]


def naive(values):
    """Take the lower median away again and again, as it is written."""
    left, taken = sorted(values), []
    while left:
        taken.append(left.pop((len(left) - 1) // 2))
    return taken


def test_the_reds_of_1976():
    places, merits = majority.ranked(paris_ballots())
    given_grades = majority.grades_of(paris_ballots())

    assert sorted(places, key=places.get) == list("BACDEFHGIJ")
    assert sorted(places.values()) == list(range(1, 11))
    assert majority.first_medians(given_grades["B"], 3) == [14, 14, 15]
    assert majority.first_medians(given_grades["A"], 5) == [14, 14, 14, 14, 15]
    assert majority.first_medians(given_grades["C"], 4) == [14, 14, 14, 12]
    assert merits["B"].median == 14


def test_a_tie_of_the_gauge_is_decided_by_the_majority_value():
    one, other = (from_profile(GAUGE_TIE[name]) for name in "AB")
    first, second = majority.merit(one), majority.merit(other)

    assert (first.median, second.median) == (2, 2)
    assert (first.above, second.above) == (Fraction(3, 19), Fraction(6, 19))
    assert first.gauge == second.gauge == (2, Fraction(-9, 19))
    assert majority.compare(one, other) == 1
    values = list(majority.majority_value(one)), list(majority.majority_value(other))
    assert next(step for step, pair in enumerate(zip(*values, strict=True)) if pair[0] != pair[1]) == 7

    turned = [sorted(5 - grade for grade in each) for each in (one, other)]
    assert majority.compare(*turned) == 1


def test_half_against_half_is_worth_the_lower():
    assert majority.merit(from_profile((5, 5))).median == 0


def test_those_for_weigh_more_than_nobody_and_those_against_more_than_as_many():
    assert majority.merit(from_profile((1, 2, 2))).gauge == (1, Fraction(2, 5))
    assert majority.merit(from_profile((2, 2, 2))).gauge == (1, Fraction(-1, 3))


def test_nothing_has_no_merit():
    with pytest.raises(ValueError, match="no grades"):
        majority.merit([])


@given(grades)
def test_the_majority_value_is_what_taking_away_leaves(own):
    assert list(majority.majority_value(own)) == naive(own)


@given(grades, grades)
@settings(max_examples=300)
def test_unequal_numbers_are_compared_as_if_each_grade_were_given_more_often(one, other):
    repeated = [sorted(one * len(other)), sorted(other * len(one))]
    mine, theirs = (naive(each) for each in repeated)

    assert majority.compare(one, other) == (mine > theirs) - (mine < theirs)
    assert majority.compare(other, one) == -majority.compare(one, other)


@given(grades, grades)
@settings(max_examples=300)
def test_the_gauge_never_contradicts_the_majority_value(one, other):
    first, second = majority.merit(one).gauge, majority.merit(other).gauge

    if first > second and len(one) == len(other):
        assert majority.compare(one, other) == 1


def test_numbers_that_share_nothing_take_no_longer():
    one, other = from_profile((3000, 3973, 3000)), from_profile((3000, 3967, 3000))

    assert majority.compare(one, other) in {1, -1}


def test_an_entry_that_nobody_graded_is_not_there():
    ballots = [Ballot("v", {"a": Fraction(1)}), Ballot("w", {})]

    assert majority.ranked(ballots)[0] == {"a": 1}
    assert entries_of(ballots) == ["a"]

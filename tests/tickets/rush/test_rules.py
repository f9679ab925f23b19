"""A rush as numbers."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, strategies as st

from tickets.rush import rules
from tickets.rush.rules import Answer, Errand, Outcome

MIX = {Errand.FREE: 3, Errand.PAID: 1, Errand.LOOK: 0}


def test_visitors_come_at_the_rate_independently_of_each_other():
    found = list(rules.arrivals(Random(1), rate=50, seconds=100, mix=MIX))
    waits = [second.at - first.at for first, second in pairwise(found)]

    assert 4700 < len(found) < 5300
    assert [one.at for one in found] == sorted(one.at for one in found)
    # Of an exponential distribution, 1 - 1/e lie below the mean.
    assert 0.60 < sum(wait < 1 / 50 for wait in waits) / len(waits) < 0.66
    assert 0.72 < sum(one.errand is Errand.FREE for one in found) / len(found) < 0.78
    assert not any(one.errand is Errand.LOOK for one in found)
    assert [one.number for one in found] == list(range(len(found)))


def test_the_same_seed_sends_the_same_visitors():
    first, again = (list(rules.arrivals(Random(7), rate=5, seconds=9, mix=MIX)) for _ in range(2))

    assert first == again


def test_a_crowd_comes_at_the_first_moment():
    found = list(rules.crowd(Random(1), visitors=5, mix=MIX))

    assert [(one.number, one.at) for one in found] == [(number, 0) for number in range(5)]


def test_nobody_comes_in_two_rounds():
    rounds = [rules.coming(number, seed=1, mix=MIX, visitors=3, rate=0, seconds=0) for number in range(3)]

    assert [[one.number for one in people] for people in rounds] == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]


def test_without_a_number_of_visitors_they_come_as_they_like():
    assert rules.coming(0, seed=4, mix=MIX, visitors=None, rate=5, seconds=9) == list(
        rules.arrivals(Random(4), rate=5, seconds=9, mix=MIX)
    )


@pytest.mark.parametrize(
    ("values", "percent", "found"),
    [([], 50, 0), ([3], 1, 3), ([1, 2, 3, 4], 50, 2), ([4, 3, 2, 1], 95, 4), (list(range(1, 101)), 99, 99)],
)
def test_percentiles(values, percent, found):
    assert rules.percentile(values, percent) == found


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.1, 100))
def test_a_percentile_is_one_of_the_values_and_not_passed_by_so_many(values, percent):
    found = rules.percentile(values, percent)

    assert found in values
    assert sum(value <= found for value in values) >= len(values) * percent / 100 - 1e-6


def test_what_went_wrong_is_counted():
    outcomes = [
        Outcome(Errand.FREE, "accepted", 1, (Answer(200, 1), Answer(302, 1))),
        Outcome(Errand.FREE, "sold out", 1, (Answer(409, 1),)),
        Outcome(Errand.PAID, "HTTP 503", 1, (Answer(200, 1), Answer(503, 1))),
        Outcome(Errand.LOOK, "looked", 1, (Answer(200, 1),)),
    ]

    assert rules.errors(outcomes) == {"HTTP 503": 1}
    assert rules.server_faults(outcomes) == 1

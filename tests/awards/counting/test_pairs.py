"""Pairs: choix beside, and one answer by hand."""

from itertools import combinations

import choix
import pytest
from hypothesis import given, settings, strategies as st

from awards.counting import pairs
from tests.awards.counting.tables import MARKS, WINES


def wins_of_1976():
    wins = {}
    for marks in MARKS.values():
        for one, other in combinations(range(10), 2):
            if marks[one] != marks[other]:
                pair = (one, other) if marks[one] > marks[other] else (other, one)
                wins[pair] = wins.get(pair, 0) + 1
    return wins


def test_the_reds_of_1976():
    wins = wins_of_1976()

    found = pairs.bradley_terry({(WINES[one], WINES[other]): count for (one, other), count in wins.items()})

    assert sum(wins.values()) == 446
    expected = (1.0041, 0.8288, 1.0319, 0.5044, 0.1998, -0.5885, -0.4617, -0.8996, -0.7664, -0.8527)
    assert [found[wine] for wine in WINES] == pytest.approx(expected, abs=6e-5)
    theirs = choix.ilsr_pairwise(10, [pair for pair, count in wins.items() for _ in range(count)])
    assert [found[wine] for wine in WINES] == pytest.approx(list(theirs), abs=1e-6)


def test_one_answer_of_a_careful_juror():
    winner, loser, juror = pairs.heard(pairs.Belief(), pairs.Belief(), pairs.Care())

    assert winner.mean == pytest.approx(0.40909, abs=5e-6)
    assert loser.mean == pytest.approx(-0.40909, abs=5e-6)
    assert winner.variance == loser.variance == pytest.approx(0.832645, abs=5e-7)
    assert (juror.alpha, juror.beta) == pytest.approx((10, 1))
    assert pairs.chance(pairs.Belief(), pairs.Belief(), pairs.Care()) == 0.5


def test_a_juror_who_is_often_surprising_is_trusted_less():
    strong, weak, juror = pairs.Belief(2, 0.1), pairs.Belief(-2, 0.1), pairs.Care()

    *_, after = pairs.heard(weak, strong, juror)

    assert after.alpha / (after.alpha + after.beta) < juror.alpha / (juror.alpha + juror.beta)
    assert pairs.chance(strong, weak, juror) > 0.8


def test_the_undefeated_have_no_bound_unless_something_is_given():
    wins = {("a", "b"): 3.0, ("b", "c"): 1.0, ("c", "b"): 1.0}

    with pytest.raises(ValueError, match="never beaten"):
        pairs.bradley_terry(wins)

    found = pairs.bradley_terry(wins, draws=0.5)
    assert found["a"] > found["b"] == pytest.approx(found["c"], abs=1e-9)
    with pytest.raises(ValueError, match="no bound"):
        pairs.bradley_terry({("a", "b"): 1, ("c", "d"): 1}, draws=0.5)


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda p: p[0] != p[1]), min_size=1, max_size=30)
)
@settings(max_examples=60, deadline=None)
def test_strengths_sum_to_zero_and_follow_names(rows):
    wins = {}
    for one, other in rows:
        wins[str(one), str(other)] = wins.get((str(one), str(other)), 0) + 1
    wins |= {("0", str(other)): wins.get(("0", str(other)), 0) + 1 for other in range(1, 5)}

    found = pairs.bradley_terry(wins, draws=0.3)
    turned = pairs.bradley_terry({(other, one): count for (one, other), count in wins.items()}, draws=0.3)

    assert sum(found.values()) == pytest.approx(0, abs=1e-6)
    assert [turned[entry] for entry in found] == pytest.approx([-found[entry] for entry in found], abs=1e-5)

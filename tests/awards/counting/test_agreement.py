"""Kendall's W and what goes with it: published tastings to the digit, scipy beside."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st
from scipy import stats

from awards.counting import agreement
from awards.counting.cards import Card, Cards
from tests.awards.counting.tables import MARKS, TASTINGS, TOY, paris


@pytest.mark.parametrize(
    ("report", "against", "w", "p"),
    [
        (25, [20, 22, 29, 12, 39, 37, 37], 0.4665, 0.0033),
        (126, [23, 40, 21, 32, 28, 51, 31, 26], 0.3294, 0.0238),
    ],
)
def test_the_tastings_of_quandt(report, against, w, p):
    ranks = [[Fraction(rank) for rank in row] for row in TASTINGS[report]]

    found = agreement.concordance(ranks)

    assert [sum(column) for column in zip(*ranks, strict=True)] == against
    assert (round(found.kendall_w, 4), round(found.p_value, 4)) == (w, p)
    assert (found.kendall_w_ties, found.p_value_ties) == (found.kendall_w, found.p_value)


def test_the_reds_of_1976():
    found = agreement.agreement(paris())

    assert (round(found.kendall_w, 4), round(found.p_value, 4)) == (0.2507, 0.0032)
    assert (round(found.kendall_w_ties, 4), round(found.p_value_ties, 4)) == (0.2601, 0.0022)


def test_there_is_none_where_cards_are_missing_or_nobody_can_disagree():
    one_juror = Cards(tuple(Card("j", entry, "", Fraction(1)) for entry in "ab"))
    one_entry = Cards(tuple(Card(juror, "e", "", Fraction(1)) for juror in "ab"))

    assert [agreement.agreement(cards) for cards in (TOY, one_juror, one_entry)] == [None] * 3


def test_all_equal_marks_say_nothing_of_ties():
    found = agreement.concordance([[Fraction(3)] * 4] * 3)

    assert (found.kendall_w, found.kendall_w_ties, found.p_value, found.p_value_ties) == (0, None, 1, None)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_ranks_are_those_of_scipy(values):
    assert agreement.mid_ranks([Fraction(value) for value in values]) == list(stats.rankdata(values))


@given(st.floats(0, 200), st.integers(1, 60))
def test_chances_are_those_of_scipy(value, freedom):
    assert agreement.chi_squared_above(value, freedom) == pytest.approx(
        stats.chi2.sf(value, freedom), abs=1e-12, rel=1e-8
    )


def test_a_chance_so_small_that_the_fraction_would_not_end_is_still_told():
    assert agreement.chi_squared_above(1e-12, 400) == pytest.approx(1)
    assert agreement.chi_squared_above(1500, 1499) == pytest.approx(stats.chi2.sf(1500, 1499), rel=1e-8)


def test_reliability_by_the_variances_of_nips():
    assert round(agreement.reliability(1.278, 1.268, 3), 2) == 0.75
    assert round(agreement.reliability(1.278, 1.268, 5), 2) == 0.83


@pytest.mark.parametrize(("entries", "rest", "wanted", "cards"), [(1, 1, 0.8, 4), (1, 3.2, 0.8, 13), (9, 1, 0.5, 1)])
def test_how_many_cards_an_order_takes(entries, rest, wanted, cards):
    assert agreement.cards_for(entries, rest, wanted) == cards
    assert agreement.reliability(entries, rest, cards) >= wanted - 1e-9


def test_marks_are_ranked_within_each_judge():
    assert agreement.mid_ranks(MARKS["Spurrier"]) == [8.5, 8.5, 8.5, 1, 8.5, 4, 5.5, 3, 2, 5.5]

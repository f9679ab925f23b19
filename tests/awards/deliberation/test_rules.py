"""What follows the count, what a motion comes to, what belongs on the agenda."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from awards.deliberation.rules import (
    Standing,
    Vote,
    close_at_the_cut,
    disagreements,
    follows_count,
    quorum_of,
    result_of,
)


def standing(rank, *, is_finalist=True):
    return Standing("a", "making", rank, is_finalist)


@pytest.mark.parametrize(
    ("kind", "where", "winners", "of_one_category", "follows"),
    [
        ("winner", standing(1), 1, True, True),
        ("winner", standing(2), 1, True, False),
        ("winner", standing(2), 2, True, True),
        ("winner", standing(1), 1, False, False),
        ("winner", standing(None), 1, True, False),
        ("mention", standing(2), 1, True, True),
        ("mention", standing(9, is_finalist=False), 1, True, False),
        ("not_awarded", None, 1, True, False),
    ],
)
def test_follows_count(kind, where, winners, of_one_category, follows):
    assert follows_count(kind, where, winners=winners, of_one_category=of_one_category) is follows


@pytest.mark.parametrize(
    ("vote", "quorum", "result"),
    [
        (Vote(3, 1, 0), 4, "carried"),
        (Vote(3, 1, 0), 5, "no_quorum"),
        (Vote(1, 0, 4), 5, "carried"),
        (Vote(2, 2, 1), 5, "level"),
        (Vote(1, 2, 2), 5, "lost"),
        (Vote(0, 0, 0), 0, "level"),
    ],
)
def test_result_of(vote, quorum, result):
    assert result_of(vote, quorum) == result


@given(st.integers(0, 500))
def test_quorum_of_is_more_than_half(jurors):
    assert 2 * quorum_of(jurors, 50) > jurors
    assert 2 * (quorum_of(jurors, 50) - 1) <= jurors


def test_disagreements_begin_with_the_widest():
    totals = [
        ("near", [Fraction(50), Fraction(60)]),
        ("alone", [Fraction(0)]),
        ("wide", [Fraction(20), Fraction(60)]),
        ("widest", [Fraction(0), Fraction(100), Fraction(50)]),
        ("also", [Fraction(60), Fraction(20)]),
    ]
    assert disagreements(totals) == ["widest", "also", "wide"]


def test_close_at_the_cut_takes_both_sides_of_the_line():
    rows = [("a", Fraction(90)), ("b", Fraction(61)), ("c", Fraction(60)), ("d", Fraction(20))]
    assert close_at_the_cut(rows, 2, Fraction(2)) == ("b", "c")
    assert close_at_the_cut(rows, 1, Fraction(2)) == ()
    assert close_at_the_cut(rows, 4, Fraction(2)) == ()


@pytest.mark.parametrize(("jurors", "percent", "quorum"), [(9, 100, 9), (9, 66, 6), (9, 1, 1), (0, 100, 1)])
def test_quorum_of_a_share(jurors, percent, quorum):
    assert quorum_of(jurors, percent) == quorum

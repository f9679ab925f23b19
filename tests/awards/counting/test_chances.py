"""Orders drawn from what the cards leave open: published chances within the noise of 4,000 draws, and again."""

from fractions import Fraction

import numpy as np
import pytest

from awards.counting import chances, mixed
from awards.counting.cards import Card, Cards
from tests.awards.counting.tables import WINES, paris

# Two in a hundred: two and a half standard errors of a half in 4,000 draws.
NOISE = 0.02


def drawn(cards, **options):
    (found,) = chances.draw(mixed.fit(cards), [WINES], **options)
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_reds_of_1976(seed):
    found = drawn(paris(), seed=seed).chances()

    assert [found[wine].first for wine in "ABCDE"] == pytest.approx([0.364, 0.343, 0.184, 0.096, 0.012], abs=NOISE)


def test_the_intervals_of_the_reds_of_1976():
    found = drawn(paris()).chances()

    assert [(found[wine].rank_low, found[wine].rank_high) for wine in WINES] == [
        (1, 4), (1, 4), (1, 5), (1, 6), (3, 7), (4, 9), (5, 10), (6, 10), (6, 10), (6, 10),
    ]  # fmt: skip


def test_with_a_third_of_the_cards_missing():
    found = drawn(paris(is_partial=True)).chances()

    assert [found[wine].first for wine in "AB"] == pytest.approx([0.35, 0.44], abs=NOISE)


def test_the_same_seed_draws_the_same_and_another_one_others():
    assert np.array_equal(drawn(paris()).marks, drawn(paris()).marks)
    assert not np.array_equal(drawn(paris()).marks, drawn(paris(), seed=2).marks)


def test_the_draws_have_the_errors_of_the_fit():
    fitted = mixed.fit(paris(is_partial=True))
    (found,) = chances.draw(fitted, [WINES], draws=40_000)

    centred = found.marks - found.marks.mean(axis=1, keepdims=True)
    expected = np.array([fitted.adjusted[wine] for wine in WINES])
    assert centred.mean(axis=0) == pytest.approx(expected - expected.mean(), abs=0.03)


def test_one_stands_before_the_other_as_often_as_not_the_other_way_round():
    found = drawn(paris())

    assert found.ahead("A", "J") > 0.98
    assert found.ahead("A", "B") + found.ahead("B", "A") == pytest.approx(1)
    assert found.ahead("A", "B") == pytest.approx(0.51, abs=NOISE)


def test_those_who_are_equal_share_the_first_place():
    cards = Cards(tuple(Card(f"j{j}", f"e{e}", "", Fraction(5)) for j in range(2) for e in range(4)))

    (found,) = chances.draw(mixed.fit(cards), [tuple(cards.by_entry)], draws=10)

    assert [chance.first for chance in found.chances().values()] == [0.25] * 4


def test_fields_are_drawn_together_and_ranked_apart():
    halves = chances.draw(mixed.fit(paris()), [WINES[:5], WINES[5:]])

    assert [sum(chance.first for chance in half.chances().values()) for half in halves] == pytest.approx([1, 1])
    assert max(chance.rank_high for half in halves for chance in half.chances().values()) == 5

"""How a project stands among the others."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from awards.feedback.rules import FEWEST, Band, Place, Third, band_of, place_of

MEANS = st.lists(st.fractions(0, 5), min_size=FEWEST, max_size=30)


def test_band_is_the_middle_half():
    assert band_of([Fraction(mark) for mark in (5, 1, 2, 4, 3)]) == Band(Fraction(2), Fraction(3), Fraction(4))
    assert band_of([Fraction(mark) for mark in (0, 1, 2, 3, 4, 5)]) == Band(
        Fraction(5, 4), Fraction(5, 2), Fraction(15, 4)
    )


def test_band_of_few_would_give_others_away():
    assert band_of([Fraction(1)] * (FEWEST - 1)) is None


@given(MEANS, st.randoms())
def test_band_lies_among_the_means_whatever_their_order(means, random):
    band = band_of(means)
    shuffled = list(means)
    random.shuffle(shuffled)
    assert band_of(shuffled) == band
    assert min(means) <= band.low <= band.middle <= band.high <= max(means)


@pytest.mark.parametrize(
    ("rank", "of", "low", "high", "expected"),
    [
        (6, 18, 4, 9, Place(18, Third.UPPER, 4, 9)),
        (6, 18, 6, 6, Place(18, Third.UPPER)),
        (7, 18, None, None, Place(18, Third.MIDDLE)),
        (12, 18, None, 14, Place(18, Third.MIDDLE)),
        (13, 18, 2, None, Place(18, Third.LOWER)),
        (1, FEWEST - 1, 1, 3, None),
        (None, 18, 1, 3, None),
    ],
)
def test_place_is_rough(rank, of, low, high, expected):
    assert place_of(rank, of, low, high) == expected

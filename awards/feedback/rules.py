"""How a project stands among the others, told so that nobody else's marks can be read from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

FEWEST = 5  # projects of a category; of fewer, a spread or a place would give others away


@dataclass(frozen=True, slots=True)
class Band:
    """Where the middle half of all projects lies, and the project in the middle."""

    low: Fraction
    middle: Fraction
    high: Fraction


class Third(StrEnum):
    """A third of the ranked projects."""

    UPPER = "upper"
    MIDDLE = "middle"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Place:
    """Roughly where a project stood among `of`: between two places if the count tells them, else in which third."""

    of: int
    third: Third
    low: int | None = None
    high: int | None = None


def band_of(values: Sequence[Fraction]) -> Band | None:
    """Return the quartiles of the means of all projects of a category, linear between two; None of too few."""
    if len(values) < FEWEST:
        return None
    ordered = sorted(values)
    return Band(*(_at(ordered, Fraction(quarter, 4)) for quarter in (1, 2, 3)))


def place_of(rank: int | None, of: int, low: int | None, high: int | None) -> Place | None:
    """Return roughly where a rank among `of` stands, with its interval where it has one; None for too few projects.

    An interval of a single place is none: it would be the exact rank.
    """
    if rank is None or of < FEWEST:
        return None
    third = Third.UPPER if 3 * rank <= of else Third.MIDDLE if 3 * rank <= 2 * of else Third.LOWER
    if low is None or high is None or low == high:
        return Place(of, third)
    return Place(of, third, low, high)


def _at(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    place = share * (len(ordered) - 1)
    before = place.numerator // place.denominator
    behind = min(before + 1, len(ordered) - 1)
    return ordered[before] + (place - before) * (ordered[behind] - ordered[before])

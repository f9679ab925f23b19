"""Majority judgment: an entry is worth what a majority grants it (Balinski and Laraki, 2010).

The grade of an entry is the lower median of its grades. Equal ones are told apart by the majority value: the median is
taken away and the next one is looked at, again and again. Entries with unequal numbers of grades are compared as if
each grade were given so often that the numbers are equal.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from math import lcm

from awards.counting.ballots import Ballot
from awards.counting.places import places

type Grades = Sequence[Fraction]  # from the lowest


@dataclass(frozen=True, slots=True)
class Merit:
    """What the grades of an entry come to: the median, the shares above and below it, how many of each grade."""

    count: int
    median: Fraction
    above: Fraction
    below: Fraction
    profile: Mapping[Fraction, int]

    @property
    def gauge(self) -> tuple[Fraction, Fraction]:
        """The majority gauge, the greater the better; where both shares are equal, those against weigh more."""
        return self.median, self.above if self.above > self.below else -self.below


def merit(grades: Iterable[Fraction]) -> Merit:
    """Return what grades come to. Raises ValueError when there are none."""
    ordered = sorted(grades)
    if not ordered:
        raise ValueError("no grades")
    median = ordered[(len(ordered) - 1) // 2]
    above = Fraction(len(ordered) - bisect_right(ordered, median), len(ordered))
    below = Fraction(bisect_left(ordered, median), len(ordered))
    profile = {grade: ordered.count(grade) for grade in dict.fromkeys(ordered)}
    return Merit(len(ordered), median, above, below, profile)


def majority_value(grades: Iterable[Fraction]) -> Iterator[Fraction]:
    """Yield the medians that are left when each is taken away in turn."""
    ordered = sorted(grades)
    middle = (len(ordered) - 1) // 2
    if len(ordered) % 2:
        yield ordered[middle]
        lower, upper = middle - 1, middle + 1
    else:
        lower, upper = middle, middle + 1
    while lower >= 0:
        yield ordered[lower]
        yield ordered[upper]
        lower, upper = lower - 1, upper + 1


def compare(one: Grades, other: Grades) -> int:
    """Return whose majority value is greater: 1, -1, or 0 where they never part. Both from the lowest, not empty.

    Only the places where a grade changes are looked at, however often the grades would have to be repeated.
    """
    size = lcm(len(one), len(other))
    times = size // len(one), size // len(other)
    steps = {0} | _steps(one, times[0], size) | _steps(other, times[1], size)
    for step in sorted(steps):
        for place in _at(step, size):
            mine, theirs = one[place // times[0]], other[place // times[1]]
            if mine != theirs:
                return 1 if mine > theirs else -1
    return 0


def _at(step: int, size: int) -> tuple[int, ...]:
    """Return the places, from 0, of the grades that are looked at at a step from the middle: the lower one first."""
    lower = (size - 1) // 2 - step
    upper = size // 2 + step
    return (lower,) if lower == upper else (lower, upper)


def _steps(grades: Grades, times: int, size: int) -> set[int]:
    """Return the steps from the middle at which a grade repeated `times` times changes, on either side."""
    changes = [number * times for number in range(1, len(grades)) if grades[number] != grades[number - 1]]
    lower, upper = (size - 1) // 2, size // 2
    return {lower - change + 1 for change in changes if change <= lower} | {
        change - upper for change in changes if change > upper
    }


def ranked(ballots: Iterable[Ballot]) -> tuple[dict[str, int], dict[str, Merit]]:
    """Return the place of each graded entry by majority value, and what its grades come to."""
    grades = grades_of(ballots)
    return places(grades, lambda one, other: compare(grades[one], grades[other])), {
        entry: merit(own) for entry, own in grades.items()
    }


def grades_of(ballots: Iterable[Ballot]) -> dict[str, list[Fraction]]:
    """Return the grades of each entry, from the lowest."""
    grades: dict[str, list[Fraction]] = {}
    for ballot in ballots:
        for entry, grade in ballot.values.items():
            grades.setdefault(entry, []).append(grade)
    return {entry: sorted(own) for entry, own in sorted(grades.items())}


def first_medians(grades: Grades, many: int) -> list[Fraction]:
    """Return the first `many` grades of the majority value, fewer where there are fewer."""
    return list(islice(majority_value(grades), many))

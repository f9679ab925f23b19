"""Numbering occurrences: each number of an edition is given once, whatever is deleted afterwards."""

from festival.core import series
from festival.core.writing import writing
from festival.models import Edition

KIND = "occurrences"


def next_number(edition: Edition) -> int:
    """Take the number of the edition's next occurrence."""
    with writing(public=False):
        return series.take(KIND, edition=edition)[0]


def reserve_number(edition: Edition, number: int) -> None:
    """Make sure that nobody gets `number` later, because a file or a person has given it already."""
    with writing(public=False):
        missing = number - series.last(KIND, edition=edition)
        if missing > 0:
            series.take(KIND, edition=edition, count=missing)

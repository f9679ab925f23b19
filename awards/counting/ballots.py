"""Ballots of the other ways to judge: what one voter says of several entries at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one voter says: a number for each entry. It is a grade (higher is better) or a rank (1 is best)."""

    voter: str
    values: Mapping[str, Fraction]


def entries_of(ballots: Iterable[Ballot]) -> list[str]:
    """Return the entries that any ballot names, in the order of their names."""
    return sorted({entry for ballot in ballots for entry in ballot.values})

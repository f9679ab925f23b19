"""Turn the boxes of the grid that were sent into pairs."""

from collections.abc import Iterable

from awards.grid.queries import Pair
from festival.typed.keys import is_key

NAME = "pair"


def pairs_in(values: Iterable[str]) -> frozenset[Pair]:
    """Return the pairs of values like `12-34`, juror and project; what is none is left aside."""
    halves = (value.split("-") for value in values)
    return frozenset((int(both[0]), int(both[1])) for both in halves if len(both) == 2 and all(map(is_key, both)))

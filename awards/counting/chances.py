"""How sure an order is: orders drawn from what the cards leave open.

The stream of random numbers is numpy's oldest, which is promised never to change (NEP 19).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from awards.counting.mixed import Fit

DRAWS = 4000
SEED = 1
LEVEL = 0.9  # of the intervals of places; the sure part of a cut


@dataclass(frozen=True, slots=True)
class Chance:
    """Where an entry may stand: the places between which nine draws of ten lie, and how often it is first."""

    rank_low: int
    rank_high: int
    first: float


@dataclass(frozen=True)
class Draws:
    """Marks drawn for each entry of a field of rivals, a row a draw."""

    entries: tuple[str, ...]
    marks: NDArray[np.float64]

    def chances(self) -> Mapping[str, Chance]:
        """Return for each entry between which places it lies and how often it is first, ties shared."""
        ranks = (-self.marks).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable") + 1
        top = self.marks == self.marks.max(axis=1, keepdims=True)
        first = (top / top.sum(axis=1, keepdims=True)).mean(axis=0)
        low = np.quantile(ranks, (1 - LEVEL) / 2, axis=0, method="inverted_cdf")
        high = np.quantile(ranks, (1 + LEVEL) / 2, axis=0, method="inverted_cdf")
        return {
            entry: Chance(int(low[number]), int(high[number]), float(first[number]))
            for number, entry in enumerate(self.entries)
        }

    def ahead(self, entry: str, other: str) -> float:
        """Return how often `entry` stands before `other`; a tie counts half."""
        one, two = self.marks[:, self.entries.index(entry)], self.marks[:, self.entries.index(other)]
        return float(((one > two) + 0.5 * (one == two)).mean())


def draw(fitted: Fit, fields: Sequence[Sequence[str]], *, draws: int = DRAWS, seed: int = SEED) -> list[Draws]:
    """Return for each field of rivals the marks that the cards leave open; the fields share each draw of the jury.

    The fit must have a variance of the rest, and rivals must be entries of it.
    """
    stream = np.random.RandomState(seed)
    rest = np.sqrt(fitted.rest or 0.0)
    # S = L L^T, so that L^-T z has the covariance S^-1.
    lower = np.linalg.cholesky(fitted.precision)
    jury = stream.standard_normal((draws, len(fitted.effects)))
    effects = fitted.effects + rest * np.linalg.solve(lower.T, jury.T).T
    own = stream.standard_normal((draws, len(fitted.weights)))
    marks = fitted.weights * (fitted.sums - effects @ fitted.seen.T) + rest * np.sqrt(fitted.weights) * own
    columns = {category: number for number, category in enumerate(fitted.cards.categories)}
    marks += effects[:, [columns[fitted.cards.category_of[entry]] for entry in fitted.cards.by_entry]]
    places = {entry: number for number, entry in enumerate(fitted.cards.by_entry)}
    return [Draws(tuple(field), marks[:, [places[entry] for entry in field]]) for field in fields]

"""The mixed two-way model: what a mark owes to the entry, and what to the juror who gave it.

    mark = mean of the category + entry + juror + rest

Entries and jurors are random effects, so that few cards pull towards the mean of the category, and a harsh jury does
not cost an entry its place. It is the model with which NIPS calibrated its reviewers from 2002 to 2014, with a mean for
each category. The ratios of the variances come from the cards (REML); decision 0051 says how the prior keeps them from
collapsing, and why small juries take fixed ones.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from awards.counting.cards import Cards

type Vector = NDArray[np.float64]
type Matrix = NDArray[np.float64]

FEWEST_CARDS = 30  # below, the cards cannot tell the ratios
USUAL = (1.0, 5.0)  # variance of the rest over that of entries, over that of jurors: about those of NIPS 2014
SPREAD, FREE = 1.5, 2.0  # of the prior on the logarithms; it says nothing within so many spreads
FARTHEST = 6.0  # logarithms from the usual ratios: where nothing is left unexplained, the cards would ask for no end


@dataclass(frozen=True)
class Fit:
    """The model fitted to cards. Entries, jurors and categories stand in the canonical order of `cards`.

    `weights` is 1 / (cards + ratio) of each entry, `seen` its row of counts at categories and jurors, `effects` the
    means of the categories and then the jurors, `precision` their matrix, `rest` the variance of what nothing explains,
    or None where there are no more cards than categories.
    """

    cards: Cards
    ratios: tuple[float, float]
    is_fitted: bool
    weights: Vector
    sums: Vector
    seen: Matrix
    effects: Vector
    precision: Matrix
    entry_effects: Vector
    rest: float | None
    deviance: float

    @property
    def adjusted(self) -> Mapping[str, float]:
        """The mark of each entry as the usual juror would give it."""
        means = dict(zip(self.cards.categories, self.effects[: len(self.cards.categories)], strict=True))
        of = self.cards.category_of
        return {
            entry: float(means[of[entry]] + effect)
            for entry, effect in zip(self.cards.by_entry, self.entry_effects, strict=True)
        }

    @property
    def severity(self) -> Mapping[str, float]:
        """How much lower than the usual juror each one marks."""
        jurors = self.effects[len(self.cards.categories) :]
        return {juror: float(-effect) for juror, effect in zip(self.cards.jurors, jurors, strict=True)}

    @property
    def severity_errors(self) -> Mapping[str, float | None]:
        """The standard error of each juror's severity, or None where the cards cannot tell."""
        if self.rest is None:
            return dict.fromkeys(self.cards.jurors)
        variances = self.rest * np.diag(np.linalg.inv(self.precision))[len(self.cards.categories) :]
        return {juror: math.sqrt(max(v, 0.0)) for juror, v in zip(self.cards.jurors, variances.tolist(), strict=True)}

    @property
    def errors(self) -> Mapping[str, float | None]:
        """The standard error of each entry's effect, or None where the cards cannot tell."""
        if self.rest is None:
            return dict.fromkeys(self.cards.by_entry)
        spread = np.einsum("ij,ji->i", self.seen, np.linalg.solve(self.precision, self.seen.T))
        variances = self.rest * (self.weights + self.weights**2 * spread)
        return {entry: math.sqrt(max(v, 0.0)) for entry, v in zip(self.cards.by_entry, variances.tolist(), strict=True)}

    @property
    def variances(self) -> Mapping[str, float | None]:
        """The variances of entries, jurors and the rest."""
        if self.rest is None:
            return dict.fromkeys(("entries", "jurors", "rest"))
        return {"entries": self.rest / self.ratios[0], "jurors": self.rest / self.ratios[1], "rest": self.rest}


def fit(cards: Cards, ratios: tuple[float, float] | None = None) -> Fit:
    """Fit the model; `ratios` fixes those of the variances, otherwise the cards tell them when there are enough."""
    solve = _solver(cards)
    if ratios is not None:
        return solve(ratios, False)
    spread_out = len({card.mark for card in cards.cards}) > 1
    if len(cards.cards) < FEWEST_CARDS or len(cards.cards) <= len(cards.categories) or not spread_out:
        return solve(USUAL, False)

    def cost(at: tuple[float, float]) -> float:
        if max(_away(at)) > FARTHEST + 1e-9:
            return math.inf
        return 0.5 * solve((math.exp(at[0]), math.exp(at[1])), True).deviance + _prior(at)

    entries, jurors = _lowest(cost)
    return solve((math.exp(entries), math.exp(jurors)), True)


def _prior(at: tuple[float, float]) -> float:
    """Return what ratios far from the usual ones cost: nothing within `FREE` spreads, where REML speaks alone."""
    return sum(0.5 * max(0.0, distance / SPREAD - FREE) ** 2 for distance in _away(at))


def _away(at: tuple[float, float]) -> list[float]:
    return [abs(log - math.log(usual)) for log, usual in zip(at, USUAL, strict=True)]


def _lowest(cost: Callable[[tuple[float, float]], float]) -> tuple[float, float]:
    """Return the lowest point of a plane: the best of a grid, then ever smaller steps from there."""
    steps = [float(step) for step in np.linspace(-FARTHEST, FARTHEST, 9)]
    grid = [(x, math.log(USUAL[1]) + y) for x in steps for y in steps]
    best = min(grid, key=cost)
    lowest, step = cost(best), 0.75
    while step > 1e-7:
        around = [
            (best[0] + x * step, best[1] + y * step) for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1))
        ]
        found = min(around, key=cost)
        if (value := cost(found)) < lowest:
            best, lowest = found, value
        else:
            step /= 2
    return best


def _solver(cards: Cards) -> Callable[[tuple[float, float], bool], Fit]:
    """Return what solves the model for given ratios; what does not depend on them is made once.

    Entries are absorbed, so that only a system of categories and jurors is solved.
    """
    entries = {entry: number for number, entry in enumerate(cards.by_entry)}
    categories = {category: number for number, category in enumerate(cards.categories)}
    jurors = {juror: number for number, juror in enumerate(cards.jurors, start=len(categories))}
    rows = [card for own in cards.by_entry.values() for card in own]
    rows.sort(key=lambda card: (entries[card.entry], jurors[card.juror]))
    marks = np.array([float(card.mark) for card in rows])
    entry = np.array([entries[card.entry] for card in rows])
    columns = np.zeros((len(rows), len(categories) + len(jurors)))
    for number, card in enumerate(rows):
        columns[number, [categories[card.category], jurors[card.juror]]] = 1
    counts, sums = np.bincount(entry).astype(float), np.bincount(entry, marks)
    seen = np.zeros((len(entries), columns.shape[1]))
    np.add.at(seen, entry, columns)
    gram, right, squares = columns.T @ columns, columns.T @ marks, float(marks @ marks)
    free = len(rows) - len(categories)
    penalised = np.arange(len(categories), columns.shape[1])

    def solve(ratios: tuple[float, float], is_fitted: bool) -> Fit:
        weights = 1 / (counts + ratios[0])
        precision = gram - (seen * weights[:, None]).T @ seen
        precision[penalised, penalised] += ratios[1]
        effects = np.linalg.solve(precision, right - seen.T @ (weights * sums))
        entry_effects = weights * (sums - seen @ effects)
        rest = deviance = None
        if free > 0:
            rest = max((squares - effects @ right - entry_effects @ sums) / free, 0.0)
            logs = (
                free * math.log(rest or 1e-300) - len(entries) * math.log(ratios[0]) - len(jurors) * math.log(ratios[1])
            )
            deviance = logs + np.log(counts + ratios[0]).sum() + np.linalg.slogdet(precision)[1] + free
        return Fit(
            cards, ratios, is_fitted, weights, sums, seen, effects, precision, entry_effects, rest, deviance or 0.0
        )

    return solve

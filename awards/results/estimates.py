"""What the mixed model says of a dossier's cards: adjusted scores, how sure the ranks are, how severe jurors are.

The model is that of `awards.counting`; here it is asked about a contest, category by category, with the lines at which
something is decided.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import Any

from awards.counting import chances, mixed
from awards.counting.agreement import Agreement, agreement, cards_for, reliability
from awards.counting.cards import Card as Mark, Cards
from awards.counting.places import places_by
from awards.results.dossier import Card, Dossier, check

APART = 1e-9  # adjusted scores no further apart are equal: they differ by how the machine adds
RELIABLE = 0.8  # wanted of the mean of an entry's cards
SURE = 1.2815515655446004  # standard errors by which a difference is above zero nine times of ten
MOST_CARDS = 99  # more of them for one entry is no advice
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the model says of one entry. Intervals and chances are None where nothing tells them."""

    adjusted: float
    se: float | None
    component: int
    rank_low: int | None = None
    rank_high: int | None = None
    first: float | None = None


@dataclass(frozen=True, slots=True)
class CloseCall:
    """Two neighbours at a line that decides, which the cards do not tell apart: a statistical tie.

    `ahead` is how likely the first is the better one, `cut` how many places lie above the line, `more_cards` how many
    cards more for each would settle it if they differ as they seem to; None when no sensible number would.
    """

    category: str
    cut: int
    entries: tuple[str, str]
    ahead: float
    more_cards: int | None


@dataclass(frozen=True, slots=True)
class Estimates:
    """The model of a whole dossier. `places` are ranks by adjusted score in each category and component."""

    of: Mapping[str, Estimate]
    places: Mapping[str, int]
    severity: Mapping[str, float]
    split: frozenset[str]  # categories of which no ranking is one, since no juror connects their parts
    close: tuple[CloseCall, ...]
    agreement: Mapping[str, Agreement | None]
    reliability: float | None
    cards_for_reliable: int | None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    severity_errors: Mapping[str, float | None] = field(default_factory=dict)


NOTHING = Estimates({}, {}, {}, frozenset(), (), {}, None, None)


def estimated(dossier: Dossier) -> Estimates:
    """Return what the model says of the valid cards of a dossier; nothing where there are none.

    Raises MalformedDossier when it contradicts itself.
    """
    check(dossier)
    marks = marks_of(dossier)
    if not marks.cards:
        return NOTHING
    fitted = mixed.fit(marks)
    fields = _fields(dossier, marks)
    places = {entry: place for field in fields for entry, place in _places(field, marks, fitted).items()}
    drawn = chances.draw(fitted, fields) if fitted.rest is not None else []
    found = {entry: chance for draws in drawn for entry, chance in draws.chances().items()}
    split = _split(fields, marks)
    return Estimates(
        of={entry: _estimate(entry, marks, fitted, found) for entry in marks.by_entry},
        places=places,
        severity=fitted.severity,
        severity_errors=fitted.severity_errors,
        split=split,
        close=tuple(_close_calls(dossier, marks, fitted, drawn, places, split)),
        agreement={name: agreement(_part(marks, name)) for name in dossier.categories},
        **_how_reliable(marks, fitted),
        parameters=_parameters(fitted),
    )


def marks_of(dossier: Dossier, criterion: str | None = None) -> Cards:
    """Return each valid card as one mark out of 100, by the rubric's weights, or by one criterion alone."""
    rubric = dossier.rubric
    weights = rubric.weights if criterion is None else {criterion: 1}
    category_of = {item.entry: item.category for item in dossier.candidates}
    whole = rubric.top * sum(weights.values())
    return Cards(
        tuple(
            Mark(card.juror, card.entry, category_of[card.entry], Fraction(100 * _weighted(card, weights), whole))
            for card in dossier.valid_cards()
        )
    )


def adjusted_by(dossier: Dossier, criterion: str) -> dict[str, float]:
    """Return the adjusted score of each entry by one criterion alone; empty without a card."""
    marks = marks_of(dossier, criterion)
    return dict(mixed.fit(marks).adjusted) if marks.cards else {}


def _weighted(card: Card, weights: Mapping[str, int]) -> int:
    return sum(weight * card.marks[slug] for slug, weight in weights.items())


def _fields(dossier: Dossier, marks: Cards) -> list[list[str]]:
    """Return the rivals of each category and component, in an order that names do not decide."""
    in_contest = {item.entry for item in dossier.candidates if item.in_contest}
    found: dict[tuple[int, int], list[str]] = {}
    order = {category: number for number, category in enumerate(marks.categories)}
    for entry in marks.by_entry:
        if entry in in_contest:
            key = order[marks.category_of[entry]], marks.components[entry]
            found.setdefault(key, []).append(entry)
    return [found[key] for key in sorted(found)]


def _places(field: Sequence[str], marks: Cards, fitted: mixed.Fit) -> dict[str, int]:
    """Rank rivals by adjusted score; by their exact mean where every juror read all of them, so that its ties stay."""
    readers = {frozenset(card.juror for card in marks.by_entry[entry]) for entry in field}
    if len(readers) == 1:
        best = sorted({marks.raw_means[entry] for entry in field})
        return places_by({entry: best.index(marks.raw_means[entry]) for entry in field})
    return places_by({entry: fitted.adjusted[entry] for entry in field}, apart=APART)


def _split(fields: Sequence[Sequence[str]], marks: Cards) -> frozenset[str]:
    of = [marks.category_of[field[0]] for field in fields]
    return frozenset(category for category in of if of.count(category) > 1)


def _estimate(entry: str, marks: Cards, fitted: mixed.Fit, found: Mapping[str, chances.Chance]) -> Estimate:
    error, chance = fitted.errors[entry], found.get(entry)
    return Estimate(
        adjusted=round(fitted.adjusted[entry], DIGITS),
        se=None if error is None else round(error, DIGITS),
        component=marks.components[entry],
        rank_low=chance.rank_low if chance else None,
        rank_high=chance.rank_high if chance else None,
        first=round(chance.first, DIGITS) if chance else None,
    )


def _close_calls(
    dossier: Dossier,
    marks: Cards,
    fitted: mixed.Fit,
    drawn: Sequence[chances.Draws],
    places: Mapping[str, int],
    split: frozenset[str],
) -> list[CloseCall]:
    """Return the statistical ties at the first place and at the last finalist's, by category."""
    calls = []
    for draws in drawn:
        category = marks.category_of[draws.entries[0]]
        if category in split:
            continue
        order = sorted(draws.entries, key=lambda entry: (places[entry], entry))
        for number, (one, other) in enumerate(pairwise(order), start=1):
            ahead = draws.ahead(one, other) if places[one] != places[other] else 0.5
            if number in {1, dossier.rubric.finalists_per_category} and ahead < chances.LEVEL:
                more = _more_cards(one, other, marks, fitted)
                calls.append(CloseCall(category, number, (one, other), round(ahead, DIGITS), more))
    return sorted(calls, key=lambda call: (dossier.categories.index(call.category), call.cut))


def _more_cards(one: str, other: str, marks: Cards, fitted: mixed.Fit) -> int | None:
    """Return how many cards more each would need, taking what the model says for the truth."""
    away = abs(fitted.adjusted[one] - fitted.adjusted[other])
    if away < APART or not fitted.rest:
        return None
    wanted = ceil(2 * fitted.rest * (SURE / away) ** 2)
    more = max(1, wanted - min(len(marks.by_entry[one]), len(marks.by_entry[other])))
    return more if more <= MOST_CARDS else None


def _part(marks: Cards, category: str) -> Cards:
    return Cards(tuple(card for card in marks.cards if card.category == category))


def _how_reliable(marks: Cards, fitted: mixed.Fit) -> dict[str, Any]:
    entries, rest = fitted.variances["entries"], fitted.variances["rest"]
    if not entries or rest is None:
        return {"reliability": None, "cards_for_reliable": None}
    each = len(marks.cards) / len(marks.by_entry)
    return {
        "reliability": round(reliability(entries, rest, each), DIGITS),
        "cards_for_reliable": cards_for(entries, rest, RELIABLE),
    }


def _parameters(fitted: mixed.Fit) -> dict[str, Any]:
    """Return what the model was fitted with, for whoever counts again."""
    of_entries, of_jurors = fitted.ratios
    variances = {name: None if value is None else round(value, DIGITS) for name, value in fitted.variances.items()}
    return {
        "draws": chances.DRAWS,
        "level": chances.LEVEL,
        "ratios": "reml" if fitted.is_fitted else "fixed",
        "rest_to_entries": round(of_entries, DIGITS),
        "rest_to_jurors": round(of_jurors, DIGITS),
        "variances": variances,
    }

"""What the count needs to know, as plain values: the rubric, the entries, the cards, who stepped back.

Entries, jurors, criteria and categories are known by ids that never change: uuids in the database, short names in a
festival file. What they are called stands beside, in `names`. A dossier can be written as JSON and read back; its
canonical form is what a frozen result is the hash of.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal

from awards.exceptions import MalformedDossier

CardState = Literal["draft", "submitted", "voided"]
Method = Literal["mean", "mixed"]  # how marks are counted
METHODS: tuple[Method, ...] = ("mean", "mixed")


@dataclass(frozen=True, slots=True)
class Rubric:
    """How cards are weighed.

    `weights` maps criteria to whole weights (any positive sum; 100 by custom), `top` is the highest mark, `tie_chain`
    the criteria whose means are compared, in order, when totals are equal.
    """

    weights: Mapping[str, int]
    top: int
    tie_chain: tuple[str, ...]
    finalists_per_category: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry as the count sees it; one that is not `in_contest` keeps its score and gets no rank."""

    entry: str
    category: str
    in_contest: bool = True


@dataclass(frozen=True, slots=True)
class Card:
    """One juror's marks for one entry, by criterion, each from 0 to the rubric's top."""

    entry: str
    juror: str
    marks: Mapping[str, int]
    state: CardState = "submitted"


@dataclass(frozen=True, slots=True)
class Preference:
    """A casting vote of the chair: `entry` goes before `other`."""

    entry: str
    other: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that decides a result. `preferences` are in the order they were cast; all else has no order.

    `names` maps ids to what people read instead, where that is another word; it decides nothing.
    """

    rubric: Rubric
    categories: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    cards: tuple[Card, ...]
    recusals: frozenset[tuple[str, str]] = frozenset()  # (juror, entry)
    preferences: tuple[Preference, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    method: Method = "mean"

    def name(self, key: str) -> str:
        """Return what people read for an id."""
        return self.names.get(key, key)

    def valid_cards(self) -> Iterable[Card]:
        """Cards that count: handed in, and not of a juror who stepped back from the entry (regulation, article 3)."""
        return (
            card for card in self.cards if card.state == "submitted" and (card.juror, card.entry) not in self.recusals
        )


def check(dossier: Dossier) -> None:
    """Raise MalformedDossier when the dossier contradicts itself, naming the first place."""
    rubric = dossier.rubric
    if dossier.method not in METHODS:
        raise MalformedDossier("method", f"{dossier.method!r} is none of {', '.join(METHODS)}")
    _check_numbers(rubric)
    if not rubric.weights or min(rubric.weights.values()) <= 0 or rubric.top <= 0:
        raise MalformedDossier("rubric", "weights and the highest mark must be above zero")
    for criterion in rubric.tie_chain:
        if criterion not in rubric.weights:
            raise MalformedDossier("rubric.tie_chain", f"unknown criterion {criterion!r}")
    known = _check_candidates(dossier)
    seen: set[tuple[str, str]] = set()
    for card in dossier.cards:
        _check_card(card, rubric, known)
        if (pair := (card.juror, card.entry)) in seen:
            raise MalformedDossier(f"cards[{card.juror}, {card.entry}]", "a second card of the same juror")
        seen.add(pair)


def _check_numbers(rubric: Rubric) -> None:
    numbers = {f"weights.{criterion}": weight for criterion, weight in rubric.weights.items()}
    numbers |= {"top": rubric.top, "finalists_per_category": rubric.finalists_per_category}
    for name, number in numbers.items():
        if not _is_whole(number):
            raise MalformedDossier(f"rubric.{name}", f"{number!r} is not a whole number")


def _is_whole(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)


def _check_candidates(dossier: Dossier) -> set[str]:
    known: set[str] = set()
    for candidate in dossier.candidates:
        if candidate.entry in known:
            raise MalformedDossier("candidates", f"{candidate.entry!r} stands twice")
        if candidate.category not in dossier.categories:
            raise MalformedDossier(f"candidates[{candidate.entry}].category", f"unknown {candidate.category!r}")
        known.add(candidate.entry)
    return known


def _check_card(card: Card, rubric: Rubric, known: set[str]) -> None:
    place = f"cards[{card.juror}, {card.entry}]"
    if card.entry not in known:
        raise MalformedDossier(place, "unknown entry")
    for criterion, mark in card.marks.items():
        if criterion not in rubric.weights or not _is_whole(mark) or not 0 <= mark <= rubric.top:
            raise MalformedDossier(f"{place}.{criterion}", f"{mark!r} is not a mark of this rubric")
    if card.state == "submitted" and card.marks.keys() != rubric.weights.keys():
        raise MalformedDossier(place, "a submitted card must score every criterion")


def to_dict(dossier: Dossier) -> dict[str, Any]:
    """Return what decides the result as plain JSON values, sorted wherever order means nothing; without the names."""
    rubric = dossier.rubric
    return {
        "method": dossier.method,
        "rubric": {
            "weights": dict(sorted(rubric.weights.items())),
            "top": rubric.top,
            "tie_chain": list(rubric.tie_chain),
            "finalists_per_category": rubric.finalists_per_category,
        },
        "categories": list(dossier.categories),
        "candidates": [
            {"entry": item.entry, "category": item.category, "in_contest": item.in_contest}
            for item in sorted(dossier.candidates, key=lambda item: item.entry)
        ],
        "cards": [
            {"entry": card.entry, "juror": card.juror, "state": card.state, "marks": dict(sorted(card.marks.items()))}
            for card in sorted(dossier.cards, key=lambda card: (card.entry, card.juror))
        ],
        "recusals": [list(pair) for pair in sorted(dossier.recusals)],
        "preferences": [[preference.entry, preference.other] for preference in dossier.preferences],
    }


def from_dict(data: Mapping[str, Any], names: Mapping[str, str] | None = None) -> Dossier:
    """Read what `to_dict` wrote, and the names beside it."""
    rubric = data["rubric"]
    return Dossier(
        rubric=Rubric(
            weights=rubric["weights"],
            top=rubric["top"],
            tie_chain=tuple(rubric["tie_chain"]),
            finalists_per_category=rubric["finalists_per_category"],
        ),
        categories=tuple(data["categories"]),
        candidates=tuple(Candidate(**item) for item in data["candidates"]),
        cards=tuple(Card(**item) for item in data["cards"]),
        recusals=frozenset((juror, entry) for juror, entry in data["recusals"]),
        preferences=tuple(Preference(entry, other) for entry, other in data["preferences"]),
        names=dict(names or {}),
        method=data["method"],
    )


def fingerprint(data: Mapping[str, Any]) -> str:
    """Return the SHA-256, in hex, of a dossier's canonical JSON (sorted keys, no spaces, UTF-8).

    Raises MalformedDossier for text that UTF-8 cannot hold.
    """
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    try:
        return sha256(canonical.encode()).hexdigest()
    except UnicodeEncodeError as error:
        raise MalformedDossier("the dossier", "it holds half a character, which no text can hold") from error


def fits(data: Any, sha256_in_hex: object) -> bool:
    """Return whether data is what its stored hash says. Asked on every reading: what does not fit is not used."""
    try:
        return fingerprint(data) == sha256_in_hex
    except (MalformedDossier, TypeError, ValueError):
        return False

"""What a count answers, as JSON values: one shape for marks, and the own columns of each other method.

The same input gives the same bytes, in whatever order its lines stand.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from fractions import Fraction
from hashlib import sha256
from typing import Any

from awards.counting import chances, majority, mixed, rankings
from awards.counting.agreement import agreement
from awards.counting.ballots import Ballot
from awards.counting.cards import Cards
from awards.counting.places import places_by
from awards.counting.reading import Table
from awards.exceptions.counting import MalformedTable

CODE_VERSION = "1.0"  # changes whenever the same input could give another result
APART = 1e-9  # adjusted marks no further apart are equal: they differ by how the machine adds
DIGITS = 6
FIRST_MEDIANS = 8

COLUMNS = (
    "entry",
    "category",
    "n",
    "raw_mean",
    "adjusted",
    "se",
    "rank",
    "rank_low",
    "rank_high",
    "p_first",
    "component",
)

type Answer = dict[str, Any]


def of_marks(cards: Cards, method: str, *, seed: int = chances.SEED, ranked: Iterable[str] | None = None) -> Answer:
    """Return what marks come to by `mean` or `mixed`; `ranked` are the entries that take part, all if not given.

    Each category is ranked by itself, and within it each group that no juror connects to the others. Where every juror
    read everything, the order is that of the means.
    """
    competing = set(cards.by_entry if ranked is None else ranked)
    fitted = mixed.fit(cards) if method == "mixed" else None
    adjusted = fitted.adjusted if fitted else {}
    errors = fitted.errors if fitted else {}
    fields = _fields(cards, competing)
    ranks: dict[str, int] = {}
    for field in fields:
        is_plain = fitted is None or cards.components[field[0]] in cards.complete_components
        values = {entry: cards.raw_means[entry] if is_plain else adjusted[entry] for entry in field}
        ranks |= places_by(values, apart=0 if is_plain else APART)  # type: ignore[arg-type]
    found = _chances(fitted, fields, seed) if fitted else {}
    rows = [
        {
            "entry": entry,
            "category": cards.category_of[entry],
            "n": len(own),
            "raw_mean": _rounded(cards.raw_means[entry]),
            "adjusted": _rounded(adjusted.get(entry)),
            "se": _rounded(errors.get(entry)),
            "rank": ranks.get(entry),
            "rank_low": found[entry].rank_low if entry in found else None,
            "rank_high": found[entry].rank_high if entry in found else None,
            "p_first": _rounded(found[entry].first) if entry in found else None,
            "component": cards.components[entry],
        }
        for entry, own in cards.by_entry.items()
    ]
    return {
        "method": method,
        "code_version": CODE_VERSION,
        "parameters": _parameters(fitted, seed) if fitted else {},
        "rows": _in_order(rows),
        "agreement": _agreement(cards),
    }


def of_table(table: Table, method: str, *, seed: int = chances.SEED) -> Answer:
    """Return what a table comes to by one of `METHODS`. Raises MalformedTable where the table says something else."""
    if table.said not in METHODS[method]:
        wanted = " or ".join(sorted(METHODS[method]))
        raise MalformedTable([f"line 1: {method} counts a {wanted}, this table has a {table.said}"])
    answer = of_marks(table.cards(), method, seed=seed) if method in _OF_MARKS else of_ballots(table.ballots(), method)
    return answer | {"input_sha256": _hash(table)}


def of_ballots(ballots: Mapping[str, Sequence[Ballot]], method: str) -> Answer:
    """Return what the ballots of each category come to by `majority`, `schulze` or `approval`."""
    rows = [row for category, own in ballots.items() for row in _OF_BALLOTS[method](category, own)]
    return {"method": method, "code_version": CODE_VERSION, "parameters": {}, "rows": _in_order(rows)}


def _fields(cards: Cards, competing: set[str]) -> list[list[str]]:
    """Return the rivals of each category and component, in canonical order."""
    found: dict[tuple[int, int], list[str]] = {}
    order = {category: number for number, category in enumerate(cards.categories)}
    for entry in cards.by_entry:
        if entry in competing:
            found.setdefault((order[cards.category_of[entry]], cards.components[entry]), []).append(entry)
    return [found[key] for key in sorted(found)]


def _chances(fitted: mixed.Fit, fields: Sequence[Sequence[str]], seed: int) -> dict[str, chances.Chance]:
    if fitted.rest is None:
        return {}
    drawn = chances.draw(fitted, fields, seed=seed)
    return {entry: chance for draws in drawn for entry, chance in draws.chances().items()}


def _parameters(fitted: mixed.Fit, seed: int) -> Answer:
    ratios = dict(zip(("rest_to_entries", "rest_to_jurors"), map(_rounded, fitted.ratios), strict=True))
    return {
        "draws": chances.DRAWS,
        "seed": seed,
        "level": chances.LEVEL,
        "ratios": "reml" if fitted.is_fitted else "fixed",
        **ratios,
        "variances": {name: _rounded(value) for name, value in fitted.variances.items()},
    }


def _agreement(cards: Cards) -> Answer:
    """Return how much jurors agree on everything, and where there are several categories, on each."""
    found = agreement(cards)
    whole = asdict(found) if found else dict.fromkeys(("kendall_w", "kendall_w_ties", "p_value", "p_value_ties"))
    answer: Answer = {name: _rounded(value, 8) for name, value in whole.items()}
    names = sorted(set(cards.category_of.values()))
    if len(names) > 1:
        parts = {name: Cards(tuple(card for card in cards.cards if card.category == name)) for name in names}
        answer["by_category"] = {name: _agreement(part) for name, part in parts.items()}
    return answer


def _majority(category: str, ballots: Sequence[Ballot]) -> list[Answer]:
    places, merits = majority.ranked(ballots)
    grades = majority.grades_of(ballots)
    return [
        {
            "entry": entry,
            "category": category,
            "n": own.count,
            "median": _rounded(own.median),
            "above": _rounded(own.above),
            "below": _rounded(own.below),
            "sign": "+" if own.above > own.below else "-",
            "medians": [_rounded(grade) for grade in majority.first_medians(grades[entry], FIRST_MEDIANS)],
            "profile": {str(_rounded(grade)): count for grade, count in own.profile.items()},
            "rank": places[entry],
        }
        for entry, own in merits.items()
    ]


def _schulze(category: str, ballots: Sequence[Ballot]) -> list[Answer]:
    places, beaten = rankings.schulze(ballots)
    points = rankings.borda(ballots)
    return [
        {
            "entry": entry,
            "category": category,
            "n": sum(entry in ballot.values for ballot in ballots),
            "beats": beaten[entry],
            "borda": _rounded(points[entry]),
            "rank": rank,
        }
        for entry, rank in places.items()
    ]


def _borda(category: str, ballots: Sequence[Ballot]) -> list[Answer]:
    points = rankings.borda(ballots)
    places = places_by(points)  # type: ignore[arg-type]
    return [
        {
            "entry": entry,
            "category": category,
            "n": sum(entry in ballot.values for ballot in ballots),
            "borda": _rounded(points[entry]),
            "rank": rank,
        }
        for entry, rank in places.items()
    ]


def _approval(category: str, ballots: Sequence[Ballot]) -> list[Answer]:
    approvals = {entry: sum(own > 0 for own in grades) for entry, grades in majority.grades_of(ballots).items()}
    return [
        {
            "entry": entry,
            "category": category,
            "n": len(ballots),
            "approvals": approvals[entry],
            "share": _rounded(Fraction(approvals[entry], len(ballots))),
            "rank": rank,
        }
        for entry, rank in places_by(approvals).items()
    ]


def _in_order(rows: list[Answer]) -> list[Answer]:
    """Put rows by category and rank, then by name: for reading only."""
    return sorted(rows, key=lambda row: (row["category"], row["rank"] is None, row["rank"] or 0, row["entry"]))


def _rounded(value: Any, digits: int = DIGITS) -> Any:
    if value is None:
        return None
    rounded = round(float(value), digits)
    return int(rounded) if rounded.is_integer() and isinstance(value, Fraction) else rounded + 0.0


def _hash(table: Table) -> str:
    lines = sorted((line.category, line.entry, line.voter, str(line.value)) for line in table.lines)
    canonical = json.dumps([table.said, lines], ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


_OF_MARKS = ("mean", "mixed")
_OF_BALLOTS: dict[str, Callable[[str, Sequence[Ballot]], list[Answer]]] = {
    "majority": _majority,
    "schulze": _schulze,
    "borda": _borda,
    "approval": _approval,
}
# What each method counts.
METHODS: dict[str, frozenset[str]] = {
    "mean": frozenset({"score", "grade"}),
    "mixed": frozenset({"score", "grade"}),
    "majority": frozenset({"grade", "score"}),
    "schulze": frozenset({"rank"}),
    "borda": frozenset({"rank"}),
    "approval": frozenset({"approved", "grade", "score"}),
}

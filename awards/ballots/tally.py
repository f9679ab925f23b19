"""The count of a round without weighted marks, from plain values: what is frozen, and what anyone counts again.

Each category is ranked by the round's method. Finalists are those whose rank is among the round's places: whoever
shares the last place goes on too. Of checks, those go on that more jurors let pass than not.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from awards.counting import answers
from awards.counting.ballots import Ballot
from awards.counting.pairs import bradley_terry
from awards.exceptions import MalformedDossier

METHODS = {"grade": "majority", "rank": "schulze", "approve": "approval", "check": "approval", "pairwise": "pairs"}
CODE_VERSION = "1.0"  # changes whenever the same ballots could give another result
PRIOR = 0.5  # virtual wins and losses of every pair that met, which keep the undefeated finite
_BESIDE = ("entry", "category", "rank", "n")


@dataclass(frozen=True, slots=True)
class Row:
    """The result of one entry: how many ballots or answers speak of it, and in `said` what the method says."""

    entry: str
    category: str
    n: int
    rank: int | None
    is_finalist: bool
    said: Mapping[str, Any]


def check(data: Mapping[str, Any]) -> None:
    """Raise MalformedDossier when an input contradicts itself, naming the first place."""
    if METHODS.get(data["mode"]) != data["method"]:
        raise MalformedDossier("method", f"{data['method']!r} does not count {data['mode']!r}")
    known = {item["entry"] for item in data["candidates"]}
    if len(known) < len(data["candidates"]):
        raise MalformedDossier("candidates", "one stands twice")
    if not {item["category"] for item in data["candidates"]} <= set(data["categories"]):
        raise MalformedDossier("candidates", "one is of an unknown category")
    seen: set[tuple[str, str]] = set()
    for voter, one, other in data["votes"]:
        named = {one, other} if data["mode"] == "pairwise" else {one}
        pair = (voter, "/".join(sorted(named)))
        if not named <= known or pair in seen:
            raise MalformedDossier("votes", f"{voter!r} speaks twice, or of an unknown entry")
        seen.add(pair)


def count(data: Mapping[str, Any]) -> list[Row]:
    """Return the rows of an input, by category and rank; entries that nobody speaks of come last, without a rank.

    Raises MalformedDossier when it contradicts itself.
    """
    check(data)
    categories = {item["entry"]: item["category"] for item in data["candidates"]}
    counted = _of_pairs(data, categories) if data["mode"] == "pairwise" else _of_ballots(data, categories)
    found = {row["entry"]: row for row in counted}
    rows = [_row(entry, category, found.get(entry), data) for entry, category in categories.items()]
    order = {category: place for place, category in enumerate(data["categories"])}
    return sorted(rows, key=lambda row: (order[row.category], row.rank is None, row.rank or 0, row.entry))


def written(rows: Sequence[Row], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return rows as JSON values, by the names that people read."""
    return [
        {
            "entry": names.get(row.entry, row.entry),
            "category": names.get(row.category, row.category),
            "n": row.n,
            **row.said,
            "rank": row.rank,
            "finalist": row.is_finalist,
        }
        for row in rows
    ]


def _row(entry: str, category: str, found: Mapping[str, Any] | None, data: Mapping[str, Any]) -> Row:
    if found is None:
        return Row(entry, category, 0, None, is_finalist=False, said={})
    rank, said = found["rank"], {name: value for name, value in found.items() if name not in _BESIDE}
    goes_on = rank is not None and rank <= data["finalists_per_category"]
    if data["mode"] == "check":
        goes_on = 2 * said["approvals"] > found["n"]
    return Row(entry, category, found["n"], rank, goes_on, said)


def _of_ballots(data: Mapping[str, Any], categories: Mapping[str, str]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, dict[str, Fraction]]] = defaultdict(lambda: defaultdict(dict))
    for voter, entry, value in data["votes"]:
        found[categories[entry]][voter][entry] = Fraction(value)
    ballots = {
        category: [Ballot(voter, values) for voter, values in sorted(own.items())] for category, own in found.items()
    }
    rows: list[dict[str, Any]] = answers.of_ballots(ballots, data["method"])["rows"]
    return rows


def _of_pairs(data: Mapping[str, Any], categories: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rank by strength in the whole round, then number within each category; groups that never met stay unranked."""
    wins: dict[tuple[str, str], float] = defaultdict(float)
    for _voter, winner, loser in sorted(data["votes"]):
        wins[winner, loser] += 1
    try:
        strengths = bradley_terry(wins, draws=PRIOR) if wins else {}
    except ValueError:
        return []
    rows = []
    for entry, strength in strengths.items():
        rivals = [other for other in strengths if categories[other] == categories[entry]]
        rank = 1 + sum(strengths[other] > strength + answers.APART for other in rivals)
        met = sum(times for pair, times in wins.items() if entry in pair)
        rows.append({"entry": entry, "rank": rank, "n": int(met), "strength": round(strength, 3)})
    return rows

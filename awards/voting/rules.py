"""How the public's ballots are shown and counted: the order of the finalists, majority judgment. Plain Python."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from hashlib import sha256
from typing import Any

from awards.counting import majority
from awards.counting.ballots import Ballot

METHOD = "majority"
CODE_VERSION = "1.0"  # changes whenever the same ballots could give another result
GRADES = range(5)  # from the worst word


def shuffled(uuids: Iterable[str], day: date) -> list[str]:
    """Return finalists in the order of a day, the same for all: nobody is first because of their name."""
    return sorted(uuids, key=lambda uuid: sha256(f"{day.isoformat()} {uuid}".encode()).digest())


def fault_of(grades: Mapping[str, int], finalists: Iterable[str]) -> str:
    """Return what is wrong with a ballot: `empty`, `unknown` for a project or a grade that is not on it, or ""."""
    known = set(finalists)
    if not grades:
        return "empty"
    return "" if all(entry in known and grade in GRADES for entry, grade in grades.items()) else "unknown"


def written(ballots: Iterable[Mapping[str, int]], finalists: Iterable[str]) -> dict[str, Any]:
    """Return what is counted as JSON values: ballots without voters, in no order that tells when they came."""
    told = sorted(sorted(grades.items()) for grades in ballots)
    return {"finalists": sorted(finalists), "ballots": [dict(grades) for grades in told]}


@dataclass(frozen=True, slots=True)
class Row:
    """The result of a finalist. Without any grade there is no rank; `profile` counts the grades from the worst."""

    entry: str
    grades: int
    rank: int | None
    median: int | None
    above: Fraction
    below: Fraction
    profile: tuple[int, ...]


def count(data: Mapping[str, Any]) -> list[Row]:
    """Return the rows of what `written` gave, by rank; those without a grade last.

    A project that a ballot does not grade gets none from it: unequal numbers are compared as shares. Equal medians are
    told apart by the majority value.
    """
    ballots = [
        Ballot(str(number), {entry: Fraction(grade) for entry, grade in grades.items()})
        for number, grades in enumerate(data["ballots"])
    ]
    places, merits = majority.ranked(ballots)
    rows = []
    for entry in data["finalists"]:
        if (own := merits.get(entry)) is None:
            rows.append(Row(entry, 0, None, None, Fraction(), Fraction(), (0,) * len(GRADES)))
            continue
        profile = tuple(own.profile.get(Fraction(grade), 0) for grade in GRADES)
        rows.append(Row(entry, own.count, places[entry], int(own.median), own.above, own.below, profile))
    return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0, row.entry))


def shares(profile: Iterable[int]) -> list[Fraction]:
    """Return what part of the grades each is; nothing where there are none."""
    counts = list(profile)
    total = sum(counts)
    return [Fraction(count, total) for count in counts] if total else [Fraction()] * len(counts)


def stored(row: Row) -> dict[str, Any]:
    """Return what a row of the frozen result says of a row of the count: the median grade, shares, the profile."""
    told = {"above": str(row.above), "below": str(row.below), "profile": " ".join(map(str, row.profile))}
    return {"score": "" if row.median is None else str(row.median), "means": told}

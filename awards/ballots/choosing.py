"""Which pair a juror is asked about next: what teaches most, and no project left unseen.

After Chen et al. (2013), as rooms of judges at exhibitions are run: the project that is known least goes first, and its
partner is the one against which the answer is least certain.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256

from awards.counting.pairs import Belief, Care, chance, heard

type Answered = tuple[str, str, str]  # juror, winner, loser


def beliefs_of(entries: Iterable[str], answers: Iterable[Answered]) -> tuple[dict[str, Belief], dict[str, Care]]:
    """Return what is believed of every entry and of every juror after the answers, in their order."""
    beliefs, cares = {entry: Belief() for entry in entries}, dict[str, Care]()
    for juror, winner, loser in answers:
        if winner in beliefs and loser in beliefs:
            known = beliefs[winner], beliefs[loser], cares.get(juror, Care())
            beliefs[winner], beliefs[loser], cares[juror] = heard(*known)
    return beliefs, cares


def next_pair(
    beliefs: Mapping[str, Belief],
    *,
    care: Care,
    views: Mapping[str, int],
    least_views: int,
    done: Collection[frozenset[str]],
    seed: str,
    first: str | None = None,
) -> tuple[str, str] | None:
    """Return the next pair of one juror, or None when all are answered.

    Entries with fewer than `least_views` come before all others. `first` is a project that the juror stands before.
    What nothing else tells apart is drawn by `seed`.
    """
    drawn = {entry: sha256(f"{seed}{entry}".encode()).hexdigest() for entry in beliefs}
    firsts = (
        [first] if first in beliefs else sorted(beliefs, key=lambda one: _need(one, beliefs, views, least_views, drawn))
    )
    for one in firsts:
        others = [other for other in beliefs if other != one and frozenset((one, other)) not in done]
        if others:
            return str(one), min(others, key=lambda other: (-gain(beliefs[one], beliefs[other], care), drawn[other]))  # type: ignore[index]
    return None


def gain(one: Belief, other: Belief, care: Care) -> float:
    """Return how much an answer about two is expected to teach: how open it is, times how little is known of both."""
    first = min(max(chance(one, other, care), 0.0), 1.0)
    return -sum(part * math.log2(part) for part in (first, 1 - first) if part > 0) * (one.variance + other.variance)


def _need(
    entry: str, beliefs: Mapping[str, Belief], views: Mapping[str, int], least: int, drawn: Mapping[str, str]
) -> tuple[float, float, str]:
    seen = views.get(entry, 0)
    return (min(least, seen), -beliefs[entry].variance, drawn[entry])

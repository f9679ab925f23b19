"""Ranking ballots: the Schulze method (beatpaths, by margins), and Borda's points to be shown beside it.

An entry left off a ballot stands below all that are on it, beside the others left off. Entries may share a rank.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from awards.counting.ballots import Ballot, entries_of
from awards.counting.places import places_by

type Pairs = Mapping[tuple[str, str], int]


def preferences(ballots: Sequence[Ballot], entries: Sequence[str]) -> dict[tuple[str, str], int]:
    """Return for each ordered pair how many ballots put the first before the second."""
    found = {(one, other): 0 for one in entries for other in entries if one != other}
    for ballot in ballots:
        for one, rank in ballot.values.items():
            for other in entries:
                if other != one and (other not in ballot.values or rank < ballot.values[other]):
                    found[one, other] += 1
    return found


def beatpaths(pairs: Pairs, entries: Sequence[str]) -> dict[tuple[str, str], int]:
    """Return the strength of the strongest path between each ordered pair: that of its weakest step."""
    strength = {(one, other): max(pairs[one, other] - pairs[other, one], 0) for one, other in pairs}
    for via in entries:
        for one in entries:
            for other in entries:
                if len({via, one, other}) == 3:
                    by_detour = min(strength[one, via], strength[via, other])
                    strength[one, other] = max(strength[one, other], by_detour)
    return strength


def schulze(ballots: Sequence[Ballot]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the place of each entry, and over how many others it has the stronger path.

    "Has the stronger path" is transitive, so that the places by that number never contradict it; entries between which
    the paths decide nothing share a place where they beat equally many.
    """
    entries = entries_of(ballots)
    strength = beatpaths(preferences(ballots, entries), entries)
    wins = {
        entry: sum(strength[entry, other] > strength[other, entry] for other in entries if other != entry)
        for entry in entries
    }
    return places_by(wins), wins


def borda(ballots: Sequence[Ballot]) -> dict[str, Fraction]:
    """Return Borda's points: on each ballot one for every entry below, half a one for every entry beside."""
    entries = entries_of(ballots)
    points = dict.fromkeys(entries, Fraction())
    for ballot in ballots:
        below = max(ballot.values.values(), default=Fraction()) + 1
        ranks = {entry: ballot.values.get(entry, below) for entry in entries}
        for one in entries:
            points[one] += sum(ranks[other] > ranks[one] for other in entries)
            points[one] += Fraction(sum(ranks[other] == ranks[one] for other in entries) - 1, 2)
    return points

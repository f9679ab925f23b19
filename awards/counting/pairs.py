"""Pairs: which of two is better, asked again and again at a live exhibition.

Two models: Bradley and Terry's by maximum likelihood for a result, and its running form with jurors of unequal care
(Chen et al., Crowd-BT, 2013) that chooses what is asked next.
"""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

ENOUGH = 1e-11  # of a step: strengths move no more
LEAST_KEPT = 1e-4  # of a variance, at one answer


def bradley_terry(wins: Mapping[tuple[str, str], float], *, draws: float = 0.0) -> dict[str, float]:
    """Return the strength of each entry, as logarithms that sum to zero, from how often the first beat the second.

    `draws` is given as so many virtual wins and losses to every pair that met, which keeps the undefeated finite.
    Hunter's minorisation (2004). Raises ValueError where some group was never beaten from outside, or with `draws`,
    never met: nothing says then how far apart they are.
    """
    entries = sorted({entry for pair in wins for entry in pair})
    met: dict[tuple[str, str], float] = defaultdict(float)
    won: dict[str, float] = defaultdict(float)
    for one, other in {*wins, *(pair[::-1] for pair in wins)}:
        own, theirs = wins.get((one, other), 0), wins.get((other, one), 0)
        met[one, other] = own + theirs + 2 * draws
        won[one] += own + draws
    if not _is_strong(met if draws else wins, entries):
        raise ValueError("some entries were never beaten by the others: strengths have no bound")
    strengths, moved = dict.fromkeys(entries, 1.0), 1.0
    while moved >= ENOUGH:
        made = {
            one: won[one]
            / sum(met[one, other] / (strengths[one] + strengths[other]) for other in entries if met.get((one, other)))
            for one in entries
        }
        scale = math.exp(sum(math.log(value) for value in made.values()) / len(made))
        made = {entry: value / scale for entry, value in made.items()}
        moved = max(abs(math.log(made[entry] / strengths[entry])) for entry in entries)
        strengths = made
    return {entry: math.log(value) for entry, value in strengths.items()}


def _is_strong(wins: Mapping[tuple[str, str], float], entries: list[str]) -> bool:
    """Return whether every entry beat every other one, directly or through others."""
    for turned in (False, True):
        beats: dict[str, set[str]] = defaultdict(set)
        for (one, other), count in wins.items():
            beats[other if turned else one] |= {one if turned else other} if count > 0 else set()
        seen, todo = set(entries[:1]), entries[:1]
        while todo:
            todo = [entry for one in todo for entry in beats[one] - seen if not seen.add(entry)]  # type: ignore[func-returns-value]
        if len(seen) != len(entries):
            return False
    return True


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed of an entry: mean and variance of its strength."""

    mean: float = 0.0
    variance: float = 1.0


@dataclass(frozen=True, slots=True)
class Care:
    """What is believed of a juror: the parameters of how likely they choose the better one."""

    alpha: float = 10.0
    beta: float = 1.0


def heard(winner: Belief, loser: Belief, juror: Care) -> tuple[Belief, Belief, Care]:
    """Return what is believed of both entries and of the juror after one answer (Chen et al. 2013)."""
    e_w, e_l = math.exp(winner.mean), math.exp(loser.mean)
    rate = juror.alpha * e_w / (juror.alpha * e_w + juror.beta * e_l) - e_w / (e_w + e_l)
    curve = (
        juror.alpha * e_w * juror.beta * e_l / (juror.alpha * e_w + juror.beta * e_l) ** 2
        - e_w * e_l / (e_w + e_l) ** 2
    )
    new_winner = Belief(
        winner.mean + winner.variance * rate, winner.variance * max(1 + winner.variance * curve, LEAST_KEPT)
    )
    new_loser = Belief(loser.mean - loser.variance * rate, loser.variance * max(1 + loser.variance * curve, LEAST_KEPT))
    return new_winner, new_loser, _care(winner, loser, juror)


def chance(winner: Belief, loser: Belief, juror: Care) -> float:
    """Return how likely the juror was to prefer `winner`, all that is believed taken together."""
    return _chances(winner, loser, juror)[0]


def _chances(winner: Belief, loser: Belief, juror: Care) -> tuple[float, float]:
    e_w, e_l = math.exp(winner.mean), math.exp(loser.mean)
    total = e_w + e_l
    bend = 0.5 * (winner.variance + loser.variance) * e_w * e_l * (e_l - e_w) / total**3
    first, second = e_w / total + bend, e_l / total - bend
    care = juror.alpha + juror.beta
    return (first * juror.alpha + second * juror.beta) / care, first


def _care(winner: Belief, loser: Belief, juror: Care) -> Care:
    alpha, beta = juror.alpha, juror.beta
    total, first = _chances(winner, loser, juror)
    second = 1 - first
    sum_ = alpha + beta
    mean = (first * (alpha + 1) * alpha + second * alpha * beta) / (total * (sum_ + 1) * sum_)
    square = (first * (alpha + 2) * (alpha + 1) * alpha + second * (alpha + 1) * alpha * beta) / (
        total * (sum_ + 2) * (sum_ + 1) * sum_
    )
    spread = square - mean**2
    return Care((mean - square) * mean / spread, (mean - square) * (1 - mean) / spread)

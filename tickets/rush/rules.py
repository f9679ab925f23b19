"""A rush as numbers: when visitors come, what each wants, what became of them."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Errand(StrEnum):
    """What a visitor comes for."""

    FREE = "free"
    PAID = "paid"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Visitor number `number` comes `at` seconds after the beginning."""

    number: int
    at: float
    errand: Errand


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the server: its status, and how many seconds it took."""

    status: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a visitor.

    `result` is "accepted", "sold out", "looked", or what went wrong; `seconds` counts from when the visitor was to
    come, so that a server which keeps people waiting is not spared the ones behind them. `code` is the order's, if any.
    """

    errand: Errand
    result: str
    seconds: float
    answers: tuple[Answer, ...] = ()
    code: str = ""


ACCEPTED, SOLD_OUT, LOOKED = "accepted", "sold out", "looked"
AS_IT_SHOULD_BE = frozenset({ACCEPTED, SOLD_OUT, LOOKED})
FAILING = 500  # from this status on it is the server's fault (RFC 9110, 15.6)


def arrivals(chance: Random, *, rate: float, seconds: float, mix: Mapping[Errand, int]) -> Iterator[Arrival]:
    """Yield who comes within so many seconds at `rate` a second, each independent of the others (a Poisson process).

    `mix` weighs the errands. The same `chance` gives the same visitors.
    """
    number, at = 0, chance.expovariate(rate)
    while at < seconds:
        yield Arrival(number, at, _errand(chance, mix))
        number, at = number + 1, at + chance.expovariate(rate)


def crowd(chance: Random, *, visitors: int, mix: Mapping[Errand, int], first: int = 0) -> Iterator[Arrival]:
    """Yield so many visitors who all come at the first moment; they are numbered from `first` on.

    Rounds number theirs on: nobody may register as often as there are rounds.
    """
    for number in range(first, first + visitors):
        yield Arrival(number, 0, _errand(chance, mix))


def coming(
    number: int, *, seed: int, mix: Mapping[Errand, int], visitors: int | None, rate: float, seconds: float
) -> list[Arrival]:
    """Return who comes in round `number` (from 0): so many `visitors` at once, or at `rate` a second for `seconds`.

    The same seed gives the same people; those of one round are not those of another.
    """
    chance = Random(seed + number)  # noqa: S311 -- repeatable, not secret
    if visitors is None:
        return list(arrivals(chance, rate=rate, seconds=seconds, mix=mix))
    return list(crowd(chance, visitors=visitors, mix=mix, first=number * visitors))


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the least of `values` that `percent` (above 0, at most 100) of them do not pass; 0 of none."""
    ordered = sorted(values)
    return ordered[math.ceil(len(ordered) * percent / 100) - 1] if ordered else 0


def errors(outcomes: Iterable[Outcome]) -> Counter[str]:
    """Return how often what went wrong."""
    return Counter(outcome.result for outcome in outcomes if outcome.result not in AS_IT_SHOULD_BE)


def server_faults(outcomes: Iterable[Outcome]) -> int:
    """Return how many answers were the server's fault."""
    return sum(answer.status >= FAILING for outcome in outcomes for answer in outcome.answers)


def _errand(chance: Random, mix: Mapping[Errand, int]) -> Errand:
    return chance.choices(list(mix), weights=list(mix.values()))[0]

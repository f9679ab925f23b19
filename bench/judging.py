"""Simulate juries whose truth is known: which count finds the best order, and do its 90 % intervals hold?

Prints Kendall's tau with the truth and the chance that the best entry comes first, for the raw mean, the z-score of
each juror and the mixed model; beside them how often the true place lies in its interval (cover), and what the model
itself gives those intervals (meant): places are whole, so that an interval of few rivals holds more than it must.
Ends with 1 when the mixed model is worse than either where they fail, when an interval is not what the model says, or
when those of many rivals hold less than 88 % or more than 92 %.
"""

import math
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scipy import stats

from awards.counting import chances, mixed
from awards.counting.answers import of_marks
from awards.counting.cards import Card, Cards

ENTRIES, SEVERITY, REST, SPREAD = 1.28, 0.6, 1.27, 0.25  # variances as those of NIPS; how far jurors stretch the scale
RUNS = 120
SLACK = 0.01  # of tau, and of shares: twice the standard error
TOO_SURE, TOO_UNSURE = 0.88, 0.92
MANY = 100  # rivals: so many that whole places hardly matter


@dataclass(frozen=True)
class Setting:
    """A jury: how many of what, who reads what, and where the plain counts are known to fail."""

    name: str
    entries: int
    jurors: int
    cards: int
    severity: float = SEVERITY
    topics: int = 1
    bridge: float = 0.0
    fails: tuple[str, ...] = ()
    runs: int = RUNS


SETTINGS = (
    Setting("20 x 5, all read all", 20, 5, 5),
    Setting("40 x 8, 3 an entry", 40, 8, 3, fails=("mean",)),
    Setting("100 x 10, 3 an entry", 100, 10, 3, fails=("mean",)),
    Setting("100 x 10, 3, harsh jurors", 100, 10, 3, severity=1.5, fails=("mean",)),
    Setting("40 x 30, 3 an entry: small loads", 40, 30, 3, fails=("mean", "z")),
    Setting("100 x 12, 4 topics, a fifth bridged", 100, 12, 3, topics=4, bridge=0.2, fails=("mean", "z")),
    Setting("100 x 12, 4 topics, half bridged", 100, 12, 3, topics=4, bridge=0.5, fails=("mean", "z")),
    Setting("200 x 20, 5 an entry", 200, 20, 5, fails=("mean",), runs=40),
)


def simulate(setting: Setting, chance: np.random.Generator) -> tuple[Cards, dict[str, float]]:
    """Return a jury's cards, whole marks from 1 to 10, and the truth."""
    topic = np.arange(setting.entries) % setting.topics
    levels = chance.normal(0, 1, setting.topics) if setting.topics > 1 else np.zeros(1)
    truth = levels[topic] + chance.normal(0, math.sqrt(ENTRIES), setting.entries)
    severity = chance.normal(0, math.sqrt(setting.severity), setting.jurors)
    stretch = np.exp(chance.normal(0, SPREAD, setting.jurors))
    cards = []
    for entry, juror in _pairs(setting, topic, chance):
        mark = 5.5 + severity[juror] + stretch[juror] * truth[entry] + chance.normal(0, math.sqrt(REST))
        category = f"c{topic[entry]}"
        cards.append(Card(f"j{juror}", f"e{entry}", category, Fraction(int(np.clip(round(mark), 1, 10)))))
    return Cards(tuple(cards)), {f"e{number}": float(value) for number, value in enumerate(truth)}


def _pairs(setting: Setting, topic: "np.ndarray", chance: np.random.Generator) -> Iterator[tuple[int, int]]:
    """Give each entry its readers: the least burdened of its topic, or of all where it bridges topics."""
    load = np.zeros(setting.jurors)
    for entry in chance.permutation(setting.entries):
        own = [juror for juror in range(setting.jurors) if juror % setting.topics == topic[entry]]
        readers = list(range(setting.jurors)) if setting.topics == 1 else own
        if chance.random() < setting.bridge:
            readers = [*own[: setting.cards - 1], *(juror for juror in range(setting.jurors) if juror not in own)]
        order = sorted(readers, key=lambda juror: (load[juror], chance.random()))[: setting.cards]
        for juror in order:
            load[juror] += 1
            yield int(entry), juror


def zscores(cards: Cards) -> dict[str, float]:
    """Return the mean of each entry's marks, each juror's brought to mean 0 and spread 1."""
    own: dict[str, list[float]] = {}
    for card in cards.cards:
        own.setdefault(card.juror, []).append(float(card.mark))
    scale = {juror: (np.mean(marks), np.std(marks) or 1.0) for juror, marks in own.items()}
    return {
        entry: float(np.mean([(float(card.mark) - scale[card.juror][0]) / scale[card.juror][1] for card in found]))
        for entry, found in cards.by_entry.items()
    }


def try_out(setting: Setting, seed: int) -> dict[str, tuple[float, float]]:
    """Return for each count tau and how often it puts the best first; for `cover` the share and what was meant."""
    chance = np.random.default_rng(seed)
    found: dict[str, list[tuple[float, float]]] = {"mean": [], "z": [], "mixed": [], "cover": []}
    for _ in range(setting.runs):
        cards, truth = simulate(setting, chance)
        fitted = mixed.fit(cards)
        raw = {entry: float(mean) for entry, mean in cards.raw_means.items()}
        values = {"mean": raw, "z": zscores(cards), "mixed": fitted.adjusted}
        for name, own in values.items():
            tau = stats.kendalltau([own[entry] for entry in truth], list(truth.values())).statistic
            best = max(truth, key=truth.__getitem__)
            first = [entry for entry in own if own[entry] == max(own.values())]
            found[name].append((tau, (best in first) / len(first)))
        found["cover"].append(_cover(cards, fitted, truth))
    return {name: tuple(np.mean(rows, axis=0)) for name, rows in found.items()}


def _cover(cards: Cards, fitted: mixed.Fit, truth: dict[str, float]) -> tuple[float, float]:
    """Return how many true places lie in their intervals, and how many the draws say would."""
    fields: dict[str, list[str]] = {}
    for entry, category in cards.category_of.items():
        fields.setdefault(category, []).append(entry)
    inside = meant = 0.0
    for draws in chances.draw(fitted, list(fields.values()), draws=1000):
        ranks = (-draws.marks).argsort(axis=1).argsort(axis=1) + 1
        order = sorted(draws.entries, key=truth.__getitem__, reverse=True)
        for number, (entry, chance) in enumerate(draws.chances().items()):
            inside += chance.rank_low <= order.index(entry) + 1 <= chance.rank_high
            meant += float(np.mean((ranks[:, number] >= chance.rank_low) & (ranks[:, number] <= chance.rank_high)))
    return inside / len(truth), meant / len(truth)


def judge() -> bool:
    """Print the table; return whether all holds."""
    print(f"{'':<38}{'raw mean':>14}{'z-score':>14}{'mixed':>14}{'cover':>8}{'meant':>8}")
    fine = True
    for seed, setting in enumerate(SETTINGS):
        found = try_out(setting, seed)
        cover, meant = found.pop("cover")
        told = "".join(f"{tau:>8.3f}/{best:.2f} " for tau, best in found.values())
        print(f"{setting.name:<38}{told}{cover:>8.3f}{meant:>8.3f}", flush=True)
        fine &= all(found["mixed"][0] >= found[name][0] - SLACK for name in setting.fails)
        fine &= abs(cover - meant) <= 2 * SLACK
        fine &= TOO_SURE <= cover <= TOO_UNSURE or setting.entries / setting.topics < MANY
    return fine


def quick() -> bool:
    """Print how long the largest jury takes, with its 4,000 draws; return whether it is within two seconds."""
    setting = Setting("500 x 30, 5 an entry", 500, 30, 5)
    cards, _truth = simulate(setting, np.random.default_rng(1))
    best = min(_seconds(cards) for _ in range(3))
    print(f"{setting.name}, fitted, {chances.DRAWS} draws: {best * 1000:.0f} ms")
    return best <= 2


def _seconds(cards: Cards) -> float:
    started = time.perf_counter()
    of_marks(Cards(cards.cards), "mixed")
    return time.perf_counter() - started


if __name__ == "__main__":
    is_quick = quick()
    sys.exit(not (judge() and is_quick))

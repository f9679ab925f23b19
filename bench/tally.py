"""Measure the count: 500 entries, 30 jurors, 5 cards an entry, 5 criteria (budget of the design: one second)."""

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from awards.results.dossier import Candidate, Card, Dossier, Rubric, fingerprint, from_dict, to_dict
from awards.results.tally import count

WEIGHTS = {"impact": 30, "community": 25, "openness": 20, "viability": 15, "spread": 10}
BUDGET = 1.0


def dossier(seed: int = 1) -> Dossier:
    """Return a large jury's work; the same for the same seed."""
    chance = random.Random(seed)
    jurors = [f"juror-{number}" for number in range(30)]
    categories = tuple(f"category-{number}" for number in range(4))
    entries = [Candidate(f"entry-{number}", categories[number % 4], number % 50 != 0) for number in range(500)]
    cards = [
        Card(entry.entry, juror, {slug: chance.randint(0, 5) for slug in WEIGHTS})
        for entry in entries
        for juror in chance.sample(jurors, 5)
    ]
    recusals = frozenset((card.juror, card.entry) for card in chance.sample(cards, 40))
    rubric = Rubric(WEIGHTS, top=5, tie_chain=("impact", "community"), finalists_per_category=3)
    return Dossier(rubric, categories, tuple(entries), tuple(cards), recusals)


def timed(name: str, work: Callable[[], object], rounds: int = 5) -> float:
    """Print and return the best of some rounds, in seconds."""
    best = min(_once(work) for _ in range(rounds))
    print(f"{name:<44} {best * 1000:8.1f} ms")
    return best


def _once(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    large = dossier()
    written = to_dict(large)
    print(f"{len(large.candidates)} entries, {len(large.cards)} cards")
    seconds = timed("count", lambda: count(large))
    timed("read, count and fingerprint a dossier", lambda: (count(from_dict(written)), fingerprint(written)))
    sys.exit(seconds > BUDGET)

"""Who reads what: the table of spectral gaps, and 500 projects x 30 jurors x 5 cards. `python bench/assignment.py`."""

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from awards.assignment.dealing import deal
from awards.assignment.demand import Demand, Project, Reader
from awards.assignment.inspection import inspect
from awards.assignment.linkage import spectral_gap

# projects, jurors, cards a project; the gap that the method reaches elsewhere, and that of a random, even deal
TABLE = (
    (40, 8, 3, 0.724, 0.555),
    (100, 10, 3, 0.715, 0.617),
    (100, 12, 3, 0.694, 0.594),
    (200, 20, 3, 0.660, 0.536),
    (500, 30, 5, 0.812, 0.750),
)
TOLERANCE = 0.03
MOST_SECONDS = 1.0


def demand(projects: int, readers: int, wanted: int, *, thorny: bool = False) -> Demand:
    """Return a whole jury without limits; a `thorny` one has 10 % of conflicts, 30 % of other categories."""
    chance = random.Random(5)
    pairs = [(f"j{reader}", f"p{project}") for reader in range(readers) for project in range(projects)]
    return Demand(
        readers=tuple(
            Reader(f"j{place}", frozenset(chance.sample("abcdefghij", 7)) if thorny else frozenset())
            for place in range(readers)
        ),
        projects=tuple(Project(f"p{place}", "abcdefghij"[place % 10], "fr", wanted) for place in range(projects)),
        barred=frozenset(pair for pair in pairs if thorny and chance.random() < 0.1),
    )


def main() -> int:
    """Print the table and the times; return 1 when a gap is smaller or a time longer than it should be."""
    is_well = True
    print("projects jurors cards | gap | elsewhere | random")
    for projects, readers, wanted, gap, by_chance in TABLE:
        found = spectral_gap(deal(demand(projects, readers, wanted), "1").added)
        is_well &= found >= gap - TOLERANCE
        print(f"{projects:8} {readers:6} {wanted:5} | {found:.3f} | {gap:.3f} | {by_chance:.3f}")
    for thorny in (False, True):
        asked = demand(500, 30, 5, thorny=thorny)
        begun = time.perf_counter()
        plan = deal(asked, "1")
        dealt = time.perf_counter() - begun
        inspect(asked, plan.added, spans_categories=True)
        took = time.perf_counter() - begun
        is_well &= took <= MOST_SECONDS and not plan.cuts
        limits = "with conflicts and categories" if thorny else "without limits"
        print(f"500 x 30 x 5 {limits}: dealt in {dealt:.3f} s, with the checks {took:.3f} s")
    return 0 if is_well else 1


if __name__ == "__main__":
    raise SystemExit(main())

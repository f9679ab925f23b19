"""Who reads what, shared out fairly: each project gets its readers, each juror about as many projects as the others.

The same jury and projects always give the same pairs: the order in which they are looked at is that of hashes of a
seed and their ids, so that no name is first. Pairs that exist stay.

A juror's load is what they read already and what is added. No plan with the same projects could have smaller loads:
as long as a juror reads two projects more than one who may take over one of them, over others if need be, a project is
passed on (optimal semi-matchings, Harvey, Ladner, Lovász and Tamir, 2006).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

VERSION = "1"  # changes whenever the same jury could get another plan

type Pair = tuple[str, str]  # juror, project


@dataclass(frozen=True, slots=True)
class Plan:
    """Pairs to add, in order, and how many readers each project still lacks, where jurors are too few."""

    pairs: tuple[Pair, ...]
    lacking: tuple[tuple[str, int], ...]


def distribute(
    *,
    jurors: Collection[str],
    entries: Collection[str],
    readers: int,
    taken: Collection[Pair],
    barred: Collection[Pair],
    seed: str,
) -> Plan:
    """Return who reads what besides `taken`.

    Args:
        jurors: Ids of those who read, each once.
        entries: Ids of the projects, each once.
        readers: How many jurors each project gets, 1 or more.
        taken: Pairs that exist; they count for the load, and none is made again.
        barred: Pairs that must never be made: conflicts of interest, and what was taken away.
        seed: Any text; another one gives another plan, as fair.
    """
    in_order = _shuffled(jurors, seed)
    board = _Board(in_order, frozenset(barred), {*taken})
    lacking = []
    for entry in _shuffled(entries, seed):
        wanted = readers - sum(pair[1] == entry for pair in taken)
        for _ in range(max(0, wanted)):
            if not board.give(entry):
                break
            wanted -= 1
        if wanted > 0:
            lacking.append((entry, wanted))
    while board.pass_on():
        pass
    return Plan(tuple(sorted(board.added)), tuple(sorted(lacking)))


def _shuffled(ids: Iterable[str], seed: str) -> list[str]:
    return sorted(ids, key=lambda key: (sha256(f"{seed}:{key}".encode()).hexdigest(), key))


class _Board:
    """Who reads what so far."""

    def __init__(self, jurors: Sequence[str], barred: frozenset[Pair], taken: set[Pair]) -> None:
        self.jurors, self.barred, self.taken = jurors, barred, taken
        self.added: set[Pair] = set()
        self.loads = {juror: sum(pair[0] == juror for pair in taken) for juror in jurors}

    def give(self, entry: str) -> bool:
        """Give a project to the juror with the smallest load who may read it."""
        able = [juror for juror in self.jurors if self._may_read(juror, entry)]
        if not able:
            return False
        self._add(min(able, key=self.loads.__getitem__), entry)
        return True

    def pass_on(self) -> bool:
        """Move a project to a juror who reads two less or fewer, over others if need be; False when none can."""
        for heaviest in sorted(self.jurors, key=self.loads.__getitem__, reverse=True):
            for steps in self._ways_from(heaviest):
                if self.loads[steps[-1][1]] <= self.loads[heaviest] - 2:
                    for entry, receiver, giver in steps:
                        self._move(entry, giver, receiver)
                    return True
        return False

    def _ways_from(self, first: str) -> Iterable[list[tuple[str, str, str]]]:
        """Yield the shortest way to each juror whom a project can reach: entry, receiver and giver of each step."""
        ways: dict[str, list[tuple[str, str, str]]] = {first: []}
        waiting = [first]
        while waiting:
            giver = waiting.pop(0)
            for entry in sorted(entry for juror, entry in self.added if juror == giver):
                for receiver in self.jurors:
                    if receiver not in ways and self._may_read(receiver, entry):
                        ways[receiver] = [*ways[giver], (entry, receiver, giver)]
                        waiting.append(receiver)
                        yield ways[receiver]

    def _may_read(self, juror: str, entry: str) -> bool:
        pair = (juror, entry)
        return pair not in self.barred and pair not in self.taken and pair not in self.added

    def _add(self, juror: str, entry: str) -> None:
        self.added.add((juror, entry))
        self.loads[juror] += 1

    def _move(self, entry: str, giver: str, receiver: str) -> None:
        self.added.remove((giver, entry))
        self.loads[giver] -= 1
        self._add(receiver, entry)

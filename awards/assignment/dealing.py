"""Who reads what: jurors with few projects first, and among them those who met least over the same project.

The second rule comes close to a balanced incomplete block design, in which every two jurors read as many projects
together: marks of jurors who never met cannot be compared. Where a juror is missing, what nobody has begun is passed
along (an augmenting path of Ford and Fulkerson, 1956); when no path is left, the flow is greatest, and what the search
has reached is a minimum cut. At the end loads are evened out the same way (optimal semi-matchings, Harvey, Ladner,
Lovász and Tamir, 2006).
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from awards.assignment.demand import Cut, Demand, Pair

ALGORITHM = "2"  # changes whenever the same demand and seed could give another plan

type Step = tuple[int, int, int]  # project, its giver, its receiver


@dataclass(frozen=True, slots=True)
class Plan:
    """Pairs to make, pairs to take back in exchange, and for each demand that cannot be met why."""

    added: tuple[Pair, ...]
    dropped: tuple[Pair, ...]
    cuts: tuple[Cut, ...]


def deal(demand: Demand, seed: str) -> Plan:
    """Return who reads what, by a seed that is any text. The same demand in the same order gives the same plan."""
    table = _Table(demand, seed)
    for reader, project in demand.movable:
        table.give(reader, project)
    order = sorted(range(len(demand.projects)), key=lambda place: (len(demand.able[place]), _draw(seed, "p", place)))
    for project in order:
        while table.lacks(project) and (best := table.best_for(project)) is not None:
            table.give(best, project)
    short = [project for project in order if not table.fill(project)]
    table.level()
    made = {(reader, project) for reader, held in enumerate(table.moves) for project in held}
    before = set(demand.movable)
    return Plan(_named(demand, made - before), _named(demand, before - made), tuple(table.cuts(short)))


def _named(demand: Demand, pairs: Iterable[tuple[int, int]]) -> tuple[Pair, ...]:
    return tuple((demand.readers[reader].key, demand.projects[project].key) for reader, project in sorted(pairs))


def _draw(seed: str, kind: str, place: int) -> str:
    return sha256(f"{seed}/{kind}/{place}".encode()).hexdigest()


def _way_to(reader: int, came: dict[int, Step]) -> list[Step]:
    """Return the steps that lead to a juror, the first one first."""
    steps: list[Step] = []
    while reader in came:
        step = came[reader]
        steps.append(step)
        reader = step[1]
    return steps[::-1]


class _Table:
    """Who reads what so far, by places. Pairs that stay count for loads and meetings, and are never moved."""

    def __init__(self, demand: Demand, seed: str) -> None:
        self.demand = demand
        count = len(demand.readers)
        self.able = [frozenset(able) for able in demand.able]
        self.open_to = [
            frozenset(project for project, able in enumerate(self.able) if reader in able) for reader in range(count)
        ]
        self.kept = [frozenset(p for r, p in demand.movable if r == reader) for reader in range(count)]
        self.moves: list[set[int]] = [set() for _ in range(count)]  # what a juror reads and could be passed on
        self.jury_of: list[set[int]] = [set() for _ in demand.projects]
        self.missing = list(demand.needs)
        self.room = list(demand.room)
        self.loads = [0] * count
        self.met = [[0] * count for _ in range(count)]
        self.turns = {place: _draw(seed, "j", place) for place in range(count)}
        for reader, project in demand.fixed:
            self._join(reader, project)

    def lacks(self, project: int) -> bool:
        """Return whether a project still wants a juror."""
        return self.missing[project] > 0

    def best_for(self, project: int) -> int | None:
        """Return a juror who met least with whoever reads the project, among those with about the fewest projects.

        One project more than the least busy is about the fewest: loads are evened out at the end.
        """
        jury = self.jury_of[project]
        free = [reader for reader in self.demand.able[project] if self.room[reader] and reader not in jury]
        few = min((self.loads[reader] for reader in free), default=0) + 1

        def burden(reader: int) -> tuple[int, int, int, str]:
            load = self.loads[reader]
            met = sum(self.met[reader][other] ** 2 for other in jury)
            return max(0, load - few), met, load, _draw(self.turns[reader], "p", project)

        return min(free, key=burden, default=None)

    def give(self, reader: int, project: int) -> None:
        """Let a juror who has room read a project."""
        self._join(reader, project)
        self.moves[reader].add(project)
        self.room[reader] -= 1
        self.missing[project] -= 1

    def fill(self, project: int) -> bool:
        """Pass along what nobody has begun until the project has its jurors; False when no way is left."""
        while self.lacks(project):
            path, _ = self._search(project)
            if not path:
                return False
            # From the end: each step frees the place that the step before it needs.
            for passed, giver, receiver in reversed(path):
                if giver >= 0:
                    self._take(giver, passed)
                self.give(receiver, passed)
        return True

    def level(self) -> None:
        """Move projects from jurors to others who read two less or fewer, over others if need be, until none can."""
        while any(self._pass_on(heaviest) for heaviest in self._by_load(range(len(self.loads)))[::-1]):
            pass

    def cuts(self, short: Iterable[int]) -> Iterator[Cut]:
        """Yield why the projects that lack a juror do, each group of projects once."""
        told: set[int] = set()
        for start in short:
            if start in told:
                continue
            _, (projects, readers) = self._search(start)
            told |= projects
            demand = self.demand
            elsewhere = sum(len(self.able[project] - readers) for project in projects)
            yield Cut(
                projects=tuple(demand.projects[place].key for place in sorted(projects)),
                readers=tuple(demand.readers[place].key for place in sorted(readers)),
                needed=sum(demand.needs[project] for project in projects),
                possible=elsewhere + sum(demand.room[reader] for reader in readers),
            )

    def _search(self, start: int) -> tuple[list[Step], tuple[set[int], set[int]]]:
        """Look for the shortest way from a project to a juror with room, and return it with all that was reached."""
        projects: set[int] = {start}
        readers: set[int] = set()
        waiting = deque([(start, -1)])
        came: dict[int, Step] = {}
        while waiting:
            project, giver = waiting.popleft()
            for reader in self._by_load(self.able[project] - self.jury_of[project] - readers):
                readers.add(reader)
                came[reader] = (project, giver, reader)
                if self.room[reader]:
                    return _way_to(reader, came), (projects, readers)
                reached = sorted(self.moves[reader] - projects)
                projects.update(reached)
                waiting.extend((each, reader) for each in reached)
        return [], (projects, readers)

    def _by_load(self, readers: Iterable[int]) -> list[int]:
        return sorted(readers, key=lambda reader: (self.loads[reader], self.turns[reader]))

    def _pass_on(self, heaviest: int) -> bool:
        """Move one project away from a juror, along the shortest way to one who reads two less; False without one."""
        wanted = self.loads[heaviest] - 2
        if not any(room and load <= wanted for room, load in zip(self.room, self.loads, strict=True)):
            return False
        came: dict[int, Step] = {}
        waiting = deque([heaviest])
        by_load = self._by_load(range(len(self.loads)))
        while waiting:
            giver = waiting.popleft()
            for receiver in by_load:
                if receiver in came or receiver == heaviest or not (able := self._passable(giver, receiver)):
                    continue
                came[receiver] = (self._least_met(able, receiver), giver, receiver)
                if self.room[receiver] and self.loads[receiver] <= wanted:
                    self._move_along(_way_to(receiver, came))
                    return True
                waiting.append(receiver)
        return False

    def _passable(self, giver: int, receiver: int) -> set[int]:
        """Return what one juror can pass on to another: not what was given out before this plan."""
        able = self.moves[giver] & self.open_to[receiver] - self.kept[giver]
        return {project for project in able if receiver not in self.jury_of[project]}

    def _least_met(self, projects: Iterable[int], receiver: int) -> int:
        met = self.met[receiver]
        return min(projects, key=lambda each: (sum(met[other] for other in self.jury_of[each]), each))

    def _move_along(self, path: list[Step]) -> None:
        for project, giver, receiver in reversed(path):
            self._take(giver, project)
            self.give(receiver, project)

    def _take(self, reader: int, project: int) -> None:
        self.moves[reader].remove(project)
        self.jury_of[project].remove(reader)
        for other in self.jury_of[project]:
            self.met[reader][other] -= 1
            self.met[other][reader] -= 1
        self.loads[reader] -= 1
        self.room[reader] += 1
        self.missing[project] += 1

    def _join(self, reader: int, project: int) -> None:
        for other in self.jury_of[project]:
            self.met[reader][other] += 1
            self.met[other][reader] += 1
        self.jury_of[project].add(reader)
        self.loads[reader] += 1

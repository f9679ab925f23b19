"""What an assignment has to meet: who may read which project, how often each is to be read, what is read already.

A place in the order of jurors and projects is all that the rules know of them, so that names and ids choose nothing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

type Pair = tuple[str, str]  # juror, project


@dataclass(frozen=True, slots=True)
class Reader:
    """A juror. Without categories or languages they read all; without a capacity, any number."""

    key: str
    categories: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    capacity: int | None = None

    def knows(self, project: "Project") -> bool:
        """Return whether the project is of the juror's categories and languages."""
        is_of_category = not self.categories or project.category in self.categories
        return is_of_category and (not self.languages or project.language in self.languages)


@dataclass(frozen=True, slots=True)
class Project:
    """A project, and how many jurors are to read it; None: all who may.

    The one that the jury tunes by is read and not counted: it links nobody.
    """

    key: str
    category: str = ""
    language: str = ""
    wanted: int | None = 3
    is_counted: bool = True


@dataclass(frozen=True)
class Demand:
    """All that a plan hangs on.

    `held` are pairs that stay, `loose` those that exist but that nobody has begun: they move only where a project
    could not get its jurors otherwise. `barred` pairs are never made. Jurors and projects stand in a lasting order.
    """

    readers: tuple[Reader, ...]
    projects: tuple[Project, ...]
    held: frozenset[Pair] = frozenset()
    loose: frozenset[Pair] = frozenset()
    barred: frozenset[Pair] = frozenset()

    @cached_property
    def able(self) -> tuple[tuple[int, ...], ...]:
        """For each project, the places of the jurors who may read it and do not hold it."""
        closed = self.barred | self.held
        return tuple(
            tuple(
                place
                for place, reader in enumerate(self.readers)
                if (reader.key, project.key) not in closed and reader.knows(project)
            )
            for project in self.projects
        )

    @cached_property
    def movable(self) -> tuple[tuple[int, int], ...]:
        """The pairs that exist, that nobody has begun, and that would be made again today, as places."""
        return tuple(sorted(pair for pair in self._places(self.loose) if pair[0] in self.able[pair[1]]))

    @cached_property
    def fixed(self) -> tuple[tuple[int, int], ...]:
        """The pairs that stay, as places of juror and project: what was given by hand against the rules stays too."""
        return tuple(sorted({*self._places(self.held), *self._places(self.loose)} - {*self.movable}))

    @cached_property
    def needs(self) -> tuple[int, ...]:
        """How many jurors each project lacks besides those who hold it for good; never fewer than it has."""
        has = Counter(project for _, project in self.fixed)
        loose = Counter(project for _, project in self.movable)
        return tuple(
            len(self.able[place]) if project.wanted is None else max(project.wanted - has[place], loose[place])
            for place, project in enumerate(self.projects)
        )

    @cached_property
    def room(self) -> tuple[int, ...]:
        """How many projects each juror can take besides those that they hold for good; never fewer than they have."""
        taken = Counter(reader for reader, _ in self.fixed)
        loose = Counter(reader for reader, _ in self.movable)
        most = len(self.projects)
        return tuple(
            max((most if reader.capacity is None else reader.capacity) - taken[place], loose[place])
            for place, reader in enumerate(self.readers)
        )

    def _places(self, pairs: frozenset[Pair]) -> Iterator[tuple[int, int]]:
        readers = {reader.key: place for place, reader in enumerate(self.readers)}
        projects = {project.key: place for place, project in enumerate(self.projects)}
        for reader, project in pairs:
            if reader in readers and project in projects:
                yield readers[reader], projects[project]


@dataclass(frozen=True, slots=True)
class Cut:
    """Why a demand cannot be met: these projects lack `needed` readings, of which `possible` can be had.

    `readers` are the jurors who are full; whoever else may read one of the projects does so in the plan.
    """

    projects: tuple[str, ...]
    readers: tuple[str, ...]
    needed: int
    possible: int

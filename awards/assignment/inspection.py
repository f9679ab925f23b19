"""What is looked at before jurors get to see what they read: each finding with what to do about it.

Conflicts cannot be let through. All else can, with a reason that is recorded.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from awards.assignment.demand import Demand, Pair
from awards.assignment.linkage import bridges, parts_of, spectral_gap

GOOD_GAP, LEAST_GAP = 0.5, 0.3
LEAST_BRIDGE = 0.2


class Level(StrEnum):
    """How grave a finding is: `red` needs a reason, `never` is not released at all."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NEVER = "never"


class Check(StrEnum):
    """What is looked at, in the order in which it is told."""

    CONFLICTS = "conflicts"
    READERS = "readers"
    LINKED = "linked"
    GAP = "gap"
    BRIDGE = "bridge"
    LOADS = "loads"
    LANGUAGES = "languages"
    CATEGORIES = "categories"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: how it went, a number to show, and the keys of the jurors and projects that it is about."""

    check: Check
    level: Level
    number: float = 0
    readers: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()


def inspect(demand: Demand, pairs: Collection[Pair], *, spans_categories: bool) -> list[Finding]:
    """Return what is to be said of who would read what, one finding a check, in their order.

    `spans_categories` when something is won across categories, so that all projects are compared with each other.
    """
    return [
        _conflicts(demand, pairs),
        _readers(demand, pairs),
        *_links(demand, pairs, spans_categories=spans_categories),
        _loads(demand, pairs),
        _mismatches(demand, pairs, Check.LANGUAGES),
        _mismatches(demand, pairs, Check.CATEGORIES),
    ]


def worst(findings: Collection[Finding]) -> Level:
    """Return the gravest level of the findings."""
    return max((finding.level for finding in findings), key=list(Level).index, default=Level.GREEN)


def figures(findings: Collection[Finding]) -> dict[str, float | str]:
    """Return what is kept of a check: each number to three places, and each level."""
    kept: dict[str, float | str] = {}
    for finding in findings:
        kept[finding.check] = round(finding.number, 3)
        kept[f"{finding.check}_level"] = str(finding.level)
    return kept


def _conflicts(demand: Demand, pairs: Collection[Pair]) -> Finding:
    found = sorted(demand.barred.intersection(pairs))
    level = Level.NEVER if found else Level.GREEN
    readers, projects = tuple(pair[0] for pair in found), tuple(pair[1] for pair in found)
    return Finding(Check.CONFLICTS, level, len(found), readers, projects)


def _readers(demand: Demand, pairs: Collection[Pair]) -> Finding:
    has = Counter(project for _, project in pairs)
    given = {*pairs}
    short = []
    for place, project in enumerate(demand.projects):
        if project.wanted is None:
            lacks = any((demand.readers[reader].key, project.key) not in given for reader in demand.able[place])
        else:
            lacks = has[project.key] < project.wanted
        if lacks:
            short.append(project.key)
    return Finding(Check.READERS, Level.RED if short else Level.GREEN, len(short), projects=tuple(short))


def _links(demand: Demand, pairs: Collection[Pair], *, spans_categories: bool) -> Iterator[Finding]:
    category_of = {project.key: project.category for project in demand.projects if project.is_counted}
    counted = [pair for pair in pairs if pair[1] in category_of]
    parts = parts_of(counted)
    apart = _apart(parts, category_of, spans_categories=spans_categories)
    yield Finding(Check.LINKED, Level.RED if apart else Level.GREEN, len(parts), projects=apart)
    gaps = [spectral_gap([pair for pair in counted if pair[1] in projects]) for _, projects in parts]
    gap = min(gaps, default=1.0)
    yield Finding(Check.GAP, _level_of_gap(gap), gap)
    if spans_categories and len(set(category_of.values())) > 1:
        share = bridges(counted, category_of)
        yield Finding(Check.BRIDGE, Level.GREEN if share >= LEAST_BRIDGE else Level.RED, share)


def _level_of_gap(gap: float) -> Level:
    gap = round(gap, 6)  # what an eigenvalue of 0.5 lacks in the last places is not lacking
    if gap < LEAST_GAP:
        return Level.RED
    return Level.GREEN if gap >= GOOD_GAP else Level.AMBER


def _apart(
    parts: list[tuple[frozenset[str], frozenset[str]]], category_of: dict[str, str], *, spans_categories: bool
) -> tuple[str, ...]:
    """Return the projects that cannot be compared with the greatest part of those that they compete with."""
    main: dict[str, frozenset[str]] = {}
    apart = []
    for _, projects in parts:
        for key in sorted(projects):
            group = "" if spans_categories else category_of[key]
            if key not in main.setdefault(group, projects):
                apart.append(key)
    return tuple(apart)


def _loads(demand: Demand, pairs: Collection[Pair]) -> Finding:
    """Loads are even when nobody reads two more than another who has room; nobody reads more than they said."""
    loads = Counter(reader for reader, _ in pairs)
    limits = {reader.key: reader.capacity for reader in demand.readers}
    over = tuple(key for key, most in limits.items() if most is not None and loads[key] > most)
    if over:
        return Finding(Check.LOADS, Level.RED, len(over), over)
    least = min((loads[key] for key, most in limits.items() if most is None or loads[key] < most), default=None)
    busy = tuple(key for key in limits if least is not None and loads[key] > least + 1)
    return Finding(Check.LOADS, Level.AMBER if busy else Level.GREEN, len(busy), busy)


def _mismatches(demand: Demand, pairs: Collection[Pair], check: Check) -> Finding:
    readers = {reader.key: reader for reader in demand.readers}
    projects = {project.key: project for project in demand.projects}
    found = []
    for reader_key, project_key in sorted(pairs):
        reader, project = readers.get(reader_key), projects.get(project_key)
        if reader is None or project is None:
            continue
        known, asked = (
            (reader.languages, project.language) if check == Check.LANGUAGES else (reader.categories, project.category)
        )
        if known and asked not in known:
            found.append((reader_key, project_key))
    level = Level.AMBER if found else Level.GREEN
    return Finding(check, level, len(found), tuple(pair[0] for pair in found), tuple(pair[1] for pair in found))

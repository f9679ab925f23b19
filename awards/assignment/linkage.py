"""How well marks can be compared: who is linked with whom over the projects that they read.

Jurors are linked when they read the same project. L = D_J - N'D_E^-1 N, the Laplacian of the jurors with the projects
absorbed, has as many zeros as there are parts that nothing links; the second smallest eigenvalue of D^-1/2 L D^-1/2 is
the spectral gap: 0 without a link, 1 where all read all (Fiedler, 1973; Chung, 1997).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

import numpy as np

from awards.assignment.demand import Pair


def parts_of(pairs: Iterable[Pair]) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Return the parts that nothing links, each with its jurors and its projects; the one with most projects first."""
    home: dict[str, str] = {}

    def root(key: str) -> str:
        while home.setdefault(key, key) != key:
            home[key] = home[home[key]]
            key = home[key]
        return key

    for reader, project in pairs:
        home[root(f"j{reader}")] = root(f"p{project}")
    found: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for key in home:
        found[root(key)][key[0] == "p"].add(key[1:])
    parts = [(frozenset(readers), frozenset(projects)) for readers, projects in found.values()]
    return sorted(parts, key=lambda part: (-len(part[1]), min(part[1])))


def spectral_gap(pairs: Collection[Pair]) -> float:
    """Return the normalised second eigenvalue of the jurors who read anything; 1 for a single one, 0 for none."""
    readers = {key: place for place, key in enumerate(sorted({reader for reader, _ in pairs}))}
    if len(readers) < 2:
        return float(len(readers))
    projects = {key: place for place, key in enumerate(sorted({project for _, project in pairs}))}
    incidence = np.zeros((len(projects), len(readers)))
    for reader, project in pairs:
        incidence[projects[project], readers[reader]] = 1
    loads = incidence.sum(axis=0)
    laplacian = np.diag(loads) - incidence.T @ (incidence / incidence.sum(axis=1, keepdims=True))
    scale = 1 / np.sqrt(loads)
    values = np.linalg.eigvalsh(laplacian * np.outer(scale, scale))
    return max(0.0, float(values[1]))


def bridges(pairs: Collection[Pair], category_of: dict[str, str]) -> float:
    """Return the share of the projects that somebody reads who also reads in another category; 1 without projects."""
    seen: dict[str, set[str]] = defaultdict(set)
    for reader, project in pairs:
        seen[reader].add(category_of[project])
    read = {project for _, project in pairs}
    across = {project for reader, project in pairs if len(seen[reader]) > 1}
    return len(across) / len(read) if read else 1.0

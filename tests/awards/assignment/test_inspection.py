"""What is looked at before a release."""

from dataclasses import replace

import pytest

from awards.assignment.demand import Demand, Project, Reader
from awards.assignment.inspection import Check, Level, figures, inspect, worst
from tests.awards.assignment.worlds import even


def every(readers, projects):
    return {(reader, project) for reader in readers for project in projects}


def found(demand, pairs, check, *, spans=False):
    return next(each for each in inspect(demand, pairs, spans_categories=spans) if each.check == check)


ALL = every(("j0", "j1", "j2"), ("p0", "p1"))
WHOLE = even(2, 3, 3)


def test_a_jury_that_reads_all_passes():
    findings = inspect(WHOLE, ALL, spans_categories=True)
    assert worst(findings) == Level.GREEN
    assert [finding.check for finding in findings] == [check for check in Check if check != Check.BRIDGE]
    assert figures(findings)["gap"] == 1
    assert figures(findings)["gap_level"] == "green"
    assert worst([]) == Level.GREEN


def test_conflicts_are_never_let_through():
    barred = replace(WHOLE, barred=frozenset({("j1", "p0")}))
    finding = found(barred, ALL, Check.CONFLICTS)
    assert (finding.level, finding.readers, finding.projects) == (Level.NEVER, ("j1",), ("p0",))
    assert worst(inspect(barred, ALL, spans_categories=False)) == Level.NEVER


def test_projects_that_lack_jurors_are_named():
    assert found(WHOLE, ALL - {("j2", "p1")}, Check.READERS).projects == ("p1",)
    final = even(2, 3, None)
    assert found(final, ALL, Check.READERS).level == Level.GREEN
    assert found(final, ALL - {("j2", "p1")}, Check.READERS).level == Level.RED


def two_categories():
    return Demand(
        tuple(Reader(f"j{place}") for place in range(4)),
        (*(Project(f"a{n}", "a", wanted=2) for n in range(3)), *(Project(f"b{n}", "b", wanted=2) for n in range(2))),
    )


def test_categories_need_no_link_unless_something_is_won_across_them():
    pairs = every(("j0", "j1"), ("a0", "a1", "a2")) | every(("j2", "j3"), ("b0", "b1"))
    demand = two_categories()
    assert found(demand, pairs, Check.LINKED).level == Level.GREEN
    across = found(demand, pairs, Check.LINKED, spans=True)
    assert (across.level, across.projects) == (Level.RED, ("b0", "b1"))
    bridge = found(demand, pairs, Check.BRIDGE, spans=True)
    assert (bridge.level, bridge.number) == (Level.RED, 0)
    linked = (pairs - {("j3", "b1")}) | {("j0", "b1")}
    assert found(demand, linked, Check.LINKED, spans=True).level == Level.GREEN
    assert found(demand, linked, Check.BRIDGE, spans=True).level == Level.GREEN


def test_a_category_in_two_parts_is_not_comparable():
    pairs = every(("j0", "j1"), ("a0", "a1")) | every(("j2", "j3"), ("a2", "b0", "b1"))
    finding = found(two_categories(), pairs, Check.LINKED)
    assert (finding.level, finding.projects) == (Level.RED, ("a0", "a1"))


def ring(readers):
    """Each project is read by two neighbours in a row: the longer it is, the smaller the gap."""
    return {(f"j{place + seat}", f"p{place}") for place in range(readers - 1) for seat in range(2)}


@pytest.mark.parametrize(("readers", "level"), [(3, Level.GREEN), (4, Level.RED), (9, Level.RED)])
def test_the_gap_has_two_limits(readers, level):
    assert found(even(readers - 1, readers, 2), ring(readers), Check.GAP).level == level


def test_a_gap_between_the_limits_could_be_better():
    closed = ring(5) | every(("j0", "j4"), ("p4",))  # (1 - cos 72°) / 2
    finding = found(even(5, 5, 2), closed, Check.GAP)
    assert finding.number == pytest.approx(0.3455, abs=1e-4)
    assert finding.level == Level.AMBER


def test_loads():
    assert found(even(3, 2, 1), every(("j0",), ("p0", "p1", "p2")), Check.LOADS).readers == ("j0",)
    assert found(even(3, 2, 1), every(("j0",), ("p0",)), Check.LOADS).level == Level.GREEN
    assert found(even(3, 0, 1), set(), Check.LOADS).level == Level.GREEN
    full = Demand((Reader("j0"), Reader("j1", capacity=1)), tuple(Project(f"p{n}") for n in range(4)))
    pairs = every(("j0",), ("p0", "p1", "p2"))
    assert found(full, pairs | {("j1", "p0")}, Check.LOADS).level == Level.GREEN
    over = found(full, pairs | every(("j1",), ("p0", "p1")), Check.LOADS)
    assert (over.level, over.readers) == (Level.RED, ("j1",))


def test_all_over_their_number_is_said_too():
    full = Demand((Reader("j0", capacity=1),), (Project("p0"), Project("p1")))
    assert found(full, every(("j0",), ("p0", "p1")), Check.LOADS).level == Level.RED
    assert found(full, {("j0", "p0")}, Check.LOADS).level == Level.GREEN


def test_languages_and_categories_given_by_hand_are_named():
    demand = Demand(
        (Reader("j0", frozenset("a"), frozenset({"fr"})), Reader("j1")),
        (Project("p0", "a", "en"), Project("p1", "b", "fr")),
    )
    pairs = every(("j0", "j1"), ("p0", "p1")) | {("gone", "p0"), ("j0", "gone")}
    language = found(demand, pairs, Check.LANGUAGES)
    assert (language.level, language.readers, language.projects) == (Level.AMBER, ("j0",), ("p0",))
    assert found(demand, pairs, Check.CATEGORIES).projects == ("p1",)

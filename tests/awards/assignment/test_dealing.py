"""Who reads what: hard limits hold, as many projects get their jurors as can, names choose nothing."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from awards.assignment.dealing import deal
from awards.assignment.demand import Cut, Demand, Project, Reader
from awards.assignment.linkage import parts_of, spectral_gap
from tests.awards.assignment.worlds import demands, even


def greatest_flow(demand):
    """How many places can be filled at most, by scipy: source, projects, jurors, sink."""
    projects, readers = len(demand.projects), len(demand.readers)
    size = projects + readers + 2
    capacity = np.zeros((size, size), dtype=np.int32)
    for place, need in enumerate(demand.needs):
        capacity[0, 1 + place] = need
        for reader in demand.able[place]:
            capacity[1 + place, 1 + projects + reader] = 1
    for reader, room in enumerate(demand.room):
        capacity[1 + projects + reader, size - 1] = room
    return maximum_flow(csr_array(capacity), 0, size - 1).flow_value


@settings(max_examples=80, deadline=None)
@given(demand=demands(), seed=st.text(max_size=3))
def test_hard_limits_are_never_broken(demand, seed):
    plan = deal(demand, seed)
    readers = {reader.key: reader for reader in demand.readers}
    projects = {project.key: project for project in demand.projects}
    assert len({*plan.added}) == len(plan.added)
    assert not {*plan.added} & (demand.barred | demand.held | demand.loose)
    assert {*plan.dropped} <= demand.loose
    for reader, project in plan.added:
        assert readers[reader].knows(projects[project])
    before = Counter(reader for reader, _ in demand.held | demand.loose)
    after = Counter(before) + Counter(reader for reader, _ in plan.added) - Counter(r for r, _ in plan.dropped)
    for key, reader in readers.items():
        assert reader.capacity is None or after[key] <= max(reader.capacity, before[key])


@settings(max_examples=80, deadline=None)
@given(demand=demands())
def test_as_many_places_are_filled_as_the_greatest_flow_says_and_the_cuts_say_what_is_lacking(demand):
    plan = deal(demand, "seed")
    filled = len(demand.movable) + len(plan.added) - len(plan.dropped)
    assert filled == greatest_flow(demand)
    lacking = sum(demand.needs) - filled
    assert bool(plan.cuts) == bool(lacking)
    assert all(cut.possible < cut.needed for cut in plan.cuts)
    assert sum(cut.needed - cut.possible for cut in plan.cuts) >= lacking


@settings(max_examples=60, deadline=None)
@given(demand=demands(), seed=st.text(max_size=3))
def test_new_names_change_nothing_but_names(demand, seed):
    renamed = {item.key: f"x{number * 7919 % 1000}" for number, item in enumerate((*demand.readers, *demand.projects))}

    def pairs(found):
        return frozenset((renamed[reader], renamed[project]) for reader, project in found)

    other = Demand(
        tuple(replace(reader, key=renamed[reader.key]) for reader in demand.readers),
        tuple(replace(project, key=renamed[project.key]) for project in demand.projects),
        pairs(demand.held),
        pairs(demand.loose),
        pairs(demand.barred),
    )
    first, second = deal(demand, seed), deal(other, seed)
    assert {*second.added} == pairs(first.added)
    assert {*second.dropped} == pairs(first.dropped)


def test_the_seed_chooses():
    plans = {deal(even(), str(seed)).added for seed in range(5)}
    assert len(plans) > 1
    assert deal(even(), "1") == deal(even(), "1")


def test_the_plan_is_the_same_on_any_machine():
    plan = deal(even(projects=3, readers=4, wanted=2), "kermesse")
    pairs = "j0 p0, j1 p1, j1 p2, j2 p2, j3 p0, j3 p1"
    assert plan.added == tuple(tuple(pair.split()) for pair in pairs.split(", "))


@pytest.mark.parametrize("seed", ["1", "2", "3"])
@pytest.mark.parametrize(
    ("projects", "readers", "wanted", "printed"),
    [(40, 8, 3, 0.724), (100, 10, 3, 0.715), (100, 12, 3, 0.694), (200, 20, 3, 0.660)],
)
def test_jurors_mix_as_well_as_the_printed_table_says(projects, readers, wanted, printed, seed):
    pairs = deal(even(projects, readers, wanted), seed).added
    assert spectral_gap(pairs) >= printed - 0.03
    assert len(parts_of(pairs)) == 1
    loads = Counter(reader for reader, _ in pairs)
    assert max(loads.values()) - min(loads.values()) <= 1


def test_what_nobody_has_begun_is_passed_on_so_that_a_project_gets_its_juror():
    demand = Demand(
        readers=(Reader("ada", capacity=1), Reader("bela", frozenset("a"), capacity=1)),
        projects=(Project("drill", "a", wanted=1), Project("loom", "b", wanted=1)),
        loose=frozenset({("ada", "drill")}),
    )
    plan = deal(demand, "")
    assert (plan.added, plan.dropped) == ((("ada", "loom"), ("bela", "drill")), (("ada", "drill"),))
    begun = replace(demand, held=demand.loose, loose=frozenset())
    plan = deal(begun, "")
    assert (plan.added, plan.dropped) == ((), ())
    assert plan.cuts == (Cut(("loom",), ("ada",), 1, 0),)


def test_the_smallest_bottleneck_is_named():
    demand = Demand(
        readers=(Reader("ada", frozenset("a"), capacity=2), Reader("bela", frozenset("b")), Reader("cleo")),
        projects=(*tuple(Project(f"a{place}", "a", wanted=2) for place in range(3)), Project("b", "b", wanted=1)),
    )
    plan = deal(demand, "")
    assert plan.cuts == (Cut(("a0", "a1", "a2"), ("ada",), 6, 5),)


def test_loads_are_evened_out_over_others():
    """Ada may read all, Bela what Ada and Cleo may, Cleo only one category."""
    demand = Demand(
        readers=(Reader("ada", frozenset("a")), Reader("bela", frozenset("ab")), Reader("cleo", frozenset("b"))),
        projects=tuple(Project(f"a{n}", "a", wanted=1) for n in range(6))
        + tuple(Project(f"b{n}", "b", wanted=1) for n in range(3)),
    )
    loads = Counter(reader for reader, _ in deal(demand, "").added)
    assert loads == {"ada": 3, "bela": 3, "cleo": 3}


def test_a_whole_jury_reads_what_all_are_to_read():
    plan = deal(even(2, 4, None, barred=frozenset({("j1", "p0")})), "")
    assert len(plan.added) == 7
    assert plan.cuts == ()


def test_nobody_to_read():
    plan = deal(even(1, 0, 2), "")
    assert plan.cuts == (Cut(("p0",), (), 2, 0),)

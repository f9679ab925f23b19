"""What an assignment has to meet."""

import pytest

from awards.assignment.demand import Demand, Project, Reader

FRENCH = frozenset({"fr"})


@pytest.mark.parametrize(
    ("reader", "expected"),
    [
        (Reader("j"), True),
        (Reader("j", frozenset("a")), True),
        (Reader("j", frozenset("b")), False),
        (Reader("j", languages=FRENCH), True),
        (Reader("j", languages=frozenset({"en"})), False),
        (Reader("j", frozenset("a"), frozenset({"en"})), False),
    ],
)
def test_who_knows_a_project(reader, expected):
    assert reader.knows(Project("p", "a", "fr")) is expected


def test_what_is_lacking_and_who_has_room():
    demand = Demand(
        readers=(Reader("ada", capacity=2), Reader("bela"), Reader("cleo", frozenset("b"))),
        projects=(Project("drill", "a", wanted=2), Project("loom", "a", wanted=None), Project("kiln", "b", wanted=1)),
        held=frozenset({("ada", "drill"), ("gone", "drill")}),
        loose=frozenset({("ada", "loom"), ("cleo", "loom"), ("ada", "gone")}),
        barred=frozenset({("bela", "kiln")}),
    )
    assert demand.able == ((1,), (0, 1), (0, 2))
    assert demand.movable == ((0, 1),)
    assert demand.fixed == ((0, 0), (2, 1))  # not of her categories: given by hand, so it stays
    assert demand.needs == (1, 2, 1)
    assert demand.room == (1, 3, 2)


def test_what_exists_beyond_the_wish_is_kept():
    demand = Demand(
        readers=(Reader("ada", capacity=0), Reader("bela")),
        projects=(Project("drill", wanted=1),),
        loose=frozenset({("ada", "drill"), ("bela", "drill")}),
    )
    assert (demand.needs, demand.room) == ((2,), (1, 1))

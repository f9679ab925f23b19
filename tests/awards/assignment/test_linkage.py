"""How well marks can be compared."""

import pytest

from awards.assignment.linkage import bridges, parts_of, spectral_gap


def every(readers, projects):
    return [(reader, project) for reader in readers for project in projects]


def test_parts_that_nothing_links():
    pairs = [*every("ab", "12"), *every("cd", "345"), ("b", "1")]
    assert parts_of(pairs) == [(frozenset("cd"), frozenset("345")), (frozenset("ab"), frozenset("12"))]
    assert parts_of([]) == []


def test_the_same_name_of_juror_and_project_links_nothing():
    assert len(parts_of([("1", "2"), ("2", "1")])) == 2


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], 0),
        (every("a", "12"), 1),
        (every("abc", "1234"), 1),
        ([*every("ab", "12"), *every("cd", "34")], 0),
        ([("a", "1"), ("b", "1")], 1),
        # A path a-1-b-2-c: the eigenvalues of its normalised Laplacian are 0, 1/2 and 1.
        ([("a", "1"), ("b", "1"), ("b", "2"), ("c", "2")], 0.5),
    ],
)
def test_spectral_gap(pairs, expected):
    assert spectral_gap(pairs) == pytest.approx(expected, abs=1e-12)


def test_dealing_in_order_leaves_parts_where_cards_divide_jurors():
    """The trap of the table: 100 projects, 12 jurors, 3 cards, dealt in order."""
    dealt = [(str((project * 3 + seat) % 12), str(project)) for project in range(100) for seat in range(3)]
    assert len(parts_of(dealt)) == 4
    assert spectral_gap(dealt) == pytest.approx(0, abs=1e-12)
    dealt = [(str((project * 3 + seat) % 10), str(project)) for project in range(100) for seat in range(3)]
    assert spectral_gap(dealt) == pytest.approx(0.238, abs=5e-4)


def test_bridges_between_categories():
    category_of = {"1": "a", "2": "a", "3": "b", "4": "b"}
    assert bridges([("x", "1"), ("y", "2"), ("y", "3"), ("z", "4")], category_of) == 0.5
    assert bridges([], category_of) == 1

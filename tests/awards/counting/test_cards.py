"""Cards in an order of their own: groups that jurors connect, complete ones, and no trace of names."""

from fractions import Fraction

from hypothesis import given, settings, strategies as st

from awards.counting.cards import Card, Cards
from tests.awards.counting.tables import TOY, WINES, paris


def cards(*rows):
    return Cards(tuple(Card(juror, entry, category, Fraction(mark)) for juror, entry, category, mark in rows))


def test_means_are_exact():
    assert TOY.raw_means == {"e0": 8, "e1": Fraction(9, 2), "e2": Fraction(11, 2)}


def test_groups_are_numbered_by_their_size():
    found = cards(("a", "x", "", 1), ("b", "y", "", 2), ("b", "z", "", 3), ("c", "z", "", 3))

    assert found.components == {"y": 1, "z": 1, "x": 2}
    assert found.complete_components == {2}


def test_one_bridge_connects_everything():
    assert set(paris(is_partial=True).components.values()) == {1}
    assert paris().complete_components == {1}
    assert paris(is_partial=True).complete_components == frozenset()


def test_categories_are_told_apart_by_what_is_in_them():
    found = cards(("a", "x", "little", 1), ("a", "y", "much", 2), ("a", "z", "much", 9))

    assert found.category_of == {"x": "little", "y": "much", "z": "much"}
    assert sorted(found.categories) == ["little", "much"]


drawn = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("uvwxyz")), st.integers(0, 9), min_size=1, max_size=18
)


@given(drawn, st.permutations("abcd"), st.permutations("uvwxyz"), st.randoms())
@settings(max_examples=150, deadline=None)
def test_other_names_and_another_order_change_no_order(marks, jurors, entries, random):
    rows = [
        (juror, entry, ("uvw".find(entry) < 0 and "late") or "early", mark) for (juror, entry), mark in marks.items()
    ]
    other = [
        (jurors["abcd".index(juror)], entries["uvwxyz".index(entry)], category[::-1], mark)
        for juror, entry, category, mark in rows
    ]
    random.shuffle(other)

    one, two = cards(*rows), cards(*other)

    def shape(of):
        return [
            (of.components[entry], len(of.categories), sorted(card.mark for card in own))
            for entry, own in of.by_entry.items()
        ]

    assert shape(one) == shape(two)
    assert [len([c for c in one.cards if c.juror == j]) for j in one.jurors] == [
        len([c for c in two.cards if c.juror == j]) for j in two.jurors
    ]


def test_the_order_of_wines_is_not_that_of_their_letters():
    assert list(paris().by_entry) != list(WINES)
    assert sorted(paris().by_entry) == list(WINES)

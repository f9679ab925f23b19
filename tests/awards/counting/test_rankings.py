"""Schulze and Borda: published tables, and a search of all paths beside."""

from fractions import Fraction
from itertools import pairwise, permutations

from hypothesis import given, settings, strategies as st

from awards.counting import rankings
from awards.counting.ballots import Ballot, entries_of
from tests.awards.counting.tables import TENNESSEE, WINES, paris_ballots


def ballot(text):
    """`ab=c`: a first, b and c beside each other second."""
    values, rank = {}, 0
    for place, letter in enumerate(text):
        if letter == "=":
            continue
        rank += not (place and text[place - 1] == "=")
        values[letter] = Fraction(rank)
    return values


def test_the_capital_of_tennessee():
    places, beats = rankings.schulze(TENNESSEE)

    assert places == {"N": 1, "C": 2, "K": 3, "M": 4}
    assert beats == {"N": 3, "C": 2, "K": 1, "M": 0}
    assert rankings.borda(TENNESSEE) == {"N": 194, "C": 173, "M": 126, "K": 107}


def test_the_best_order_of_tennessee_agrees_with_most():
    pairs = rankings.preferences(TENNESSEE, "CKMN")

    agreed = {
        order: sum(pairs[a, b] for n, a in enumerate(order) for b in order[n + 1 :]) for order in permutations("CKMN")
    }

    assert max(agreed, key=agreed.get) == tuple("NCKM")
    assert max(agreed.values()) == 393


def test_the_reds_of_1976():
    ballots = paris_ballots(is_ranked=True)
    places, _ = rankings.schulze(ballots)

    assert [float(rankings.borda(ballots)[wine]) for wine in WINES] == [69.5, 68, 69.5, 61, 55, 38, 39, 31, 32.5, 31.5]
    assert sorted(places, key=places.get)[:7] == list("CABDEGF")
    pairs = rankings.preferences(ballots, WINES)
    assert (pairs["A", "C"], pairs["C", "A"], pairs["C", "B"], pairs["B", "C"]) == (3, 5, 5, 4)
    assert (pairs["C", "D"], pairs["D", "C"]) == (5, 3)


def test_the_example_of_the_method():
    """Schulze's own: 45 ballots of five, where E beats A by no majority but by the strongest path."""
    counts = {"acbed": 5, "adecb": 5, "bedac": 8, "cabed": 3, "caebd": 7, "cbade": 2, "dceba": 7, "ebadc": 8}
    ballots = [Ballot(f"{text}{n}", ballot(text)) for text, count in counts.items() for n in range(count)]

    places, _ = rankings.schulze(ballots)

    assert sorted(places, key=places.get) == list("eacbd")


def test_what_is_left_off_stands_below_and_beside():
    ballots = [Ballot("v", ballot("a")), Ballot("w", ballot("bc"))]

    pairs = rankings.preferences(ballots, "abc")

    assert pairs == {("a", "b"): 1, ("a", "c"): 1, ("b", "a"): 1, ("b", "c"): 1, ("c", "a"): 1, ("c", "b"): 0}
    assert rankings.borda(ballots) == {"a": 2, "b": Fraction(5, 2), "c": Fraction(3, 2)}


def test_nobody_is_first_where_all_beat_each_other_in_a_ring():
    ring = [Ballot(text, ballot(text)) for text in ("abc", "bca", "cab")]

    assert rankings.schulze(ring)[0] == {"a": 1, "b": 1, "c": 1}


orders = st.lists(
    st.dictionaries(st.sampled_from("abcd"), st.integers(1, 4).map(Fraction), min_size=1), min_size=1, max_size=7
).map(lambda rows: [Ballot(str(number), values) for number, values in enumerate(rows)])


@given(orders)
@settings(max_examples=150, deadline=None)
def test_paths_are_the_strongest_of_all_and_places_never_contradict_them(ballots):
    entries = entries_of(ballots)
    pairs = rankings.preferences(ballots, entries)
    margin = {pair: max(pairs[pair] - pairs[pair[::-1]], 0) for pair in pairs}
    strength = rankings.beatpaths(pairs, entries)

    for one, other in pairs:
        between = [entry for entry in entries if entry not in (one, other)]
        ways = [(one, *via, other) for many in range(len(between) + 1) for via in permutations(between, many)]
        assert strength[one, other] == max(min(margin[step] for step in pairwise(way)) for way in ways)
    places, _ = rankings.schulze(ballots)
    for one, other in pairs:
        if strength[one, other] > strength[other, one]:
            assert places[one] < places[other]


@given(orders, st.permutations("abcd"))
@settings(max_examples=80, deadline=None)
def test_other_names_change_nothing(ballots, names):
    renamed = [Ballot(b.voter, {names["abcd".index(entry)]: rank for entry, rank in b.values.items()}) for b in ballots]

    before, after = rankings.schulze(ballots)[0], rankings.schulze(renamed)[0]

    assert {names["abcd".index(entry)]: place for entry, place in before.items()} == after

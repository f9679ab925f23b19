"""The count of ballots from plain values: what contradicts itself is refused, order means nothing."""

import pytest
from hypothesis import given, strategies as st

from awards.ballots.tally import METHODS, Row, check, count, written
from awards.exceptions import MalformedDossier


def data(mode, votes, *, entries="abc", places=1):
    return {
        "method": METHODS[mode],
        "mode": mode,
        "finalists_per_category": places,
        "categories": ["x", "y"],
        "candidates": [{"entry": entry, "category": "x"} for entry in entries],
        "votes": votes,
    }


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"method": "schulze"}, "method"),
        ({"mode": "unheard"}, "method"),
        ({"categories": ["y"]}, "candidates"),
        ({"candidates": [{"entry": "a", "category": "x"}] * 2}, "candidates"),
        ({"votes": [["j", "a", 1], ["j", "a", 0]]}, "votes"),
        ({"votes": [["j", "z", 1]]}, "votes"),
    ],
)
def test_check_refuses(changes, place):
    with pytest.raises(MalformedDossier, match=place):
        check(data("approve", [["j", "a", 1]]) | changes)


def test_check_refuses_a_pair_that_one_juror_answered_twice():
    with pytest.raises(MalformedDossier):
        check(data("pairwise", [["j", "a", "b"], ["j", "b", "a"]]))


def ranks(rows):
    return {row.entry: (row.rank, row.is_finalist) for row in rows}


def test_count_of_pairs():
    wins = [["j", "a", "b"], ["j", "b", "c"], ["k", "a", "b"]]
    assert ranks(count(data("pairwise", wins))) == {"a": (1, True), "b": (2, False), "c": (3, False)}
    apart = [["j", "a", "b"], ["j", "c", "d"]]
    assert set(ranks(count(data("pairwise", apart, entries="abcd"))).values()) == {(None, False)}
    assert set(ranks(count(data("pairwise", []))).values()) == {(None, False)}


def test_count_of_checks_passes_what_more_jurors_let_pass_than_not():
    votes = [["j", "a", 1], ["k", "a", 1], ["j", "b", 1], ["k", "b", 0]]
    assert ranks(count(data("check", votes))) == {"a": (1, True), "b": (2, False), "c": (None, False)}


def test_written_names_what_people_read():
    assert written([Row("a", "x", 2, 1, is_finalist=True, said={"share": 1})], {"a": "moulin"}) == [
        {"entry": "moulin", "category": "x", "n": 2, "share": 1, "rank": 1, "finalist": True}
    ]


@given(
    st.dictionaries(st.tuples(st.sampled_from("jkl"), st.sampled_from("abc")), st.integers(0, 5), max_size=9),
    st.randoms(),
)
def test_the_order_of_the_votes_changes_nothing(votes, random):
    lines = [[juror, entry, value] for (juror, entry), value in votes.items()]
    mixed = random.sample(lines, len(lines))
    assert count(data("grade", lines)) == count(data("grade", mixed))

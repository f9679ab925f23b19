"""Ballots name entries."""

from fractions import Fraction

from awards.counting.ballots import Ballot, entries_of


def test_entries_are_those_that_any_ballot_names():
    assert entries_of([Ballot("v", {"b": Fraction(1)}), Ballot("w", {"a": Fraction(2), "b": Fraction(1)})]) == [
        "a",
        "b",
    ]
    assert entries_of([]) == []

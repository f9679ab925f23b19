"""What the model says of a contest: estimates, statistical ties, how many cards more, groups that nothing connects."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from awards.exceptions import MalformedDossier
from awards.results.dossier import Candidate, Card, Dossier, Preference, Rubric
from awards.results.estimates import NOTHING, adjusted_by, estimated, marks_of
from awards.results.tally import count, groups_for_the_chair

RUBRIC = Rubric(weights={"impact": 60, "spread": 40}, top=5, tie_chain=("impact",), finalists_per_category=2)


def dossier(table, *, method="mixed", categories=("making",), out=(), preferences=(), recusals=(), cut=2):
    """`table` maps juror to marks by entry: one number for both criteria, or a pair."""
    cards = [
        Card(
            entry,
            juror,
            dict(zip(("impact", "spread"), mark if isinstance(mark, tuple) else (mark, mark), strict=True)),
        )
        for juror, marks in table.items()
        for entry, mark in marks.items()
    ]
    entries = sorted({card.entry for card in cards} | {"unread"})
    category_of = {entry: categories[number % len(categories)] for number, entry in enumerate(entries)}
    return Dossier(
        rubric=replace(RUBRIC, finalists_per_category=cut),
        categories=categories,
        candidates=tuple(Candidate(entry, category_of[entry], entry not in out) for entry in entries),
        cards=tuple(cards),
        recusals=frozenset(recusals),
        preferences=tuple(preferences),
        method=method,
    )


def ranks(result):
    return {row.entry: row.rank for row in result.rows if row.rank is not None}


# Three harsh cards keep `a` low, though every juror who read it and another put it first.
HARSH = {
    "kind1": {"b": 5, "c": 4, "d": 4},
    "kind2": {"b": 5, "c": 5, "d": 4},
    "kind3": {"c": 4, "d": 4, "b": 4},
    "harsh1": {"a": 3, "d": 1, "e": 0, "f": 1},
    "harsh2": {"a": 3, "d": 1, "e": 1, "f": 0},
    "harsh3": {"a": 4, "e": 1, "d": 2, "f": 1},
}


def test_the_model_ranks_by_adjusted_score_and_the_mean_does_not():
    mixed = count(dossier(HARSH))
    mean = count(dossier(HARSH, method="mean"))
    assert ranks(mean)["a"] > ranks(mean)["d"] or ranks(mean)["a"] >= ranks(mean)["c"]
    found = estimated(dossier(HARSH))
    by_adjusted = sorted(found.of, key=lambda entry: -found.of[entry].adjusted)
    assert sorted(ranks(mixed), key=ranks(mixed).get) == by_adjusted
    assert found.severity["harsh1"] > 0 > found.severity["kind1"]
    assert found.of["a"].adjusted > float(marks_of(dossier(HARSH)).raw_means["a"])


def test_estimates_hold_what_the_board_shows():
    found = estimated(dossier(HARSH, out=("f",)))
    assert set(found.of) == set("abcdef")
    assert found.of["f"].rank_low is None
    assert "f" not in found.places
    for entry in "abcde":
        own = found.of[entry]
        assert 1 <= own.rank_low <= own.rank_high <= 5
        assert 0 <= own.first <= 1
        assert own.se > 0
    assert sum(found.of[entry].first for entry in "abcde") == pytest.approx(1, abs=1e-5)
    assert found.parameters["ratios"] == "fixed"
    assert found.agreement == {"making": None}
    assert 0 < found.reliability < 1
    assert found.cards_for_reliable >= 1


def test_without_a_card_there_is_nothing():
    empty = replace(dossier(HARSH), cards=())
    assert estimated(empty) == NOTHING
    assert ranks(count(empty)) == {}
    assert adjusted_by(empty, "impact") == {}


def test_a_dossier_that_contradicts_itself_is_refused():
    with pytest.raises(MalformedDossier):
        estimated(dossier(HARSH, method="median"))
    with pytest.raises(MalformedDossier):
        estimated(dossier({"j": {"a": 9}}))


def test_neighbours_at_the_cut_that_nothing_tells_apart_are_close():
    table = {f"j{n}": {"a": 5, "b": 3 + n % 2, "c": 4 - n % 2, "d": 0} for n in range(6)}
    found = estimated(dossier(table, cut=2))
    [call] = found.close
    assert (call.category, call.cut, set(call.entries), call.ahead) == ("making", 2, {"b", "c"}, 0.5)
    assert call.more_cards is None  # they are level, so no number of cards is known to part them


def test_how_many_cards_more_would_settle_a_close_call():
    table = {f"j{n}": {"a": 4 + n % 2, "b": 3 + n % 2 + (n == 0), "c": 1} for n in range(4)}
    table["j0"]["b"] = 5
    [call] = [call for call in estimated(dossier(table, cut=1)).close if call.cut == 1] or [None]
    if call is not None:
        assert call.more_cards is None or call.more_cards >= 1
    far = estimated(dossier({f"j{n}": {"a": 5, "b": n % 2} for n in range(12)}, cut=1))
    assert far.close == ()


def test_marks_that_are_all_the_same_tell_nothing():
    found = estimated(dossier({"j1": {"a": 3, "b": 3}, "j2": {"a": 3, "b": 3}}))
    assert found.places == {"a": 1, "b": 1}
    assert found.of["a"].first == pytest.approx(0.5, abs=0.03)
    assert [call.more_cards for call in found.close] == [None]


def test_one_card_alone_has_neither_error_nor_interval():
    found = estimated(dossier({"j1": {"a": 3}}))
    own = found.of["a"]
    assert (own.se, own.rank_low, own.first, found.reliability, found.cards_for_reliable) == (None,) * 5
    assert ranks(count(dossier({"j1": {"a": 3}}))) == {"a": 1}


def test_groups_that_no_juror_connects_are_ranked_apart_and_nobody_is_a_finalist():
    table = {"j1": {"a": 5, "b": 4}, "j2": {"a": 4, "b": 3}, "j3": {"c": 2, "d": 1, "e": 0}}
    result = count(dossier(table))
    assert result.split == {"making"}
    assert ranks(result) == {"c": 1, "d": 2, "e": 3, "a": 1, "b": 2}
    assert result.finalists == ()
    assert estimated(dossier(table)).close == ()
    assert count(dossier(table, method="mean")).split == frozenset()


# The tie chain ------------------------------------------------------------------------------------------------------


def test_tie_is_broken_by_the_adjusted_first_criterion():
    result = count(dossier({"j1": {"a": (2, 5), "b": (4, 2)}}))
    assert [(row.entry, row.rank, row.decided_by) for row in result.rows[:2]] == [
        ("b", 1, "adjusted_impact"),
        ("a", 2, "adjusted_impact"),
    ]


def test_tie_is_broken_by_the_majority_value_then_by_those_who_read_both():
    by_majority = {"j1": {"a": 3, "b": 1}, "j2": {"a": 3, "b": 4}, "j3": {"a": 3, "b": 4}}
    result = count(dossier(by_majority))
    assert [(row.entry, row.decided_by) for row in result.rows[:2]] == [
        ("b", "majority_value"),
        ("a", "majority_value"),
    ]
    by_readers = {"j1": {"a": 1, "b": 4}, "j2": {"a": 2, "b": 1}, "j3": {"a": 4, "b": 2}}
    result = count(dossier(by_readers))
    assert [(row.entry, row.decided_by) for row in result.rows[:2]] == [("a", "head_to_head"), ("b", "head_to_head")]


def test_tie_that_nothing_separates_is_the_chairs():
    level = {"j1": {"a": 3, "b": 2}, "j2": {"a": 2, "b": 3}}
    assert groups_for_the_chair(dossier(level)) == [("a", "b")]
    result = count(dossier(level, preferences=[Preference("b", "a")]))
    assert [(row.entry, row.rank, row.decided_by) for row in result.rows[:2]] == [
        ("b", 1, "chair_vote"),
        ("a", 2, "chair_vote"),
    ]


# Properties ----------------------------------------------------------------------------------------------------------

TABLES = st.dictionaries(
    st.sampled_from("uvwxyz"),
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 5), min_size=1),
    min_size=1,
)


@given(TABLES, st.permutations("abcdef"))
def test_names_decide_nothing(table, names):
    renamed = dict(zip("abcdef", names, strict=True))
    other = {juror: {renamed[entry]: mark for entry, mark in marks.items()} for juror, marks in table.items()}
    before, after = estimated(dossier(table)), estimated(dossier(other))
    assert {renamed[entry]: place for entry, place in before.places.items()} == dict(after.places)


@given(TABLES, st.sampled_from("abcdef"), st.integers(0, 5))
def test_a_conflicted_card_never_counts(table, entry, mark):
    late = {**table, "late": {entry: mark}}
    given_before = dossier(table)
    with_it = replace(dossier(late, recusals=[("late", entry)]), candidates=given_before.candidates)
    if any(entry == item.entry for item in given_before.candidates):
        assert count(with_it).rows == count(given_before).rows
        assert estimated(with_it) == estimated(given_before)


@given(st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=1, max_size=5), st.integers(0, 5))
def test_a_complete_design_keeps_the_order_of_the_means_whatever_a_juror_adds(rows, added):
    """Here a juror's constant changes no rank. Where not all read all, part of it is shrunk and stays with some."""
    table = {f"j{n}": dict(zip("abcd", row, strict=True)) for n, row in enumerate(rows)}
    places = estimated(dossier(table)).places
    means = {entry: Fraction(sum(row[entry] for row in table.values())) for entry in "abcd"}
    assert places == {entry: 1 + sum(other > means[entry] for other in means.values()) for entry in "abcd"}
    if max(table["j0"].values()) + added <= 5:
        table["j0"] = {entry: mark + added for entry, mark in table["j0"].items()}
        assert estimated(dossier(table)).places == places

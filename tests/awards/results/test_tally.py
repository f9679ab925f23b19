"""The count: the demo's expected results, ties, recusals, and properties that hold for any dossier."""

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from awards.results.dossier import Candidate, Card, Dossier, Preference, Rubric, fingerprint, to_dict
from awards.results.dossier_file import read_dossier, write_result
from awards.results.tally import count, exact, groups_for_the_chair, rounded

DEMO = json.loads((Path(__file__).parents[3] / "festival" / "demo" / "festival.json").read_text(encoding="utf-8"))
EXPECTED = DEMO["awards"]["expected_results"]
RUBRIC = Rubric(weights={"impact": 60, "spread": 40}, top=5, tie_chain=("impact",), finalists_per_category=2)


def dossier(cards, *, entries=("a", "b", "c"), out=(), recusals=(), preferences=(), rubric=RUBRIC):
    return Dossier(
        rubric=rubric,
        categories=("making",),
        candidates=tuple(Candidate(entry, "making", entry not in out) for entry in entries),
        cards=tuple(cards),
        recusals=frozenset(recusals),
        preferences=tuple(preferences),
    )


def card(entry, impact, spread, *, juror="j1", state="submitted"):
    return Card(entry, juror, {"impact": impact, "spread": spread}, state)


def ranks(result):
    return [(row.entry, row.rank, row.decided_by) for row in result.rows]


@pytest.mark.parametrize("expected", EXPECTED["by_project"], ids=lambda row: row["project"])
def test_count_demo_file_gives_each_expected_row(expected):
    demo = read_dossier(DEMO)
    written = {row["project"]: row for row in write_result(demo, count(demo))["by_project"]}
    assert written[expected["project"]] == expected


def test_count_demo_file_gives_expected_finalists_and_tie():
    demo = read_dossier(DEMO)
    written = write_result(demo, count(demo))
    assert written["finalists"] == EXPECTED["finalists"]
    assert written["ties"] == [EXPECTED["tie"]]


def test_count_demo_file_without_the_late_recusal_is_another_result():
    demo = read_dossier(DEMO)
    cards = tuple(replace(card, state="submitted") if card.state == "voided" else card for card in demo.cards)
    late = count(replace(demo, cards=cards, recusals=demo.recusals - {("sven-erik-lindqvarn", "piece-manquante")}))
    [row] = [row for row in late.rows if row.entry == "piece-manquante"]
    assert (row.cards, rounded(row.score)) == (3, Decimal(88))


def test_count_takes_the_mean_of_weighted_marks():
    result = count(dossier([card("a", 5, 0), card("a", 4, 5, juror="j2")], entries=("a",)))
    assert result.rows[0].score == Fraction(60 + 88, 2)
    assert result.rows[0].means == {"impact": Fraction(9, 2), "spread": Fraction(5, 2)}


@pytest.mark.parametrize("state", ["draft", "voided"])
def test_count_card_that_is_not_submitted_does_not_count(state):
    result = count(dossier([card("a", 5, 5), card("a", 0, 0, juror="j2", state=state)], entries=("a",)))
    assert (result.rows[0].cards, result.rows[0].score) == (1, 100)


def test_count_entry_out_of_the_contest_keeps_its_score_without_a_rank():
    result = count(dossier([card("a", 5, 5), card("b", 3, 3)], entries=("a", "b"), out=("a",)))
    assert ranks(result) == [("b", 1, ""), ("a", None, "")]
    assert result.rows[1].score == 100
    assert result.finalists == ("b",)


def test_count_entry_without_a_valid_card_has_neither_score_nor_rank():
    result = count(dossier([card("a", 5, 5)], entries=("a", "b")))
    assert (result.rows[1].entry, result.rows[1].score, result.rows[1].rank) == ("b", None, None)


def test_count_tie_is_broken_by_the_chain():
    result = count(dossier([card("a", 2, 4), card("b", 4, 1)], entries=("a", "b")))
    assert ranks(result) == [("b", 1, "mean_impact"), ("a", 2, "mean_impact")]
    assert [(tie.entries, tie.decided_by) for tie in result.ties] == [(("b", "a"), "mean_impact")]


def test_count_tie_that_nothing_separates_shares_the_rank_and_says_so():
    result = count(dossier([card("a", 3, 3), card("b", 3, 3), card("c", 1, 1)]))
    assert ranks(result) == [("a", 1, "undecided"), ("b", 1, "undecided"), ("c", 3, "")]
    assert result.finalists == ("a", "b")
    assert not result.ties[0].at_the_cut


def test_count_tie_across_the_last_place_makes_nobody_a_finalist():
    result = count(dossier([card("a", 5, 5), card("b", 3, 3), card("c", 3, 3)]))
    assert result.finalists == ("a",)
    assert result.ties[0].at_the_cut


def test_count_casting_vote_decides_what_is_left():
    tied = dossier([card("a", 3, 3), card("b", 3, 3)], entries=("a", "b"), preferences=[Preference("b", "a")])
    assert ranks(count(tied)) == [("b", 1, "chair_vote"), ("a", 2, "chair_vote")]


def test_count_later_casting_vote_on_a_pair_replaces_the_earlier():
    votes = [Preference("b", "a"), Preference("a", "b")]
    tied = dossier([card("a", 3, 3), card("b", 3, 3)], entries=("a", "b"), preferences=votes)
    assert ranks(count(tied)) == [("a", 1, "chair_vote"), ("b", 2, "chair_vote")]


def test_count_casting_vote_never_overrules_scores():
    scored = dossier([card("a", 5, 5), card("b", 3, 3)], entries=("a", "b"), preferences=[Preference("b", "a")])
    assert ranks(count(scored)) == [("a", 1, ""), ("b", 2, "")]


def test_groups_for_the_chair_are_those_that_total_and_chain_leave():
    tied = dossier([card("a", 3, 3), card("b", 3, 3), card("c", 2, 4)])
    assert groups_for_the_chair(tied) == [("a", "b")]
    assert groups_for_the_chair(replace(tied, preferences=(Preference("b", "a"),))) == [("a", "b")]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Fraction(271, 3), "90.33"), (Fraction(212, 3), "70.67"), (Fraction(1, 200), "0.01"), (Fraction(1, 8), "0.13")],
)
def test_rounded_goes_half_up(value, expected):
    assert rounded(value) == Decimal(expected)


def test_exact_writes_fractions():
    [row] = count(
        dossier([card("a", 5, 0), card("a", 4, 5, juror="j2"), card("a", 0, 0, juror="j3")], entries=("a",))
    ).rows
    assert exact(row) == {"score": "148/3", "means": {"impact": "3", "spread": "5/3"}}


# Properties ----------------------------------------------------------------------------------------------------

MARKS = st.integers(0, 5)
ENTRIES = "abcdef"
JURORS = "uvwxyz"


@st.composite
def dossiers(draw):
    pairs = draw(st.sets(st.tuples(st.sampled_from(ENTRIES), st.sampled_from(JURORS)), max_size=20))
    cards = [card(entry, draw(MARKS), draw(MARKS), juror=juror) for entry, juror in sorted(pairs)]
    recused = draw(st.sets(st.tuples(st.sampled_from(JURORS), st.sampled_from(ENTRIES)), max_size=4))
    votes = draw(st.lists(st.permutations(ENTRIES).map(lambda order: Preference(order[0], order[1])), max_size=4))
    out = draw(st.sets(st.sampled_from(ENTRIES), max_size=2))
    return dossier(cards, entries=ENTRIES, out=out, recusals=recused, preferences=votes)


@given(dossiers(), st.randoms())
def test_count_order_of_cards_and_entries_never_matters(given, random):
    cards, candidates = list(given.cards), list(given.candidates)
    random.shuffle(cards)
    random.shuffle(candidates)
    shuffled = replace(given, cards=tuple(cards), candidates=tuple(candidates))
    assert count(shuffled) == count(given)
    assert fingerprint(to_dict(shuffled)) == fingerprint(to_dict(given))


@given(dossiers(), st.sampled_from(ENTRIES), MARKS, MARKS)
def test_count_card_of_a_recused_juror_changes_nothing(given, entry, impact, spread):
    late = card(entry, impact, spread, juror="late")
    with_it = replace(given, cards=(*given.cards, late), recusals=given.recusals | {("late", entry)})
    assert count(with_it) == count(given)


@given(dossiers())
def test_count_scores_and_ranks_stay_in_range(given):
    result = count(given)
    assert sorted(row.entry for row in result.rows) == sorted(ENTRIES)
    for row in result.rows:
        assert row.score is None or 0 <= row.score <= 100
        assert all(0 <= mean <= 5 for mean in row.means.values())
        assert (row.rank is None) == (not row.in_contest or row.score is None)
    assert len(result.finalists) <= RUBRIC.finalists_per_category


@given(dossiers())
def test_count_ranks_follow_scores_and_are_shared_only_when_undecided(given):
    ranked = [row for row in count(given).rows if row.rank is not None]
    for place, row in enumerate(ranked, start=1):
        better = sum(other.rank < row.rank for other in ranked)
        assert row.rank == better + 1 <= place
        if [other.rank for other in ranked].count(row.rank) > 1:
            assert row.decided_by == "undecided"
    assert [row.score for row in ranked] == sorted((row.score for row in ranked), reverse=True)


@given(dossiers(), st.permutations(ENTRIES))
def test_count_renaming_entries_never_changes_their_ranks(given, names):
    """Names never decide: the same cards under other names give the same ranks."""
    renamed = dict(zip(ENTRIES, names, strict=True))
    other = Dossier(
        rubric=given.rubric,
        categories=given.categories,
        candidates=tuple(replace(item, entry=renamed[item.entry]) for item in given.candidates),
        cards=tuple(replace(item, entry=renamed[item.entry]) for item in given.cards),
        recusals=frozenset((juror, renamed[entry]) for juror, entry in given.recusals),
        preferences=tuple(Preference(renamed[item.entry], renamed[item.other]) for item in given.preferences),
    )
    before = {renamed[row.entry]: (row.rank, row.is_finalist) for row in count(given).rows}
    assert {row.entry: (row.rank, row.is_finalist) for row in count(other).rows} == before

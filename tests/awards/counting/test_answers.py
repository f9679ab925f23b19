"""What a count answers: one shape for marks, own columns for ballots; the same bytes in any order of lines."""

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from awards.counting import answers
from awards.counting.cards import Card, Cards
from awards.counting.reading import read_table
from awards.exceptions.counting import MalformedTable
from tests.awards.counting.tables import GAUGE_TIE, TENNESSEE, TOY, WINES, paris


def table(header, *rows):
    return read_table("\n".join((header, *rows)).encode())


def ranks(answer):
    return {row["entry"]: row["rank"] for row in answer["rows"]}


def test_the_reds_of_1976_are_complete_so_that_the_order_is_that_of_the_means():
    answer = answers.of_marks(paris(), "mixed")

    assert list(ranks(answer)) == list(WINES)
    assert list(ranks(answer).values()) == list(range(1, 11))
    first = answer["rows"][0]
    assert tuple(first) == answers.COLUMNS
    assert (first["n"], first["raw_mean"], first["component"]) == (11, 14.136364, 1)
    assert first["adjusted"] == pytest.approx(13.618, abs=5e-4)
    assert answer["agreement"]["kendall_w"] == 0.25068871
    assert answer["parameters"]["ratios"] == "reml"


def test_without_a_third_of_the_cards_the_model_orders():
    answer = answers.of_marks(paris(is_partial=True), "mixed")

    assert "".join(answer_row["entry"] for answer_row in answer["rows"]) == "BADCEFJHGI"
    assert answer["agreement"] == dict.fromkeys(("kendall_w", "kendall_w_ties", "p_value", "p_value_ties"))
    assert answers.of_marks(paris(is_partial=True), "mean")["rows"][0]["raw_mean"] == 14.125


def test_six_cards_keep_the_wrong_order_and_say_how_little_they_know():
    answer = answers.of_marks(TOY, "mixed")

    assert [(row["entry"], row["adjusted"]) for row in answer["rows"]] == [("e0", 7.3), ("e2", 5.45), ("e1", 5.25)]
    assert all(row["rank_low"] == 1 and row["rank_high"] == 3 for row in answer["rows"])
    assert answer["parameters"]["ratios"] == "fixed"


def test_groups_that_nobody_connects_are_ranked_apart():
    cards = Cards(
        tuple(
            Card(juror, entry, "", Fraction(mark))
            for juror, entry, mark in (("a", "x", 9), ("a", "y", 8), ("a", "z", 7), ("b", "u", 3), ("b", "v", 4))
        )
    )

    answer = answers.of_marks(cards, "mixed")

    assert ranks(answer) == {"x": 1, "y": 2, "z": 3, "v": 1, "u": 2}
    assert {row["entry"]: row["component"] for row in answer["rows"]} == {"x": 1, "y": 1, "z": 1, "u": 2, "v": 2}


def test_each_category_is_ranked_by_itself():
    answer = answers.of_table(
        table("juror,entry,category,score", "j,a,red,5", "j,b,white,3", "k,a,red,4", "k,b,white,2", "k,c,red,4"), "mean"
    )

    assert ranks(answer) == {"a": 1, "c": 2, "b": 1}
    assert set(answer["agreement"]["by_category"]) == {"red", "white"}


def test_one_card_has_a_mark_and_no_error():
    answer = answers.of_marks(Cards((Card("j", "e", "", Fraction(5)),)), "mixed")

    row = answer["rows"][0]
    assert (row["rank"], row["raw_mean"], row["se"], row["p_first"]) == (1, 5, None, None)


def test_an_entry_that_does_not_take_part_keeps_its_mark_and_has_no_rank():
    answer = answers.of_marks(paris(), "mixed", ranked=[wine for wine in WINES if wine != "A"])

    assert (ranks(answer)["A"], ranks(answer)["B"]) == (None, 1)
    assert answer["rows"][-1]["entry"] == "A"
    assert answer["rows"][-1]["adjusted"] == pytest.approx(13.618, abs=5e-4)


def test_the_gauge_tie_by_its_table():
    rows = [
        f"{voter},{entry},{grade}"
        for entry, profile in GAUGE_TIE.items()
        for voter, grade in enumerate(grade for grade, count in enumerate(profile) for _ in range(count))
    ]

    answer = answers.of_table(table("ballot,entry,grade", *rows), "majority")

    first, second = answer["rows"]
    assert (first["entry"], first["rank"], second["rank"]) == ("A", 1, 2)
    assert (first["median"], first["above"], first["below"], first["sign"]) == (2, 0.157895, 0.473684, "-")
    assert first["profile"] == {"0": 1, "1": 8, "2": 7, "3": 1, "4": 1, "5": 1}
    assert len(first["medians"]) == answers.FIRST_MEDIANS


@pytest.mark.parametrize(("method", "order"), [("schulze", "NCKM"), ("borda", "NCMK")])
def test_the_capital_of_tennessee(method, order):
    rows = [f"{b.voter},{city},{rank}" for b in TENNESSEE for city, rank in b.values.items()]

    answer = answers.of_table(table("ballot,entry,rank", *rows), method)

    assert "".join(row["entry"] for row in answer["rows"]) == order
    assert answer["rows"][0]["borda"] == 194


def test_approvals_are_counted_and_ties_shared():
    rows = ("v,a,1", "v,b,0", "w,a,1", "w,c,1", "x,c,2", "x,b,1")

    answer = answers.of_table(table("ballot,entry,grade", *rows), "approval")

    assert [(row["entry"], row["approvals"], row["share"], row["rank"]) for row in answer["rows"]] == [
        ("a", 2, 0.666667, 1),
        ("c", 2, 0.666667, 1),
        ("b", 1, 0.333333, 3),
    ]


@pytest.mark.parametrize(
    ("header", "row", "method"),
    [
        ("juror,entry,score", "j,e,1", "schulze"),
        ("ballot,entry,rank", "b,e,1", "majority"),
        ("ballot,entry", "b,e", "mean"),
    ],
)
def test_a_method_counts_only_what_it_can(header, row, method):
    with pytest.raises(MalformedTable, match=f"line 1: {method} counts a "):
        answers.of_table(table(header, row), method)


marks = st.dictionaries(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvwxyz")), st.integers(0, 9), min_size=1, max_size=30
)


@given(marks, st.randoms())
@settings(max_examples=60, deadline=None)
def test_another_order_of_the_lines_gives_the_same_bytes(found, random):
    rows = [f"{juror},{entry},{mark}" for (juror, entry), mark in found.items()]
    shuffled = random.sample(rows, len(rows))

    one, other = (answers.of_table(table("juror,entry,score", *each), "mixed") for each in (rows, shuffled))

    assert json.dumps(one) == json.dumps(other)


@given(marks, st.permutations("abcdef"), st.permutations("uvwxyz"))
@settings(max_examples=60, deadline=None)
def test_other_names_give_the_same_numbers(found, jurors, entries):
    rows = [f"{juror},{entry},{mark}" for (juror, entry), mark in found.items()]
    new = dict(zip("uvwxyz", entries, strict=True))
    renamed = [f"{jurors['abcdef'.index(juror)]},{new[entry]},{mark}" for (juror, entry), mark in found.items()]

    one, other = (
        {row.pop("entry"): row for row in answers.of_table(table("juror,entry,score", *each), "mixed")["rows"]}
        for each in (rows, renamed)
    )

    told = ("adjusted", "se", "rank", "n", "raw_mean")
    assert {new[entry]: [row[name] for name in told] for entry, row in one.items()} == {
        entry: [row[name] for name in told] for entry, row in other.items()
    }

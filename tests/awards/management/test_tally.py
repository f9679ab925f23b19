"""The command that counts: tables by every method, the demo's marks by the model, and one line for what it refuses."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.awards.counting.tables import PARIS, TENNESSEE, WINES

DEMO = Path(__file__).parents[3] / "festival" / "demo" / "festival.json"


@pytest.fixture
def tally(tmp_path):
    """Return a function that counts a table, or a file."""

    def run(content, *options):
        file = content
        if isinstance(content, str):
            file = tmp_path / "table.csv"
            file.write_text(content, encoding="utf-8")
        out = io.StringIO()
        call_command("tally", str(file), *options, stdout=out)
        return out.getvalue()

    return run


def paris():
    rows = [
        f"{judge},{wine},{mark}"
        for judge, marks in PARIS.items()
        for wine, mark in zip(WINES, marks.split(), strict=True)
    ]
    return "\n".join(["juror,entry,score", *rows])


@pytest.mark.parametrize(
    ("method", "first"), [("mean", "ABCDEFGHIJ"), ("mixed", "ABCDEFGHIJ"), ("majority", "BACDEFHGIJ")]
)
def test_one_table_has_more_than_one_winner(tally, method, first):
    answer = json.loads(tally(paris(), "--method", method, "--json"))

    assert answer["method"] == method
    assert "".join(row["entry"] for row in answer["rows"]) == first
    assert {"method", "code_version", "parameters", "input_sha256", "rows"} <= set(answer)
    assert ("agreement" in answer) == (method != "majority")
    assert len(answer["input_sha256"]) == 64


def test_ranks_are_counted_by_paths_and_by_points(tally):
    table = "\n".join(["ballot,entry,rank", *(f"{b.voter},{c},{r}" for b in TENNESSEE for c, r in b.values.items())])

    answers = {method: json.loads(tally(table, "--method", method, "--json")) for method in ("schulze", "borda")}

    assert {method: "".join(row["entry"] for row in a["rows"]) for method, a in answers.items()} == {
        "schulze": "NCKM",
        "borda": "NCMK",
    }
    assert answers["schulze"]["input_sha256"] == answers["borda"]["input_sha256"]


def test_the_seed_is_said_and_another_one_draws_others(tally):
    one, other = (json.loads(tally(paris(), "--method", "mixed", "--json", *seed)) for seed in ([], ["--seed", "5"]))

    assert (one["parameters"]["seed"], other["parameters"]["seed"]) == (1, 5)
    assert [row["p_first"] for row in one["rows"]] != [row["p_first"] for row in other["rows"]]
    assert [row["adjusted"] for row in one["rows"]] == [row["adjusted"] for row in other["rows"]]


def test_a_table_is_printed_with_the_columns_that_say_something(tally):
    lines = tally("ballot,entry\nv,a\nw,a\nw,b\n", "--method", "approval").splitlines()

    assert [line.split() for line in lines] == [
        ["entry", "n", "approvals", "share", "rank"],
        ["a", "2", "2", "1", "1"],
        ["b", "2", "1", "0.500", "2"],
    ]


def test_the_demo_is_counted_by_the_model_with_its_drafts_and_recusals_out(tally):
    mean, mixed = (json.loads(tally(DEMO, "--method", method, "--json")) for method in ("mean", "mixed"))

    rows = {row["entry"]: row for row in mixed["rows"]}
    plain = {row["project"]: row for row in mean["by_project"]}
    assert set(rows) == set(plain)
    assert all(row["n"] == plain[entry]["valid_evaluations"] for entry, row in rows.items())
    assert {row["entry"]: row["rank"] for row in mean["rows"]} == {row: own["rank"] for row, own in plain.items()}
    assert rows["metier-a-tisser-libre"]["rank"] is None
    assert rows["la-perceuse-du-palier"]["rank"] == 1
    assert rows["la-perceuse-du-palier"]["raw_mean"] == pytest.approx(88.67, abs=0.005)
    assert mixed["input_sha256"] == mean["input_sha256"]


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        ("juror,entry,score\nj,e,x\n", (), "table.csv: line 2: 'x' is no number"),
        ("ballot,entry,rank\nb,e,1\n", (), "table.csv: line 1: mean counts a grade or score, this table has a rank"),
        ("juror,entry,score\nj,e,1\n", ("--seed", "-1"), "--seed: -1 is not between 0 and"),
        (DEMO, ("--method", "schulze"), "festival.json: the dossier: it holds marks, which schulze does not count"),
    ],
)
def test_what_cannot_be_counted_is_said_in_one_line(tally, content, options, message):
    with pytest.raises(CommandError) as caught:
        tally(content, *options)

    assert message in str(caught.value)
    assert "\n" not in str(caught.value)

"""The demo week's awards: loaded twice, counted from the database, shown to the chair, counted from the file."""

import copy
import io
import json
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.forms import model_to_dict

from awards import models
from awards.jury import invariants as jury_books
from awards.models import Answer, Applicant, Call, Entry, EntryOnStage, Juror, Recusal, Round, Scorecard, Tally
from awards.results import invariants as result_books
from awards.results.board import board_of
from awards.results.dossier_file import write_dossier, write_result
from awards.results.standing import standing_of
from festival.demo import awards as loader
from festival.importing.faults import Fault
from festival.models import AuditEntry, Phase
from tests.conftest import demo_database
from tests.factories.awards import AFTER, at, first_round
from tests.factories.festival import EditionFactory
from tests.factories.guards import unguard
from tests.factories.program import SessionFactory
from tests.remembered import remembered

pytestmark = pytest.mark.week

DEMO = Path(__file__).parents[3] / "festival" / "demo" / "festival.json"
PHASES = {
    "call-projects": ("2026-12-01T10:00", "2027-02-28T23:59:59"),
    "jury-round-1": ("2027-03-15T09:00", "2027-04-05T23:59:59"),
    "finalists": ("2027-04-08T11:00", "2027-04-08T11:00"),
    "public-vote": ("2027-04-19T10:00", "2027-05-04T23:59:59"),
}
RESULT = {"missing", "public_from"}
MODELS = [apps.get_model("awards", name) for name in models.__all__]


@pytest.fixture(scope="module")
def data():
    return json.loads(DEMO.read_text(encoding="utf-8"))


@pytest.fixture
@remembered
def edition(db):
    return prepared()


def prepared():
    """Make what the loader finds: the edition, its phases, the session of the finalists."""
    edition = EditionFactory(slug="2027")
    for slug, (opens, closes) in PHASES.items():
        Phase.objects.create(edition=edition, slug=slug, opens=at(opens), closes=at(closes))
    SessionFactory(slug="finalistes-sur-scene", section__edition=edition)
    return edition


@pytest.fixture(scope="module")
def loaded(empty_template, data, django_db_blocker, tmp_path_factory):
    """The path of a database into which the awards were loaded once."""
    folder = tmp_path_factory.mktemp("loaded")
    with demo_database(empty_template, folder, django_db_blocker):
        prepared()
        loader.load(data, lambda line: None)
    return folder / "demo.sqlite3"


@pytest.fixture
def call(loaded, django_db_blocker, tmp_path):
    """The loaded call, in a copy that this test may change."""
    with demo_database(loaded, tmp_path, django_db_blocker):
        yield Call.objects.get()


def test_loaded_cards_give_the_expected_results_row_by_row(call, data):
    standing = standing_of(first_round(call))
    written = write_result(standing.dossier, standing.result)
    expected = data["awards"]["expected_results"]
    rows = [{key: value for key, value in row.items() if key != "uuid"} for row in written["by_project"]]
    assert sorted(rows, key=slug) == sorted(expected["by_project"], key=slug)
    assert written["finalists"] == expected["finalists"]
    assert written["ties"] == [expected["tie"]]


def slug(row):
    return row["project"]


def test_chair_sees_the_expected_results_row_by_row(call, data):
    board = board_of(first_round(call), now=AFTER)
    names = [item.slug for item in board.criteria]
    shown = {
        line.entry.slug: (
            table.category.slug,
            line.row.cards,
            float(line.score),
            float(line.means[names.index("impact")]),
            float(line.means[names.index("communaute")]),
            line.row.rank,
            line.row.is_finalist,
        )
        for table in board.tables
        for line in (*table.ranked, *table.others)
    }
    keys = ("category", "valid_evaluations", "score_100", "mean_impact", "mean_communaute", "rank", "finalist")
    assert shown == {
        row["project"]: tuple(row[key] for key in keys) for row in data["awards"]["expected_results"]["by_project"]
    }


def test_frozen_result_has_the_expected_finalists(call, data):
    finalists = Tally.objects.get(method="mean").rows.filter(is_finalist=True).values_list("entry__slug", flat=True)
    assert list(finalists) == data["awards"]["expected_results"]["finalists"]


def test_load_twice_changes_nothing(call, data):
    before = [list(model.objects.order_by("pk").values()) for model in MODELS]
    loader.load(data, lambda line: None)
    assert [list(model.objects.order_by("pk").values()) for model in MODELS] == before
    assert jury_books.violations() == result_books.violations() == []


def test_load_keeps_what_was_written_since(call, data):
    unguard()  # the round was frozen with it
    Scorecard.objects.filter(state="draft").update(comment="Mon avis d’hier soir.")
    loader.load(data, lambda line: None)
    assert Scorecard.objects.filter(comment="Mon avis d’hier soir.").exists()


def test_load_keeps_the_hard_cases(call):
    by_state = {state: Scorecard.objects.filter(state=state).count() for state in ("draft", "submitted", "voided")}
    assert by_state == {"draft": 1, "submitted": 69, "voided": 1}
    assert Recusal.objects.get(when="declared_after").juror.slug == "sven-erik-lindqvarn"
    assert Entry.objects.get(slug="metier-a-tisser-libre").state == "withdrawn"
    assert Entry.objects.get(slug="soleil-de-poche").state == "ineligible"
    assert Juror.objects.get(is_chair=True).user.email == "marguerite-delahousse-naim@jury.example.org"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda awards: awards["projects"][2].update(category="nowhere"), "awards.projects[2].category"),
        (lambda awards: awards["projects"][2].update(category="public"), "awards.projects[2].category"),
        (lambda awards: awards["projects"][0].update(status="lost"), "awards.projects[0].status"),
        (lambda awards: awards["projects"][0].update(legal_form="guild"), "awards.projects[0].legal_form"),
        (lambda awards: awards["assignments"][1]["jurors"].append("nobody"), "awards.assignments[1].jurors[3]"),
        (lambda awards: awards["recusals"][3].update(project="nothing"), "awards.recusals[3].project"),
        (lambda awards: awards["sample_evaluations"][5]["scores"].update(impact=9), "awards.sample_evaluations[5]"),
        (lambda awards: awards["sample_evaluations"][4].update(juror="nobody"), "awards.sample_evaluations[4]"),
    ],
)
def test_load_wrong_file_names_the_place(edition, data, change, path):
    wrong = copy.deepcopy(data)
    change(wrong["awards"])
    with pytest.raises(Fault, match=path.replace("[", r"\[")):
        loader.load(wrong, lambda line: None)


def test_load_without_its_phases_names_the_place(db, data):
    EditionFactory(slug="2027")
    with pytest.raises(Fault, match=r"edition\.phases"):
        loader.load(data, lambda line: None)


# The command ---------------------------------------------------------------------------------------------------------


def tally(*arguments):
    out = io.StringIO()
    call_command("tally", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_tally_json_is_the_expected_result_and_always_the_same_bytes(data):
    printed = tally(DEMO, "--json")
    written = json.loads(printed)
    expected = data["awards"]["expected_results"]
    assert sorted(written["by_project"], key=slug) == sorted(expected["by_project"], key=slug)
    assert written["finalists"] == expected["finalists"]
    assert tally(DEMO, "--json") == printed


def test_tally_takes_the_awards_part_alone(data, tmp_path):
    part = tmp_path / "awards.json"
    part.write_text(json.dumps(data["awards"]), encoding="utf-8")
    assert tally(part, "--json") == tally(DEMO, "--json")


def test_tally_recounts_the_dossier_of_a_frozen_result(call, tmp_path):
    frozen = Tally.objects.get(method="mean")
    dossier = tmp_path / "dossier.json"
    dossier.write_text(json.dumps(write_dossier(model_to_dict(frozen))), encoding="utf-8")
    written = json.loads(tally(dossier, "--json"))
    assert written["input_sha256"] == frozen.input_sha256
    assert written["finalists"] == list(frozen.rows.filter(is_finalist=True).values_list("entry__slug", flat=True))


def test_tally_prints_a_table():
    lines = tally(DEMO).splitlines()
    assert lines[1].split() == ["chambre-damis", "consommer", "3", "90.333", "1", "1"]
    assert lines[-2].startswith("finalists: chambre-damis, la-perceuse-du-palier, ")
    assert lines[-1] == "tie in financer: semis, heure-pour-heure, decided by mean_impact"


@pytest.mark.parametrize(
    ("content", "message"),
    [("{", "Expecting"), ("{}", "'criteria' is missing"), ('{"input": {}}', "'format' is missing")],
)
def test_tally_unreadable_file_says_why(tmp_path, content, message):
    file = tmp_path / "wrong.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=message):
        tally(file)


def test_tally_missing_file_says_why(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        tally(tmp_path / "nothing.json")


@pytest.mark.parametrize(
    "content", [b"[1]", b'{"awards": [1]}', b'{"awards": {"tie_break": 5}}', b"{", b"\xff\xfe", b"{}"]
)
def test_a_file_that_is_no_contest_is_refused_in_a_sentence(tmp_path, content):
    file = tmp_path / "file.json"
    file.write_bytes(content)

    with pytest.raises(CommandError, match=r"file\.json: "):
        call_command("tally", str(file))


@pytest.fixture
def edited(call, tmp_path):
    """Return a function that writes the dossier of the demo's frozen result, changed by hand."""

    def write(change):
        content = write_dossier(model_to_dict(Tally.objects.get(method="mean")))
        change(content)
        file = tmp_path / "edited.json"
        file.write_text(json.dumps(content), encoding="utf-8")
        return file

    return write


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda content: content["input"]["cards"].pop(), r"input: this is not what was frozen"),
        (lambda content: content["input"]["preferences"].append(["a", "b"]), r"input: this is not what was frozen"),
        (lambda content: content["names"].update({next(iter(content["names"])): "winner"}), r"names: this is not"),
        (lambda content: content.pop("input_sha256"), r"'input_sha256' is missing"),
        (lambda content: content.update(format=1), r"format: 1 is not 3"),
    ],
)
def test_tally_refuses_an_edited_dossier_in_one_line(edited, change, message):
    with pytest.raises(CommandError, match=message) as caught:
        tally(edited(change))
    assert "\n" not in str(caught.value)
    assert caught.value.returncode == 1


def test_a_renamed_project_leaves_its_frozen_result_provable(call, tmp_path):
    frozen = Tally.objects.get(method="mean")
    before = frozen.rows.filter(is_finalist=True).values_list("entry__uuid", flat=True)
    finalists = [str(uuid) for uuid in before]
    Entry.objects.filter(slug="chambre-damis").update(slug="chambre-d-ami")
    call.categories.filter(slug="financer").update(slug="argent")
    Juror.objects.filter(is_chair=True).update(slug="presidence")
    assert result_books.violations() == []
    assert standing_of(first_round(call)).result.finalists == tuple(finalists)
    file = tmp_path / "dossier.json"
    file.write_text(json.dumps(write_dossier(model_to_dict(frozen))), encoding="utf-8")
    written = json.loads(tally(file, "--method", "mean", "--json"))
    assert [row["uuid"] for row in written["by_project"] if row["finalist"]] == finalists
    assert "chambre-damis" in written["finalists"]  # as it was called that day


def test_load_brings_applicants_answers_and_the_finalists_on_stage(call, data):
    perceuse = Entry.objects.get(slug="la-perceuse-du-palier")
    assert perceuse.applicant.email == "la-perceuse-du-palier@candidature.example.org"
    assert Applicant.objects.count() == 26
    assert Answer.objects.get(entry=perceuse, question__slug="origine").value == "village"
    on_stage = EntryOnStage.objects.filter(session__slug="finalistes-sur-scene")
    finalists = set(data["awards"]["expected_results"]["finalists"])
    assert set(on_stage.values_list("entry__slug", flat=True)) == finalists
    assert list(Round.objects.values_list("order", "kind", "mode")) == [(1, "jury", "score"), (2, "public", "grade")]


def test_the_public_gave_its_prize_to_whom_the_file_expects(call, data):
    vote = data["awards"]["public_vote"]
    tally = Tally.objects.get(round__kind="public")
    rows = list(tally.rows.select_related("entry", "category").order_by("place"))

    assert (rows[0].entry.slug, rows[0].rank, rows[0].category.by_public_vote) == (vote["expected_winner"], 1, True)
    assert [row.rank for row in rows].count(1) == 1
    assert {row.entry.slug for row in rows} == set(vote["sample_counts"])
    best = {row.entry.slug: int(row.means["profile"].split()[-1]) for row in rows}
    order = sorted(vote["sample_counts"], key=vote["sample_counts"].get)
    assert [best[slug] for slug in order] == sorted(best.values())


def test_load_records_what_was_done_and_no_mark(call):
    verbs = Counter(AuditEntry.objects.values_list("verb", flat=True))
    assert verbs["scorecard.submitted"] == 70
    assert verbs["recusal.declared"] == 5
    assert verbs["result.frozen"] == 1
    assert verbs["assignment.made"] == 72
    facts = [
        key
        for row in AuditEntry.objects.exclude(verb__startswith="answer").values_list("facts", flat=True)
        for key in row
    ]
    told = {"round", "juror", "entry", "version", "when", "cards", "input_sha256", "finalists", "ballots", "source"}
    told |= {"decision", "prize", "mails", "publish_at", "tell_at", "prizes", "step", "comment", "place"}
    told |= {"category", "sha256", "member", "void"}
    assert set(facts) <= told | RESULT

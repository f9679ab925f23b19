"""A festival file and the file of a frozen result, read without a database; `test_tally` has the demo's."""

import copy
import json

import pytest

from awards.exceptions import MalformedDossier
from awards.results.dossier import Card, Preference, Rubric, fingerprint, to_dict
from awards.results.dossier_file import read_dossier, write_dossier, write_result
from awards.results.tally import CODE_VERSION, count

AWARDS = {
    "categories": [{"id": "making"}],
    "criteria": [{"id": "impact", "weight": 60}, {"id": "spread", "weight": 40}],
    "scale": [{"value": 0}, {"value": 5}],
    "tie_break": ["mean_impact", "chair_vote"],
    "finalists_per_category": 1,
    "projects": [
        {"id": "a", "category": "making", "status": "submitted"},
        {"id": "b", "category": "making", "status": "withdrawn"},
    ],
    "sample_evaluations": [
        {"project": "a", "juror": "j1", "status": "submitted", "scores": {"impact": 4, "spread": 3}},
        {"project": "b", "juror": "j1", "status": "draft", "scores": {"impact": 4, "spread": None}},
        {"project": "b", "juror": "j2", "status": "voided_recusal", "scores": {"impact": 1, "spread": 1}},
        {"project": "a", "juror": "j2", "status": "draft", "scores": {}},
    ],
    "recusals": [{"juror": "j2", "project": "b"}],
    "casting_votes": [{"entry": "a", "other": "b"}],
}


def test_a_festival_file_says_who_wrote_what():
    dossier = read_dossier({"awards": AWARDS})

    assert dossier.rubric == Rubric({"impact": 60, "spread": 40}, 5, ("impact",), 1)
    assert [(item.entry, item.in_contest) for item in dossier.candidates] == [("a", True), ("b", False)]
    assert dossier.cards == (
        Card("a", "j1", {"impact": 4, "spread": 3}),
        Card("b", "j1", {"impact": 4}, "draft"),
        Card("b", "j2", {"impact": 1, "spread": 1}, "voided"),
    )
    assert dossier.recusals == {("j2", "b")}
    assert dossier.preferences == (Preference("a", "b"),)
    assert read_dossier(AWARDS) == dossier


def frozen(names=None):
    given, names = to_dict(read_dossier(AWARDS)), names or {}
    columns = {"method": "mean", "code_version": CODE_VERSION, "input": given, "names": names}
    return write_dossier(columns | {"input_sha256": fingerprint(given), "names_sha256": fingerprint(names)})


def test_a_frozen_file_is_read_back():
    dossier = read_dossier(json.loads(json.dumps(frozen({"a": "Atelier"}))))

    assert to_dict(dossier) == to_dict(read_dossier(AWARDS))
    assert dossier.name("a") == "Atelier"


@pytest.mark.parametrize(
    ("place", "value", "path"),
    [
        (("format",), 1, "format"),
        (("input", "rubric", "top"), 6, "input"),
        (("names",), {"a": "Autre"}, "names"),
        (("input",), 7, "input"),
    ],
)
def test_an_edited_frozen_file_is_refused(place, value, path):
    data = copy.deepcopy(frozen())
    target = data
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = value

    with pytest.raises(MalformedDossier) as caught:
        read_dossier(data)

    assert str(caught.value).startswith(path)


@pytest.mark.parametrize(
    ("broken", "path"),
    [
        ({}, "the dossier"),
        ([], "the dossier"),
        (AWARDS | {"projects": 7}, "the dossier"),
        (
            AWARDS
            | {"sample_evaluations": [{"project": "a", "juror": "j", "status": "lost", "scores": {"impact": 1}}]},
            "awards.sample_evaluations[0].status",
        ),
    ],
)
def test_another_shape_is_refused_with_its_place(broken, path):
    with pytest.raises(MalformedDossier) as caught:
        read_dossier(broken)

    assert str(caught.value).startswith(path)


def test_a_result_is_written_in_the_names_that_people_read():
    dossier = read_dossier(frozen({"a": "Atelier", "making": "Fabriquer", "impact": "utilite"}))

    written = write_result(dossier, count(dossier))

    assert written["finalists"] == ["Atelier"]
    assert written["by_project"][0] == {
        "project": "Atelier", "uuid": "a", "category": "Fabriquer", "valid_evaluations": 1, "score_100": 72.0,
        "mean_utilite": 4.0, "eligible": True, "rank": 1, "finalist": True,
    }  # fmt: skip
    assert written["by_project"][1]["project"] == "b"
    assert written["by_project"][1]["score_100"] is None


@pytest.mark.parametrize(("marks", "decided_by"), [((3, 4), "mean_utilite"), ((4, 3), "chair_vote")])
def test_a_tie_says_what_decided(marks, decided_by):
    """With equal weights 4 + 3 is 3 + 4: the mean of the first criterion decides, or else the chair."""
    criteria = [{"id": "impact", "weight": 50}, {"id": "spread", "weight": 50}]
    projects = [{"id": name, "category": "making", "status": "submitted"} for name in "ab"]
    impact, spread = marks
    cards = [
        {"project": "a", "juror": "j", "status": "submitted", "scores": {"impact": 4, "spread": 3}},
        {"project": "b", "juror": "j", "status": "submitted", "scores": {"impact": impact, "spread": spread}},
    ]
    dossier = read_dossier(
        AWARDS | {"criteria": criteria, "projects": projects, "sample_evaluations": cards, "recusals": []}
    )
    named = read_dossier(
        write_dossier(
            {"method": "mean", "code_version": CODE_VERSION, "input": to_dict(dossier), "names": {"impact": "utilite"}}
            | {"input_sha256": fingerprint(to_dict(dossier)), "names_sha256": fingerprint({"impact": "utilite"})}
        )
    )

    assert write_result(named, count(named))["ties"] == [
        {"category": "making", "projects": ["a", "b"], "decided_by": decided_by}
    ]

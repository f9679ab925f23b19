"""A festival file and the file of a frozen result, read without a database; `test_tally` has the demo's."""

import copy
import json
import unicodedata

import pytest

from awards.counting import answers
from awards.exceptions import MalformedDossier
from awards.results.dossier import Card, Preference, Rubric, fingerprint, to_dict
from awards.results.dossier_file import own_parts, parse, read_dossier, write_dossier, write_result, write_rows
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
CARD = AWARDS["sample_evaluations"][0]


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
    columns = {"method": given["method"], "code_version": CODE_VERSION, "input": given, "names": names}
    columns |= {"seed": 1, "parameters": {}}
    return write_dossier(columns | {"input_sha256": fingerprint(given), "names_sha256": fingerprint(names)})


def test_a_frozen_file_is_read_back():
    dossier = read_dossier(json.loads(json.dumps(frozen({"a": "Atelier"}))))

    assert to_dict(dossier) == to_dict(read_dossier(AWARDS))
    assert dossier.name("a") == "Atelier"


@pytest.mark.parametrize(
    ("place", "value", "path"),
    [
        (("format",), 2, "format"),
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
        (AWARDS | {"sample_evaluations": [*AWARDS["sample_evaluations"], CARD | {"juror": 7}]}, "cards"),
        (AWARDS | {"sample_evaluations": [*AWARDS["sample_evaluations"], CARD | {"project": None}]}, "cards"),
        (AWARDS | {"sample_evaluations": [CARD | {"juror": ["j1"]}]}, "cards"),
        (AWARDS | {"categories": [{"id": "making"}, {"id": True}]}, "categories"),
        (AWARDS | {"recusals": [{"juror": "j2", "project": 2.5}]}, "recusals"),
        (AWARDS | {"recusals": [{"juror": {}, "project": "b"}]}, "the dossier"),
        (AWARDS | {"casting_votes": [{"entry": "a", "other": None}]}, "preferences"),
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
            | {"seed": 1, "parameters": {}}
            | {"input_sha256": fingerprint(to_dict(dossier)), "names_sha256": fingerprint({"impact": "utilite"})}
        )
    )

    assert write_result(named, count(named))["ties"] == [
        {"category": "making", "projects": ["a", "b"], "decided_by": decided_by}
    ]


# Edited files --------------------------------------------------------------------------------------------------------


def file_of(data=None):
    return json.dumps(data or frozen({"a": "Atelier"}), ensure_ascii=False, indent=2)


def read(content):
    return read_dossier(parse(content if isinstance(content, bytes) else content.encode()))


def test_the_same_content_in_another_order_with_other_blanks_or_a_mark_is_the_same():
    data = frozen({"a": "Atelier", "b": "Étal"})
    turned = {key: data[key] for key in reversed(data)}
    turned["input"] = {key: data["input"][key] for key in reversed(data["input"])}
    for content in (json.dumps(turned), file_of(data), "\ufeff" + file_of(data), file_of(data).replace("\n", "\r\n")):
        assert to_dict(read(content)) == to_dict(read_dossier(data))
    assert read(json.dumps(data, ensure_ascii=True)).name("b") == "Étal"


EDITS = {
    "another mark": ('"impact": 4', '"impact": 5'),
    "a mark as a fraction": ('"impact": 4', '"impact": 4.0'),
    "a mark with an exponent": ('"impact": 4', '"impact": 4e0'),
    "a mark as text": ('"impact": 4', '"impact": "4"'),
    "a mark that is true": ('"impact": 1', '"impact": true'),
    "a mark that is no number": ('"impact": 4', '"impact": NaN'),
    "a mark without end": ('"impact": 4', '"impact": Infinity'),
    "a mark of five thousand digits": ('"impact": 4', '"impact": ' + "4" * 5000),
    "a weight": ('"impact": 60', '"impact": 61'),
    "the number of finalists": ('"finalists_per_category": 1', '"finalists_per_category": 2'),
    "a state": ('"state": "voided"', '"state": "submitted"'),
    "another juror": ('"juror": "j2"', '"juror": "j3"'),
    "a name": ('"Atelier"', '"Autre"'),
    "a name written otherwise": ('"Atelier"', '"Ate\u200blier"'),
    "half a character": ('"Atelier"', '"\\ud800"'),
    "a hash": ('"input_sha256": "', '"input_sha256": "0'),
    "the method": ('"method": "mean"', '"method": "median"'),
    "another method of ours": ('"method": "mean"', '"method": "mixed"'),
    "the version of the rule": ('"code_version": "3.0"', '"code_version": "1.0"'),
    "the format": ('"format": 3', '"format": 4'),
    "something beside": ('"format": 3', '"winner": "b", "format": 3'),
    "a name twice": ('"top": 5', '"top": 6, "top": 5'),
    "the input twice": ('"format": 3', '"input": {}, "format": 3'),
    "a recusal less": ('"recusals": [\n      [\n        "j2",\n        "b"\n      ]\n    ]', '"recusals": []'),
    "no JSON": ("{", "["),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_file_is_refused_in_a_sentence(edit):
    before, after = EDITS[edit]
    content = file_of()
    assert before in content, "the edit must change something"
    with pytest.raises(MalformedDossier):
        read(content.replace(before, after, 1))


def test_a_removed_or_added_card_is_refused():
    for change in (lambda cards: cards.pop(), lambda cards: cards.append(cards[0] | {"juror": "new"})):
        data = frozen()
        change(data["input"]["cards"])
        with pytest.raises(MalformedDossier):
            read(file_of(data))


def test_letters_with_their_accents_apart_are_other_content():
    data = frozen({"a": "Étal"})
    with pytest.raises(MalformedDossier):
        read(unicodedata.normalize("NFD", file_of(data)))


def test_rows_are_those_of_a_table_with_the_ranks_of_the_rules():
    dossier = read_dossier(AWARDS)

    answer = write_rows(dossier, count(dossier))

    assert [(row["entry"], row["n"], row["rank"], row["raw_mean"]) for row in answer["rows"]] == [
        ("a", 1, 1, 72),
        ("b", 0, None, None),
    ]
    assert all(set(row) == set(answers.COLUMNS) for row in answer["rows"])
    assert (answer["method"], answer["agreement"]["kendall_w"]) == ("mean", None)


@pytest.mark.parametrize("content", [b"\xff\xfe{\x00", b"", b"[" * 100_000, b"null", b"3", b'{"a": "\\ud800"}'])
def test_what_is_no_file_of_ours_is_refused(content):
    with pytest.raises(MalformedDossier):
        read(content)


@pytest.mark.parametrize(
    "change",
    [
        {"criteria": [{"id": "impact", "weight": 60.5}, {"id": "spread", "weight": 40}]},
        {"criteria": [{"id": "impact", "weight": 60}, {"id": "impact", "weight": 40}]},
        {"finalists_per_category": True},
        {"scale": [{"value": 0}, {"value": 5.5}]},
        {"projects": [{"id": 1, "category": "making", "status": "submitted"}]},
        {
            "sample_evaluations": [
                {"project": "a", "juror": "j", "status": "submitted", "scores": {"impact": "4", "spread": 3}}
            ]
        },
    ],
)
def test_numbers_that_are_not_whole_and_twins_are_refused(change):
    with pytest.raises(MalformedDossier):
        count(read_dossier(AWARDS | change))


def test_the_file_of_a_frozen_result_without_a_part_is_refused_with_its_name():
    given = frozen()
    del given["code_version"]

    with pytest.raises(MalformedDossier) as refused:
        own_parts(given, {"approval"}, CODE_VERSION)

    assert "code_version" in str(refused.value)

"""What counts as an answer, by the kind of the question."""

import pytest
from hypothesis import given, strategies as st

from awards.application.rules import Asked, Condition, Fault, excluded, fault_of, length, visible
from awards.models import Question

LINE = {"label": "Outils", "cents": -120}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "Un atelier."),
        ("number", 0),
        ("choice", "a"),
        ("choices", ["a", "b"]),
        ("date", "2027-02-28"),
        ("link", "https://example.org/é"),
        ("video", "https://example.org/film"),
        ("file", "0b7b3f0e-0000-4000-8000-00000000000a"),
        ("budget", [LINE, {"label": "Dons", "cents": 0}]),
    ],
)
def test_fault_of_a_good_answer_is_none(kind, value):
    assert fault_of(value, Asked(kind, is_required=True, options=("a", "b"))) is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", 3),
        ("text", ["a"]),
        ("number", "3"),
        ("number", 3.5),
        ("number", True),
        ("choice", ["a"]),
        ("choices", "a"),
        ("choices", [1]),
        ("date", "28/02/2027"),
        ("date", "2027-02-30"),
        ("date", 20270228),
        ("link", "javascript:alert(1)"),
        ("link", "ftp://example.org"),
        ("link", "https://"),
        ("link", "https://[half"),
        ("link", 5),
        ("file", "../etc/passwd"),
        ("file", 5),
        ("budget", {"label": "x", "cents": 1}),
        ("budget", ["x"]),
        ("budget", [{"label": "x"}]),
        ("budget", [LINE | {"cents": "12"}]),
        ("budget", [LINE | {"cents": True}]),
        ("budget", [LINE | {"label": 5}]),
    ],
)
def test_fault_of_another_kind(kind, value):
    assert fault_of(value, Asked(kind, options=("a",))) == Fault.WRONG_KIND


@pytest.mark.parametrize("value", [None, "", []])
@pytest.mark.parametrize(("is_required", "fault"), [(True, Fault.MISSING), (False, None)])
def test_fault_of_nothing(value, is_required, fault):
    assert fault_of(value, Asked("text", is_required=is_required)) == fault


@pytest.mark.parametrize(("kind", "value"), [("choice", "c"), ("choices", ["a", "c"])])
def test_fault_of_what_was_not_to_choose(kind, value):
    assert fault_of(value, Asked(kind, options=("a", "b"))) == Fault.NOT_AN_OPTION


@pytest.mark.parametrize(
    ("text", "unit", "limit", "fault"),
    [
        ("un deux trois", "words", 3, None),
        ("un deux trois quatre", "words", 3, Fault.TOO_LONG),
        ("abc", "characters", 3, None),
        ("abcd", "characters", 3, Fault.TOO_LONG),
    ],
)
def test_fault_of_a_long_text(text, unit, limit, fault):
    assert fault_of(text, Asked("text", limit=limit, unit=unit)) == fault


def test_fault_of_an_unknown_kind_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="poem"):
        fault_of("x", Asked("poem"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("  Vraiment\N{NARROW NO-BREAK SPACE}!  ", 1),
        ("l’atelier d’à côté", 3),
        ("Oui – vraiment — oui", 3),
        ("porte-monnaie", 1),
        ("prêt\nretour\r\nprêt", 3),
        ("12\N{NO-BREAK SPACE}€", 1),
        ("日本 語", 2),
    ],
)
def test_length_in_words(text, words):
    assert length(text, "words") == words


def test_length_counts_a_line_break_of_a_browser_once():
    assert length("a\r\nb", "characters") == length("a\nb", "characters") == 3


@given(st.text(), st.text())
def test_length_never_shrinks_when_more_is_written(text, more):
    assert length(f"{text} {more}", "words") >= length(text, "words")


def test_every_kind_of_question_has_a_rule():
    for kind in Question.Kind.values:
        assert fault_of(object(), Asked(kind)) == Fault.WRONG_KIND


@pytest.mark.parametrize(
    ("value", "fault"),
    [(2, Fault.TOO_SMALL), (3, None), (5, None), (6, Fault.TOO_LARGE), (0, Fault.TOO_SMALL), (-1, Fault.TOO_SMALL)],
)
def test_fault_of_a_number_out_of_its_range(value, fault):
    assert fault_of(value, Asked("number", least=3, most=5)) == fault
    assert fault_of(value, Asked("number")) is None


CHAIN = {
    "held": Condition(),
    "where": Condition(question="held", options=("yes", "soon")),
    "rent": Condition(question="where", options=("town",)),
    "tools": Condition(categories=("making",)),
    "lost": Condition(question="gone", options=("yes",)),
    "snake": Condition(question="tail", options=("a",)),
    "tail": Condition(question="snake", options=("a",)),
}


@pytest.mark.parametrize(
    ("answers", "category", "more"),
    [
        ({}, "care", set()),
        ({}, "making", {"tools"}),
        ({"held": "no"}, "care", set()),
        ({"held": "yes"}, "care", {"where"}),
        ({"held": ["no", "soon"]}, "care", {"where"}),
        ({"held": "yes", "where": "town"}, "care", {"where", "rent"}),
        ({"held": "no", "where": "town"}, "care", set()),
        ({"gone": "yes", "snake": "a", "tail": "a"}, "care", set()),
        ({"held": 3}, "care", set()),
        ({"held": [["yes"]]}, "care", set()),
    ],
)
def test_visible_follows_answers_that_are_asked_for(answers, category, more):
    assert visible(CHAIN, answers, category) == {"held"} | more


NAMES = st.sampled_from("abcd")
SETS = st.sets(NAMES)
CONDITIONS = st.dictionaries(NAMES, st.builds(Condition, SETS, st.sampled_from(["", *"abcd"]), SETS))
ANSWERS = st.dictionaries(NAMES, st.one_of(st.none(), NAMES, st.lists(NAMES)))


@given(CONDITIONS, ANSWERS, NAMES)
def test_visible_ends_and_forgets_what_is_hidden(conditions, answers, category):
    shown = visible(conditions, answers, category)
    kept = {name: value for name, value in answers.items() if name in shown}
    assert shown <= set(conditions)
    assert visible(conditions, kept, category) == shown
    assert visible(dict(reversed(conditions.items())), answers, category) == shown


@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [
        ("choice", "no", {"no"}),
        ("choice", "yes", set()),
        ("choices", ["yes", "no"], {"no"}),
        ("choices", None, set()),
        ("text", "no", set()),
    ],
)
def test_excluded_names_the_options(kind, value, found):
    assert excluded(value, Asked(kind, options=("yes", "no"), excluding=("no",))) == found

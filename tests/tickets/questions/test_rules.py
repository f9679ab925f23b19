"""Which questions are asked, which answers count, what may change: tables, and thousands of invented questionnaires."""

import pytest
from hypothesis import given, strategies as st

from tickets.questions import rules
from tickets.questions.rules import Asked, Frozen, Meaning

ALLERGIC = Asked(1, is_required=True)
WHICH = Asked(2, is_required=True, parent=1, values=frozenset({"yes"}))
OTHER = Asked(3, is_required=True, parent=2, values=frozenset({"other", "nuts"}))
ALL = [ALLERGIC, WHICH, OTHER]


@pytest.mark.parametrize(
    ("typed", "kept", "missing"),
    [
        ({}, {}, [1]),
        ({1: "no"}, {1: "no"}, []),
        ({1: "yes"}, {1: "yes"}, [2]),
        ({1: "yes", 2: "milk"}, {1: "yes", 2: "milk"}, []),
        ({1: "yes", 2: "milk other"}, {1: "yes", 2: "milk other"}, [3]),
        ({1: "yes", 2: "nuts", 3: "hazel"}, {1: "yes", 2: "nuts", 3: "hazel"}, []),
        ({1: "no", 2: "other", 3: "left in the form"}, {1: "no"}, []),
        ({1: "yes", 2: "milk", 3: "left in the form"}, {1: "yes", 2: "milk"}, []),
        ({2: "other", 3: "x"}, {}, [1]),
        ({1: "", 2: "milk"}, {}, [1]),
    ],
)
def test_what_counts_and_what_is_missing(typed, kept, missing):
    counting = rules.kept(ALL, typed)

    assert counting == kept
    assert rules.missing(ALL, counting) == missing


def test_answers_that_stand_already_decide_too():
    assert rules.kept([WHICH], {2: "milk"}, {1: "yes"}) == {2: "milk"}
    assert rules.kept([WHICH], {2: "milk"}, {1: "no"}) == {}
    assert rules.missing([WHICH], {}, {1: "yes"}) == [2]


@st.composite
def questionnaires(draw):
    """Draw questions that depend on any other one, circles too, and what was typed."""
    count = draw(st.integers(1, 6))
    words = st.sampled_from(["", "a", "b", "a b"])
    questions = [
        Asked(
            pk,
            is_required=draw(st.booleans()),
            parent=draw(st.one_of(st.none(), st.integers(1, count + 1))),
            values=draw(st.frozensets(st.sampled_from("ab"), min_size=1)),
        )
        for pk in range(1, count + 1)
    ]
    return questions, {one.pk: draw(words) for one in questions}


@given(questionnaires())
def test_what_counts_was_typed_and_applies(drawn):
    questions, typed = drawn
    kept = rules.kept(questions, typed)

    assert kept.items() <= typed.items()
    assert "" not in kept.values()
    assert all(rules.applies(one, kept) for one in questions if one.pk in kept)
    assert rules.kept(questions, kept) == kept
    assert not set(rules.missing(questions, kept)) & set(kept)


@given(questionnaires())
def test_every_question_stands_once_and_after_its_parent(drawn):
    questions, _typed = drawn
    ordered = rules.in_order(questions)
    places = {one.pk: place for place, one in enumerate(ordered)}

    assert sorted(places) == sorted(one.pk for one in questions)
    parents = {one.pk: one.parent for one in questions}
    for one in questions:
        first = rules.ancestors(one.pk, parents)[-1]
        if one.parent in places and parents.get(first) not in places:  # no circle before it, which is cut anywhere
            assert places[one.parent] < places[one.pk]


def test_ancestors_end_where_a_circle_closes():
    assert rules.ancestors(3, {3: 2, 2: 1, 1: None}) == [3, 2, 1]
    assert rules.ancestors(1, {1: 2, 2: 1}) == [1, 2]
    assert rules.ancestors(None, {}) == []


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("06 12 34 56 78", "0612345678"),
        ("+33 (6) 12.34.56.78", "+33612345678"),
        ("0033 6 12-34-56-78", "+33612345678"),
        ("06\N{NO-BREAK SPACE}12\N{NO-BREAK SPACE}34\N{NO-BREAK SPACE}56\N{NO-BREAK SPACE}78", "0612345678"),
        ("112", None),
        ("no", None),
        ("+" + "1" * 16, None),
        ("٠٦١٢٣٤٥٦٧٨", None),
        ("=1+1", None),
    ],
)
def test_phone_numbers(typed, number):
    assert rules.phone(typed) == number


BEFORE = Meaning(
    kind="choice",
    subject="place",
    is_health=False,
    text={"fr": "Quel repas ?"},
    options={"vegan": {"fr": "Végan"}, "tout": {"fr": "De tout"}},
    products=frozenset({1, 2}),
)


def _changed(**fields):
    values = {name: getattr(BEFORE, name) for name in ("kind", "subject", "is_health", "text", "options", "products")}
    return Meaning(**(values | fields))


@pytest.mark.parametrize(
    ("after", "is_wording_only", "what"),
    [
        (BEFORE, False, None),
        (_changed(kind="choices"), True, Frozen.KIND),
        (_changed(subject="order"), True, Frozen.SUBJECT),
        (_changed(is_health=True), False, None),
        (_changed(options={"tout": {"fr": "De tout"}}), True, Frozen.OPTION),
        (_changed(options={"vegan": {"fr": "Végan"}}), False, None),  # nobody has chosen the other
        (_changed(options={"vegan": {"fr": "Vegan"}, "tout": {"fr": "De tout"}}), False, Frozen.WORDING),
        (_changed(options={"vegan": {"fr": "Vegan"}, "tout": {"fr": "De tout"}}), True, None),
        (_changed(text={"fr": "Quel dîner ?"}), False, Frozen.WORDING),
        (_changed(text={"fr": "Quel repas ?", "en": "Which meal?"}), False, None),
        (_changed(text={}), False, Frozen.WORDING),
        (_changed(products=frozenset({1, 3})), False, None),
        (_changed(products=frozenset({3})), True, Frozen.PRODUCT),
    ],
)
def test_what_may_change_once_there_are_answers(after, is_wording_only, what):
    refused = rules.refuse_change(
        BEFORE, after, chosen={"vegan", "gone long ago"}, answered_by={1}, is_wording_only=is_wording_only
    )

    assert refused is what


def test_a_question_about_health_stays_one():
    health = _changed(is_health=True)
    assert rules.refuse_change(health, BEFORE, chosen=(), answered_by=(), is_wording_only=True) is Frozen.HEALTH


def test_each_thing_that_was_chosen_is_counted():
    assert rules.count(["milk nuts", "milk", ""]) == {"milk": 2, "nuts": 1}


def test_a_file_is_its_key_and_its_name():
    answer = rules.file_answer("0" * 32, "carte de Zoé.pdf")

    assert (rules.file_key(answer), rules.file_name(answer)) == ("0" * 32, "carte de Zoé.pdf")

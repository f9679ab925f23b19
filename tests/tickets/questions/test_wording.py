"""Answers and questions in words."""

import pytest
from django.utils.translation import override

from tests.factories.tickets import LineFactory
from tests.tickets.questions.conftest import answered, ask
from tickets.questions import queries, wording
from tickets.questions.faults import AnswersInTheWay
from tickets.questions.rules import Frozen

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("line", "a", "a"),
        ("yes_no", "yes", "Oui"),
        ("yes_no", "no", "Non"),
        ("date", "2027-05-06", "jeudi 6\N{NO-BREAK SPACE}mai\N{NO-BREAK SPACE}2027"),
        ("country", "DE", "Allemagne"),
        ("age", "1", "1 an"),
        ("age", "7", "7 ans"),
        ("file", "0" * 32 + " carte de Zoé.pdf", "carte de Zoé.pdf"),
        ("choice", "vegan", "Vegan"),
        ("choices", "vegan tout", "Vegan, Tout"),
        ("choices", "vegan gone", "Vegan, gone"),
    ],
)
def test_every_kind_of_answer_is_read(lunch, kind, value, said):
    question = ask(lunch, "it", kind, options=("tout", "vegan"))
    assert wording.shown(question, value) == said


def test_an_answer_is_told_as_it_was_asked(lunch, diet):
    answer = answered(diet, LineFactory(product=lunch, kind="addon"), "vegan")
    diet.text = {"fr": "Autrement"}
    diet.save()
    answer.refresh_from_db()

    assert wording.answered(answer) == ("Question regime", "Vegan")


@pytest.mark.parametrize(
    ("kind", "limits", "said"),
    [
        ("number", {"lowest": 1, "highest": 3}, "De 1 à 3."),
        ("number", {"lowest": 1}, "1 ou plus."),
        ("number", {"highest": 3}, "3 au plus."),
        ("number", {}, ""),
        ("file", {}, "PDF, JPEG ou PNG, 5\N{NO-BREAK SPACE}Mo au plus. Seule l’équipe l’ouvre."),
    ],
)
def test_what_is_taken_stands_below_the_field(lunch, kind, limits, said):
    ask(lunch, "it", kind, help={"fr": "Aide."}, **limits)
    (facts,) = queries.questions_of(lunch.edition_id)

    assert wording.limits(facts) == said
    assert wording.hint(facts) == f"Aide. {said}".strip()


def test_a_condition_names_the_answers(lunch, diet, allergies):
    either = ask(lunch, "autre", depends_on=diet, depends_values=["tout", "vegan"])
    after = ask(lunch, "encore", depends_on=allergies, depends_values=["no"])
    facts = {one.slug: one for one in queries.questions_of(lunch.edition_id)}

    with override("en"):
        assert wording.condition(facts[either.slug], facts["regime"]) == "Only if you said “Tout” or “Vegan”:"
        assert wording.condition(facts[after.slug], facts["allergies"]) == "Only if you said “No”:"


@pytest.mark.parametrize("what", Frozen)
def test_every_refusal_says_what_stays_and_what_to_do(what):
    said = wording.refusal(AnswersInTheWay(what=what, answers=2))

    assert "2 réponses" in said
    assert wording.goes_in_circles() != wording.never_asked()

"""The list says in plain words what is missing before a call can open."""

import datetime as dt

import pytest

from awards.models import Call, Question, QuestionOption
from awards.staging.making import make_usual_rounds
from awards.staging.readiness import checks, is_ready
from festival.core.audit import Actor
from tests.factories.awards import BEFORE, CallFactory, QuestionFactory, at, rubric
from tests.factories.festival import EditionFactory

pytestmark = pytest.mark.django_db
EARLY = at("2026-11-01T10:00")


def missing(call, now=EARLY):
    return [line.what for line in checks(call, now) if line.missing]


@pytest.fixture
def empty():
    return Call.objects.create(
        edition=EditionFactory(), slug="vide", name="Vide", opens=at("2026-12-01T10:00"), closes=at("2027-02-01T10:00")
    )


def test_an_empty_call_misses_everything_but_its_dates(empty):
    assert missing(empty) == ["Catégories", "Prix", "Règles", "Formulaire", "Grille", "Tours", "Conservation"]
    assert not is_ready(checks(empty, EARLY))


def test_a_call_is_ready_once_nothing_is_missing(empty):
    call = empty
    category = call.categories.create(slug="care", name="Soin")
    call.prizes.create(slug="care", name="Prix du soin", category=category)
    call.rules, call.retention_until = "Un.", dt.date(2028, 1, 1)
    QuestionFactory(call=call)
    call.save()
    rubric(call)
    make_usual_rounds(call_id=call.pk, actor=Actor("user:1"), now=EARLY)
    assert missing(call) == []
    assert is_ready(checks(call, EARLY))


def test_what_is_wrong_is_named():
    call = CallFactory(rules="Un.")
    late = call.rounds.get(order=1)
    late.opens = call.opens
    late.save()
    choice = QuestionFactory(call=call, label="Laquelle ?", kind=Question.Kind.CHOICE)
    lines = {line.what: line for line in checks(call, BEFORE)}
    assert "Laquelle ?" in lines["Réponses"].missing
    assert "Premier tour" in lines["Dates des tours"].missing
    assert lines["Échéance"].missing
    assert not is_ready(list(lines.values()))
    QuestionOption.objects.create(question=choice, slug="a", label="A")
    call.categories.update(is_closed=True)
    assert "Catégories" in missing(call)
    assert "Réponses" not in missing(call)

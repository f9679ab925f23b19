"""The list says in plain words what is missing before a call can open."""

import datetime as dt

import pytest

from awards.models import Call, Question, QuestionOption, Round
from awards.staging.making import make_usual_rounds
from awards.staging.readiness import checks, is_ready
from festival.core.audit import Actor
from tests.factories.awards import BEFORE, CallFactory, QuestionFactory, RoundFactory, at, rubric
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
    assert missing(call) == ["Vote du public"], "when its finalists and its outcome are public, nobody has said yet"
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


def test_what_the_public_vote_lacks_is_said(settings):
    call = CallFactory(rules="Un.")
    call.rounds.filter(kind=Round.Kind.PUBLIC).delete()
    assert not any(line.what == "Vote du public" for line in checks(call, BEFORE))
    vote = RoundFactory(
        call=call, order=5, kind=Round.Kind.PUBLIC, mode=Round.Mode.SCORE, voters="ticket", rubric=call.rubrics.first()
    )
    Round.objects.filter(pk=vote.pk).update(follows=None, announced_at=None)
    call.categories.filter(by_public_vote=True).delete()
    settings.VOTER_OF_TICKET = ""

    def said():
        return next(line.missing for line in checks(call, BEFORE) if line.what == "Vote du public")

    for words in ("de quel tour", "moment de son résultat", "jugement majoritaire", "Aucune catégorie", "boutique"):
        assert words in said()
    first = call.rounds.get(order=1)
    Round.objects.filter(pk=first.pk).update(announced_at=None)
    Round.objects.filter(pk=vote.pk).update(follows=first, announced_at=vote.closes)
    assert "ne sont jamais publics" in said()
    assert "avant sa fin" in said()
    Round.objects.filter(pk=first.pk).update(announced_at=vote.closes)
    assert "avant que ses finalistes" in said()

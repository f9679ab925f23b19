"""Answers are stored for questions that are asked now, once, and never wrong ones."""

import pytest

from awards.application.answering import answer, conditions_of, exclusions
from awards.exceptions import AnswerRefused
from awards.models import Answer, Question, QuestionOption
from festival.core.audit import Actor
from festival.models import AuditEntry
from tests.factories.awards import DURING, EntryFactory, QuestionFactory
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
APPLICANT = Actor("applicant:1")


def give(entry, question, value):
    return answer(entry_id=entry.pk, question_id=question.pk, value=value, actor=APPLICANT, now=DURING)


@pytest.fixture
@remembered
def entry():
    return EntryFactory()


def test_answer_is_stored_and_recorded_without_its_words(entry):
    question = QuestionFactory(call=entry.call)
    assert give(entry, question, "Un atelier.").value == "Un atelier."
    act = AuditEntry.objects.get()
    assert (act.verb, act.facts) == ("answer.saved", {"entry": str(entry.uuid), "question": str(question.uuid)})


def test_answer_again_replaces_and_the_same_again_writes_nothing(entry):
    question = QuestionFactory(call=entry.call)
    for value in ("Un.", "Deux.", "Deux."):
        give(entry, question, value)
    assert Answer.objects.get().value == "Deux."
    assert AuditEntry.objects.count() == 2


def test_answer_is_held_to_limit_and_options(entry):
    text = QuestionFactory(call=entry.call, limit=2, limit_unit="words")
    choice = QuestionFactory(call=entry.call, kind=Question.Kind.CHOICE)
    QuestionOption.objects.create(question=choice, slug="yes", label="Oui")
    for question, value, reason in ((text, "un deux trois", "too_long"), (choice, "no", "not_an_option")):
        with pytest.raises(AnswerRefused) as caught:
            give(entry, question, value)
        assert caught.value.reason == reason
    assert give(entry, choice, "yes").pk
    assert Answer.objects.count() == 1


def test_answer_to_a_question_that_is_not_asked_is_refused(entry):
    for question in (QuestionFactory(), QuestionFactory(call=entry.call, is_current=False)):
        with pytest.raises(AnswerRefused, match="not_asked"):
            give(entry, question, "x")


def test_an_answer_that_excludes_is_told_in_its_words_while_it_is_asked(entry):
    held = QuestionFactory(call=entry.call, slug="held", label="Portez-vous ce projet ?", kind=Question.Kind.CHOICE)
    QuestionOption.objects.create(question=held, slug="no", label="Non", excludes=True, exclusion="Il faut le porter.")
    QuestionOption.objects.create(question=held, slug="never", label="Jamais", excludes=True, sort_order=1)
    QuestionOption.objects.create(question=held, slug="yes", label="Oui", sort_order=2)
    questions = list(Question.objects.prefetch_related("options", "categories"))
    for value, found in (("no", ["Il faut le porter."]), ("never", ["Portez-vous ce projet ? Jamais"]), ("yes", [])):
        assert exclusions(questions, {"held": value}, "making") == found
    held.categories.add(entry.category)
    held.save()
    questions = list(Question.objects.prefetch_related("options", "categories"))
    assert conditions_of(questions)["held"].categories == ("making",)
    assert exclusions(questions, {"held": "no"}, "caring") == []


def test_a_number_is_held_to_its_range(entry):
    people = QuestionFactory(call=entry.call, kind=Question.Kind.NUMBER, least=2, most=9)
    with pytest.raises(AnswerRefused, match="too_large"):
        give(entry, people, 10)
    assert give(entry, people, 9).value == 9

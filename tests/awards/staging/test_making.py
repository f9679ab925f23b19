"""The usual rounds come by one button, rules are kept version by version, questions never change under answers."""

import itertools

import pytest

from awards.exceptions.staging import RoundsThere, RubricMissing, RulesKept
from awards.models import Question, QuestionOption, Round, RulesVersion
from awards.staging.making import answers_to, keep_rules, make_usual_rounds, renew
from festival.core.audit import Actor
from festival.models import AuditEntry
from tests.factories.applying import EntryFileFactory
from tests.factories.awards import DURING, AnswerFactory, CallFactory, EntryFactory, QuestionFactory, rubric

pytestmark = pytest.mark.django_db
OFFICE = Actor("user:1")


@pytest.fixture
def call():
    made = CallFactory()
    made.rounds.all().delete()
    return made


def test_usual_rounds_follow_each_other_after_the_close(call):
    made = make_usual_rounds(call_id=call.pk, actor=OFFICE, now=DURING)
    assert [judged.kind for judged in made] == [Round.Kind.JURY, Round.Kind.FINAL, Round.Kind.PUBLIC]
    assert [judged.follows for judged in made] == [None, made[0], made[1]]
    assert made[0].opens > call.closes
    assert all(before.closes <= after.opens for before, after in itertools.pairwise(made))
    assert [judged.rubric_id is not None for judged in made] == [True, True, False]
    assert made[0].name.as_dict() == {"fr": "Présélection", "en": "Shortlist"}
    for judged in made:
        judged.full_clean()
    assert AuditEntry.objects.get().verb == "call.rounds_made"


def test_usual_rounds_are_not_made_beside_others(call):
    make_usual_rounds(call_id=call.pk, actor=OFFICE, now=DURING)
    with pytest.raises(RoundsThere):
        make_usual_rounds(call_id=call.pk, actor=OFFICE, now=DURING)
    assert call.rounds.count() == 3


def test_usual_rounds_need_a_rubric(call):
    call.rubrics.all().delete()
    with pytest.raises(RubricMissing):
        make_usual_rounds(call_id=call.pk, actor=OFFICE, now=DURING)


def test_rules_are_kept_once_a_version(call):
    call.rules = "Un.\n\nDeux."
    call.save()
    kept = keep_rules(call=call, now=DURING)
    assert keep_rules(call=call, now=DURING) == kept
    call.rules = "Autre chose."
    with pytest.raises(RulesKept):
        keep_rules(call=call, now=DURING)
    call.rules_version = "1.1"
    keep_rules(call=call, now=DURING)
    assert {row.version: str(row.text) for row in RulesVersion.objects.all()} == {
        "1.0": "Un.\n\nDeux.",
        "1.1": "Autre chose.",
    }


@pytest.fixture
def held(call):
    made = QuestionFactory(call=call, slug="held", kind=Question.Kind.CHOICE, sort_order=4)
    QuestionOption.objects.create(question=made, slug="no", label="Non", excludes=True)
    made.categories.add(call.categories.get())
    made.save()
    return made


def test_a_question_without_answers_needs_no_new_version(held):
    assert renew(question_id=held.pk, actor=OFFICE, now=DURING) == held
    assert not AuditEntry.objects.exists()


def test_a_new_version_leaves_the_answers_where_they_are(held):
    answer = AnswerFactory(entry=EntryFactory(call=held.call), question=held, value="no")
    new = renew(question_id=held.pk, actor=OFFICE, now=DURING)
    held.refresh_from_db()
    answer.refresh_from_db()
    assert (answer.question, held.is_current, new.is_current) == (held, False, True)
    assert (new.slug, new.version, new.sort_order, new.kind) == ("held", 2, 4, "choice")
    assert new.uuid != held.uuid
    assert [(option.slug, option.excludes) for option in new.options.all()] == [("no", True)]
    assert list(new.categories.all()) == list(held.call.categories.all())
    assert renew(question_id=held.pk, actor=OFFICE, now=DURING) == new
    act = AuditEntry.objects.get()
    assert (act.verb, act.facts) == ("question.renewed", {"version": 2, "answers": 1})


def test_answers_to_counts_files_too(call):
    plan = QuestionFactory(call=call, kind=Question.Kind.FILE)
    EntryFileFactory(entry=EntryFactory(call=call), question=plan)
    assert answers_to(plan) == 1


def test_a_rubric_that_is_there_is_used(call):
    newest = rubric(call, version=2)
    assert make_usual_rounds(call_id=call.pk, actor=OFFICE, now=DURING)[0].rubric == newest

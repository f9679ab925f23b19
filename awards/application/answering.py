"""What applicants do with their form: answer a question; and what the form asks of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from awards.application.rules import Asked, Condition, excluded, fault_of, visible
from awards.exceptions import AnswerRefused
from awards.models import Answer, Entry, Question
from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing


def answer(*, entry_id: int, question_id: int, value: Any, actor: Actor, now: datetime) -> Answer:
    """Store what is answered to a question that is asked now; the same again writes nothing.

    Raises AnswerRefused when the value is no answer to it, or when the question is another call's or no longer asked.
    """
    with writing(public=False):
        entry = Entry.objects.select_for_update(of=("self",)).select_related("call__edition").get(pk=entry_id)
        question = Question.objects.current().filter(pk=question_id, call=entry.call_id).first()
        if question is None:
            raise AnswerRefused("not_asked")
        if fault := fault_of(value, asked(question)):
            raise AnswerRefused(fault)
        known = Answer.objects.filter(entry=entry, question=question).first()
        if known is not None and known.value == value:
            return known
        row = known or Answer(entry=entry, question=question)
        row.value, row.updated_at = value, now
        row.save()
        facts = {"entry": entry.uuid, "question": question.uuid}
        audit.record("answer.saved", row, actor=actor, at=now, facts=facts, edition=entry.call.edition)
    return row


def asked(question: Question) -> Asked:
    """Return the question as the rules see it."""
    options = list(question.options.all())
    return Asked(
        kind=question.kind,
        is_required=question.is_required,
        limit=question.limit,
        unit=question.limit_unit,
        options=tuple(option.slug for option in options),
        least=question.least,
        most=question.most,
        excluding=tuple(option.slug for option in options if option.excludes),
    )


def conditions_of(questions: Iterable[Question]) -> dict[str, Condition]:
    """Return when each question is asked, by short name; give questions with `options` and `categories` at hand."""
    return {
        question.slug: Condition(
            categories=tuple(category.slug for category in question.categories.all()),
            question=question.depends_on,
            options=tuple(question.depends_option_list),
        )
        for question in questions
    }


def shown_of(questions: Iterable[Question], answers: Mapping[str, Any], category: str) -> set[str]:
    """Return the short names of the questions that are asked of somebody who has answered so in that category."""
    return visible(conditions_of(questions), answers, category)


def exclusions(questions: Iterable[Question], answers: Mapping[str, Any], category: str) -> list[str]:
    """Return the sentences for the answers that exclude a project, in the form's order and the active language.

    `answers` are by short name; a question that is not asked excludes nobody.
    """
    asked_now = list(questions)
    shown = shown_of(asked_now, answers, category)
    return [
        str(option.exclusion) or f"{question.label} {option.label}"
        for question in asked_now
        if question.slug in shown
        for option in question.options.all()
        if option.slug in excluded(answers.get(question.slug), asked(question))
    ]

"""What applicants do with their form: answer a question."""

from datetime import datetime
from typing import Any

from awards.application.rules import Asked, fault_of
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
    return Asked(
        kind=question.kind,
        is_required=question.is_required,
        limit=question.limit,
        unit=question.limit_unit,
        options=tuple(question.options.values_list("slug", flat=True)),
    )

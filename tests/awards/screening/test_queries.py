"""The queue shows what waits first, what resembles it, what excludes it; and knows what holds and what was told."""

import pytest

from awards.entering.queries import standing_of
from awards.models import Entry, Question, QuestionOption, ScreeningLetter
from awards.screening.deciding import WAIT, decide, undo
from awards.screening.queries import due_letters, last_told, newest_of, queue
from tests.factories.awards import DURING, AnswerFactory, EntryFactory, QuestionFactory

pytestmark = pytest.mark.django_db


def test_queue_shows_what_waits_first_with_what_to_look_at(entry, screener, django_assert_num_queries):
    twin = EntryFactory(call=entry.call, title=entry.title, holder="Autre", state=Entry.State.SUBMITTED)
    EntryFactory(call=entry.call, state=Entry.State.DRAFT)
    held = QuestionFactory(call=entry.call, kind=Question.Kind.CHOICE)
    QuestionOption.objects.create(question=held, slug="no", label="Non", excludes=True, exclusion="Il faut le porter.")
    AnswerFactory(entry=entry, question=held, value="no")
    decide(entry_id=twin.pk, verdict="eligible", by=screener, now=DURING)
    with django_assert_num_queries(7):
        lines = queue(entry.call)
    assert [line.entry for line in lines] == [entry, twin]
    assert [(other.entry, other.shared) for other in lines[0].alike] == [(twin, ["title"])]
    assert lines[0].excluded == ["Il faut le porter."]
    assert (lines[0].standing, lines[1].standing.verdict, lines[1].excluded) == (None, "eligible", [])


def test_queue_tells_what_is_still_to_be_sent(entry, screener):
    decide(entry_id=entry.pk, verdict="eligible", by=screener, now=DURING)
    assert queue(entry.call)[0].letter.due_at == DURING + WAIT
    ScreeningLetter.objects.update(queued_at=DURING)
    assert queue(entry.call)[0].letter is None


def test_what_holds_and_what_was_told_are_two_things(entry, screener):
    assert (standing_of(entry.pk), last_told(entry.pk), newest_of(entry.pk)) == (None, "", None)
    made = decide(entry_id=entry.pk, verdict="eligible", by=screener, now=DURING)
    assert (standing_of(entry.pk), last_told(entry.pk)) == (made, "")
    assert due_letters(DURING) == []
    assert due_letters(DURING + WAIT) == [made.letter.pk]
    ScreeningLetter.objects.update(queued_at=DURING)
    gone = undo(entry_id=entry.pk, by=screener, now=DURING + WAIT)
    assert (standing_of(entry.pk), last_told(entry.pk), newest_of(entry.pk)) == (None, "eligible", gone)
    assert standing_of(entry.pk, at=made) == made

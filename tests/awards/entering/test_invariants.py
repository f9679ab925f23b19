"""The books of what was sent in find what does not fit."""

import pytest

from awards.entering.invariants import violations
from awards.entering.submitting import submit
from awards.models import Answer, Applicant, Entry, EntryFile, EntryMember, EntryRevision
from tests.factories.applying import WHILE_OPEN, EntryFileFactory, MemberFactory
from tests.factories.awards import AnswerFactory, EntryFactory, QuestionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


@pytest.fixture
def sent(entry, ada, sending):
    submit(entry_id=entry.pk, sending=sending(), by=ada, now=WHILE_OPEN)
    return entry


def test_sound_books_are_silent(sent):
    EntryRevision.objects.update(snapshot={"erased": True})
    assert violations() == []


def test_a_version_that_was_rewritten_or_is_missing_is_found(sent):
    EntryRevision.objects.update(snapshot={"facts": {}}, number=2)
    assert violations() == [
        f"Version 2 of project {sent.pk} does not follow the one before.",
        f"Version 2 of project {sent.pk} does not fit its hash.",
    ]


def test_a_draft_that_was_sent_in_is_found(sent):
    Entry.objects.update(state=Entry.State.DRAFT)
    assert violations() == [f"Project {sent.pk} is a draft although it was sent in."]


def test_what_is_of_another_call_or_project_is_found(entry):
    Answer.objects.filter(pk=AnswerFactory(entry=entry).pk).update(question=QuestionFactory())
    mine = EntryFileFactory(entry=entry, question=QuestionFactory(call=entry.call))
    other = EntryFileFactory(entry=EntryFactory(), question=QuestionFactory(), name="other")
    EntryFile.objects.filter(pk=mine.pk).update(redacted=other)
    words = violations()
    assert [line.split(" ", 2)[2] for line in words] == [
        "is to a question of another call.",
        "answers a question of another call.",
        "has a version without names that is another project's.",
    ]


def test_people_who_do_not_fit_are_found(entry, ada):
    member = MemberFactory(entry=entry)
    EntryMember.objects.update(applicant=ada, joined_at=WHILE_OPEN)
    Applicant.objects.update(erased_at=WHILE_OPEN, name="Ada")
    assert violations() == [
        f"Member {member.pk} writes along on their own project.",
        f"Applicant {ada.pk} was erased and still has a name or an address.",
    ]

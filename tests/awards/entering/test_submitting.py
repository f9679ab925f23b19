"""What is sent in is frozen whole; the deadline holds; a project leaves the contest and comes back."""

import uuid
from datetime import timedelta

import pytest

from awards.entering import drafting
from awards.entering.queries import deadline_of
from awards.entering.rules import fingerprint
from awards.entering.submitting import bring_back, submit, withdraw
from awards.exceptions.entering import (
    CallNotOpen,
    DraftChanged,
    EntryIncomplete,
    EntryLocked,
    NotTheOwner,
    RulesChanged,
    TooManyEntries,
)
from awards.models import Answer, Category, Entry, EntryRevision, Question, QuestionOption
from festival.models import AuditEntry, OutgoingMail
from tests.factories.applying import WHILE_OPEN, EntryFileFactory
from tests.factories.awards import ApplicantFactory, CallFactory, EntryFactory, QuestionFactory, both

pytestmark = pytest.mark.django_db
MS = timedelta(milliseconds=1)


def send(entry, ada, sending, now=WHILE_OPEN):
    return submit(entry_id=entry.pk, sending=sending, by=ada, now=now)


def test_what_is_sent_in_is_frozen_and_a_receipt_is_queued(entry, ada, sending):
    question = QuestionFactory(call=entry.call, slug="why", kind=Question.Kind.CHOICE)
    QuestionOption.objects.create(question=question, slug="yes", label=both("Oui", "Yes"))
    file = EntryFileFactory(entry=entry, question=QuestionFactory(call=entry.call, kind=Question.Kind.FILE))
    revision = send(entry, ada, sending(answers={question.pk: "yes"}, country="FR"))
    snapshot = revision.snapshot
    assert revision.number == 1
    assert revision.sha256 == fingerprint(snapshot)
    assert snapshot["answers"][0]["shown"] == [{"fr": "Oui", "en": "Yes"}]
    assert snapshot["files"][0]["sha256"] == file.sha256
    entry.refresh_from_db()
    assert (entry.state, entry.slug, entry.holder, entry.country) == ("submitted", "the-oven", "Paliers", "FR")
    assert Answer.objects.get().value == "yes"
    queued = OutgoingMail.objects.get(kind="entry.receipt")
    assert (queued.to, queued.language) == ("ada@example.org", "en")
    assert AuditEntry.objects.get(verb="entry.submitted").facts["sha256"] == revision.sha256


def test_the_same_again_is_the_same_version_and_a_change_a_new_one(entry, ada, sending):
    first = send(entry, ada, sending())
    assert send(entry, ada, sending(version=99)) == first
    second = send(entry, ada, sending(pitch="More bread."))
    third = send(entry, ada, sending())
    assert [row.number for row in (first, second, third)] == [1, 2, 3]
    assert first.sha256 == third.sha256
    assert OutgoingMail.objects.filter(kind="entry.receipt").count() == 3
    entry.refresh_from_db()
    assert entry.slug == "the-oven"


@pytest.mark.parametrize(("step", "is_taken"), [(-1, True), (0, True), (1, False)])
def test_the_deadline_holds_at_the_millisecond(entry, ada, sending, call, step, is_taken):
    moment = deadline_of(call, entry).limit + step * MS
    if is_taken:
        assert send(entry, ada, sending(), now=moment).number == 1
    else:
        with pytest.raises(CallNotOpen):
            send(entry, ada, sending(), now=moment)
        assert not EntryRevision.objects.exists()


def test_only_the_owner_sends_under_the_rules_that_hold_what_was_saved_last(entry, ada, sending):
    with pytest.raises(NotTheOwner):
        send(entry, ApplicantFactory(), sending())
    with pytest.raises(RulesChanged):
        send(entry, ada, sending(rules_version="0.9"))
    with pytest.raises(DraftChanged):
        send(entry, ada, sending(version=4))
    Entry.objects.update(state=Entry.State.DISQUALIFIED)
    with pytest.raises(EntryLocked):
        send(entry, ada, sending())
    assert not EntryRevision.objects.exists()


def test_what_is_missing_or_wrong_is_never_frozen(entry, ada, sending, call):
    QuestionFactory(call=call, slug="needed", is_required=True)
    QuestionFactory(call=call, slug="plan", kind=Question.Kind.FILE, is_required=True)
    number = QuestionFactory(call=call, slug="people", kind=Question.Kind.NUMBER)
    public = Category.objects.create(call=call, slug="public", name="Public", by_public_vote=True)
    with pytest.raises(EntryIncomplete) as caught:
        send(entry, ada, sending(answers={number.pk: "about 400"}, category=public, pitch=" "))
    assert caught.value.faults == {
        "pitch": "missing",
        "category": "not_an_option",
        "needed": "missing",
        "people": "wrong_kind",
        "plan": "missing",
    }
    with pytest.raises(EntryIncomplete):
        send(entry, ada, sending(category=CallFactory().categories.get()))


def test_an_answer_that_is_taken_back_goes_and_short_names_are_free(entry, ada, sending, call):
    EntryFactory(call=call, slug="the-oven")
    question = QuestionFactory(call=call)
    send(entry, ada, sending(answers={question.pk: "Words."}))
    send(entry, ada, sending(answers={question.pk: ""}, founded=None, website=""))
    assert not Answer.objects.exists()
    entry.refresh_from_db()
    assert (entry.slug, entry.founded, entry.website) == ("the-oven-2", None, "")


def test_a_title_without_letters_has_a_short_name(entry, ada, sending):
    send(entry, ada, sending(title="!!!"))
    assert Entry.objects.get().slug == "project"


def test_a_project_is_withdrawn_and_brought_back_before_the_deadline(entry, ada, sending, call):
    with pytest.raises(EntryLocked):
        withdraw(entry_id=entry.pk, by=ada, now=WHILE_OPEN)
    with pytest.raises(EntryLocked):
        bring_back(entry_id=entry.pk, by=ada, now=WHILE_OPEN)
    send(entry, ada, sending())
    with pytest.raises(NotTheOwner):
        withdraw(entry_id=entry.pk, by=ApplicantFactory(), now=WHILE_OPEN)
    for _ in range(2):
        assert withdraw(entry_id=entry.pk, by=ada, now=WHILE_OPEN).state == "withdrawn"
    for _ in range(2):
        assert bring_back(entry_id=entry.pk, by=ada, now=call.closes).state == "submitted"
    late = deadline_of(call, entry).limit + MS
    withdraw(entry_id=entry.pk, by=ada, now=late)
    with pytest.raises(CallNotOpen):
        bring_back(entry_id=entry.pk, by=ada, now=late)
    verbs = list(AuditEntry.objects.filter(verb__startswith="entry.").values_list("verb", flat=True).order_by("pk"))
    assert verbs == ["entry.begun", "entry.submitted", "entry.withdrawn", "entry.brought_back", "entry.withdrawn"]


def test_a_project_that_is_brought_back_takes_a_place(entry, ada, call, sending):
    send(entry, ada, sending())
    withdraw(entry_id=entry.pk, by=ada, now=WHILE_OPEN)
    call.entries_per_applicant = 1
    call.save()
    other = drafting.start(
        key=uuid.uuid4(), call=call, category=entry.category, title="Another", by=ada, now=WHILE_OPEN
    )

    with pytest.raises(TooManyEntries):
        bring_back(entry_id=entry.pk, by=ada, now=WHILE_OPEN)

    Entry.objects.filter(pk=other.pk).update(state=Entry.State.WITHDRAWN)
    assert bring_back(entry_id=entry.pk, by=ada, now=WHILE_OPEN).state == "submitted"

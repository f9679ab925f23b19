"""An applicant is erased: their words are nowhere, the jury's scores stay."""

import pytest
from django.core import serializers

from awards.entering.erasing import erase
from awards.entering.filing import Upload, keep
from awards.entering.inviting import invite, join, token_of
from awards.entering.submitting import submit
from awards.models import (
    Answer,
    Applicant,
    Entry,
    EntryDraft,
    EntryFile,
    EntryMember,
    EntryRevision,
    Scorecard,
)
from festival.core.audit import Actor
from festival.models import AuditEntry, OutgoingMail
from tests.factories.applying import WHILE_OPEN
from tests.factories.awards import AFTER, AssignmentFactory, JurorFactory, QuestionFactory, score

pytestmark = pytest.mark.django_db
TABLES = (Answer, Applicant, Entry, EntryDraft, EntryFile, EntryMember, EntryRevision, OutgoingMail, AuditEntry)


def test_words_and_names_go_and_scores_stay(entry, ada, sending, call):
    Applicant.objects.update(name="canari Ada")
    question = QuestionFactory(call=call)
    facts = dict.fromkeys(("title", "pitch", "holder", "city", "licence", "tags"), "canari")
    plan = Upload(b"canari", "canari.pdf", "pdf", "application/pdf")
    plan_of = QuestionFactory(call=call, kind="file")
    file = keep(entry_id=entry.pk, question=plan_of, upload=plan, by=ada, now=WHILE_OPEN)
    invite(entry_id=entry.pk, email="canari-bo@example.org", by=ada, now=WHILE_OPEN)
    submit(entry_id=entry.pk, sending=sending(answers={question.pk: "canari"}, **facts), by=ada, now=WHILE_OPEN)
    Entry.objects.update(state=Entry.State.ELIGIBLE)
    entry.refresh_from_db()
    score(AssignmentFactory(juror=JurorFactory(call=call), entry=entry), 3, 3)
    for _ in range(2):
        erase(applicant_id=ada.pk, actor=Actor("user:1", "Office"), now=AFTER)
    left = "".join(serializers.serialize("json", table.objects.all()) for table in TABLES)
    assert "ada@example.org" not in left
    assert "canari Ada" not in left
    rows = "".join(
        serializers.serialize("json", table.objects.all())
        for table in (Answer, Applicant, Entry, EntryDraft, EntryFile, EntryMember, EntryRevision)
    )
    assert "canari" not in rows
    assert not file.file.storage.exists(file.file.name)
    assert Scorecard.objects.count() == 1
    assert Entry.objects.get().state == "withdrawn"
    assert AuditEntry.objects.filter(verb="applicant.erased").count() == 1


def test_who_only_wrote_along_leaves(entry, ada):
    member = invite(entry_id=entry.pk, email="bo@example.org", by=ada, now=WHILE_OPEN)
    bo = join(token=token_of(member), now=WHILE_OPEN).applicant
    erase(applicant_id=bo.pk, actor=None, now=AFTER)
    member.refresh_from_db()
    assert member.ended_at == AFTER
    assert member.email.endswith("@erased.invalid")
    assert Entry.objects.get().state == "draft"

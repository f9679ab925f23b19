"""When its time is over a call's applications go; results, hashes and what was announced stay."""

from datetime import timedelta

import pytest
from django.core import serializers
from django.core.files.base import ContentFile
from django.utils import timezone

from awards.care.erasing import erase_call, erase_due, erase_juror
from awards.exceptions.application import ApplicationsNeeded, JurorAtWork
from awards.models import (
    Answer,
    Applicant,
    CardComment,
    Entry,
    EntryDraft,
    EntryFile,
    EntryMember,
    Extension,
    Juror,
    Question,
    ReadingNote,
    Recusal,
    Scorecard,
    Tally,
)
from awards.results.invariants import violations
from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import AuditEntry, OutgoingMail
from tests.factories.applying import DraftFactory, EntryFileFactory, MemberFactory
from tests.factories.awards import (
    DURING,
    AnswerFactory,
    AssignmentFactory,
    EntryFactory,
    JurorFactory,
    QuestionFactory,
    score,
)
from tests.factories.deciding import PUBLIC, frozen

pytestmark = pytest.mark.django_db
LATER = PUBLIC + timedelta(days=90)
OFFICE = Actor("user:1", "Office")
TABLES = (Answer, Applicant, Entry, EntryDraft, EntryFile, EntryMember, Extension, OutgoingMail, CardComment, Scorecard)


def told():
    """Return all that is stored of people and their words."""
    tables = (*TABLES, ReadingNote, Recusal)
    rows = "".join(serializers.serialize("json", table._base_manager.all()) for table in tables)
    return rows + serializers.serialize("json", AuditEntry.objects.all())


@pytest.fixture
def call():
    """A contest that is over: a and b are public finalists, c is not, and somebody never sent a draft in."""
    chair = frozen()
    call = chair.call
    Applicant.objects.update(name="canari Ada")
    hidden, kept = call.entries.get(slug="c"), call.entries.get(slug="a")
    Entry.objects.filter(pk=hidden.pk).update(title={"fr": "canari"}, holder="canari", pitch={"fr": "canari"})
    Entry.objects.filter(pk=kept.pk).update(title={"fr": "Gagnante"}, holder="Paliers")
    DraftFactory(entry__call=call, entry__title={"fr": "canari"}, typed={"title": "canari"})
    everybody = QuestionFactory(call=call, audience=Question.Audience.PUBLIC)
    AnswerFactory(entry=kept, question=everybody, value="Pour tout le monde.")
    AnswerFactory(entry=hidden, question=everybody, value="canari")
    AnswerFactory(entry=kept, question=QuestionFactory(call=call), value="canari")
    file = EntryFileFactory(entry=kept, question=QuestionFactory(call=call, kind="file"), name="canari.pdf")
    file.file.storage.save("entries/plan.pdf", ContentFile(b"canari"))
    MemberFactory(entry=kept, email="canari@example.org")
    Extension.objects.create(call=call, email=kept.applicant.email, until=LATER, reason="canari")
    OutgoingMail.objects.create(
        kind="award.outcome", to=kept.applicant.email, language="fr", fact_type="x", fact_id="1", subject="canari",
        message_id="1", created_at=DURING,
    )  # fmt: skip
    card = Scorecard.objects.get(assignment__entry=kept)
    CardComment.objects.create(card=card, audience=CardComment.Audience.PRIVATE, text="canari")
    CardComment.objects.create(card=card, audience=CardComment.Audience.APPLICANT, text="Continuez.")
    ReadingNote.objects.create(assignment=card.assignment, is_starred=True, flag="canari", flagged_at=DURING)
    with writing(public=False):
        hidden.refresh_from_db()
        audit.record("entry.screened", hidden, actor=OFFICE, at=DURING)
    return call


def test_words_and_names_go_and_what_was_announced_and_counted_stays(call):
    assert "canari" in told()
    before = list(Tally.objects.values_list("input_sha256", flat=True))
    file = EntryFile.objects.get()
    for _ in range(2):
        erase_call(call_id=call.pk, actor=OFFICE, now=LATER)
    assert "canari" not in told()
    assert not file.file.storage.exists(file.file.name)
    kept = Entry.objects.get(slug="a")
    assert (str(kept.title), kept.holder, kept.state) == ("Gagnante", "Paliers", "eligible")
    assert Answer.objects.get().value == "Pour tout le monde."
    assert CardComment.objects.get().text == "Continuez."
    assert set(Entry.objects.values_list("state", flat=True)) == {"eligible", "withdrawn"}
    assert set(Applicant.objects.values_list("name", flat=True)) == {""}
    assert list(Tally.objects.values_list("input_sha256", flat=True)) == before
    assert violations() == []
    assert AuditEntry.objects.get(verb="call.purged").facts["people"] == 4
    call.refresh_from_db()
    assert call.erased_at == LATER


def test_nothing_goes_while_the_contest_runs(call):
    with pytest.raises(ApplicationsNeeded):
        erase_call(call_id=call.pk, actor=OFFICE, now=DURING)
    assert "canari" in told()


def test_the_tick_erases_after_the_day_and_a_rehearsal_does_not(call, settings):
    real = timezone.now()
    call.retention_until = real.date()
    call.save()
    assert erase_due(real) == 0
    assert erase_due(real + timedelta(days=900)) == 0  # the clock was put forward
    assert "canari" in told()
    call.retention_until = real.date() - timedelta(days=2)
    call.save()
    assert erase_due(real) == 1
    assert erase_due(real) == 0
    assert AuditEntry.objects.get(verb="call.purged").actor == "system:tick"


def test_a_juror_is_erased_and_the_marks_stay():
    juror = JurorFactory(name="canari Juge", email="canari@example.org", bio={"fr": "canari"}, organisation="canari")
    pair = AssignmentFactory(juror=juror)
    with writing(public=False):
        audit.record("assignment.made", pair, actor=OFFICE, at=DURING)
    with pytest.raises(JurorAtWork):
        erase_juror(juror_id=juror.pk, actor=OFFICE, now=DURING)
    score(pair, 4, 2)
    other = EntryFactory(call=juror.call)
    Recusal.objects.create(juror=juror, entry=other, when="declared_before", reason="canari", declared_at=DURING)
    CardComment.objects.create(card=pair.scorecard, audience=CardComment.Audience.PRIVATE, text="canari")
    for _ in range(2):
        erase_juror(juror_id=juror.pk, actor=OFFICE, now=DURING)
    assert "canari" not in told() + serializers.serialize("json", Juror.objects.all())
    found = Juror.objects.get(pk=juror.pk)
    assert (found.user, found.erased_at) == (None, DURING)
    assert sorted(pair.scorecard.scores.values_list("value", flat=True)) == [2, 4]
    assert AuditEntry.objects.filter(verb="juror.erased").count() == 1

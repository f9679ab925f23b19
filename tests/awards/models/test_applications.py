"""What the tables of an application hold: versions, limits, hashes, one address a person."""

import hashlib
import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from awards.models import Applicant, Category, Entry, EntryFile, EntryOnStage, EntryRevision, Question
from festival.models import AppendOnly
from tests.factories.awards import (
    DURING,
    AnswerFactory,
    ApplicantFactory,
    CallFactory,
    EntryFactory,
    QuestionFactory,
)
from tests.factories.program import SessionFactory

pytestmark = pytest.mark.django_db
SHA = hashlib.sha256(b"plan").hexdigest()


def refused(make, *args, **fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(*args, **fields)


def test_an_applicant_is_one_address_in_small_letters():
    ApplicantFactory(email="gwenola@example.org")
    refused(ApplicantFactory, email="gwenola@example.org")
    refused(ApplicantFactory, email="Gwenola.T@example.org")
    assert not Applicant.objects.filter(confirmed_at__isnull=False).exists()


def test_an_applicant_with_projects_stays():
    entry = EntryFactory(applicant=ApplicantFactory())
    with pytest.raises(Exception, match="protected"):
        entry.applicant.delete()


def test_one_version_of_a_question_is_asked():
    question = QuestionFactory(slug="usage")
    refused(QuestionFactory, call=question.call, slug="usage", version=2)
    Question.objects.filter(pk=question.pk).update(is_current=False)
    second = QuestionFactory(call=question.call, slug="usage", version=2)
    assert list(Question.objects.current()) == [second]
    refused(QuestionFactory, call=question.call, slug="usage", version=2, is_current=False)


@pytest.mark.parametrize(
    "fields",
    [
        {"limit": 60},
        {"limit_unit": "words"},
        {"limit": 0, "limit_unit": "words"},
        {"limit": 60, "limit_unit": "pages"},
        {"kind": "date", "limit": 60, "limit_unit": "words"},
    ],
)
def test_only_a_text_has_a_limit_with_its_unit(fields):
    call = CallFactory()
    refused(QuestionFactory, call=call, **fields)
    assert QuestionFactory(call=call, limit=60, limit_unit="words").pk


@pytest.mark.parametrize("is_blind", [True, False])
def test_jurors_read_what_is_for_them(is_blind):
    call = CallFactory()
    for audience in Question.Audience.values:
        for hidden in (True, False):
            QuestionFactory(call=call, slug=f"{audience}-{hidden}", audience=audience, hidden_when_blind=hidden)
    seen = set(Question.objects.read_by_jurors(is_blind=is_blind).values_list("slug", flat=True))
    open_ones = {"jury-False", "public-False"}
    assert seen == (open_ones if is_blind else open_ones | {"jury-True", "public-True"})


def test_an_answer_is_one_a_question_and_of_the_same_call():
    answer = AnswerFactory()
    answer.full_clean()
    refused(AnswerFactory, entry=answer.entry, question=answer.question)
    answer.question = QuestionFactory()
    with pytest.raises(ValidationError, match="autre appel"):
        answer.full_clean()


def test_a_submitted_version_is_never_rewritten():
    entry = EntryFactory()
    snapshot = {"title": "La Perceuse"}
    sha256 = hashlib.sha256(json.dumps(snapshot, separators=(",", ":")).encode()).hexdigest()
    fields = {"entry": entry, "snapshot": snapshot, "sha256": sha256, "submitted_at": DURING}
    revision = EntryRevision.objects.create(number=1, **fields)
    refused(EntryRevision.objects.create, number=1, **fields)
    refused(EntryRevision.objects.create, number=0, **fields)
    refused(EntryRevision.objects.create, number=2, **fields | {"sha256": "no hash"})
    for rewrite in (revision.save, revision.delete):
        with pytest.raises(AppendOnly):
            rewrite()


@pytest.fixture
def file():
    entry = EntryFactory()
    question = QuestionFactory(call=entry.call, kind=Question.Kind.FILE)
    return attach(entry, question)


def attach(entry, question, **changes):
    fields = {
        "name": "plan.pdf",
        "media_type": "application/pdf",
        "size": 4,
        "sha256": SHA,
        "uploaded_at": DURING,
        "file": "entries/plan.pdf",
    }
    return EntryFile.objects.create(entry=entry, question=question, **fields | changes)


def test_a_file_is_known_by_its_hash_and_never_empty(file):
    file.full_clean()
    refused(attach, file.entry, file.question)
    other = hashlib.sha256(b"other").hexdigest()
    refused(attach, file.entry, file.question, sha256=other, size=0)
    refused(attach, file.entry, file.question, sha256=other.upper())
    refused(EntryFile.objects.filter(pk=file.pk).update, redacted=file)


def test_a_file_answers_a_question_for_files_and_is_redacted_by_one_of_the_same_project(file):
    redacted = attach(file.entry, file.question, sha256=hashlib.sha256(b"without names").hexdigest())
    file.redacted = redacted
    file.full_clean()
    elsewhere = EntryFactory(call=file.entry.call)
    file.redacted = attach(elsewhere, file.question)
    with pytest.raises(ValidationError, match="autre projet"):
        file.full_clean()
    file.redacted, file.question = None, QuestionFactory(call=file.entry.call)
    with pytest.raises(ValidationError, match="ne demande pas de fichier"):
        file.full_clean()


def test_a_project_competes_in_a_category_of_its_call_that_takes_projects():
    entry = EntryFactory()
    entry.full_clean()
    public = Category.objects.create(call=entry.call, slug="public", name="Public", by_public_vote=True)
    for category in (public, CallFactory().categories.get()):
        entry.category = category
        with pytest.raises(ValidationError) as caught:
            entry.full_clean()
        assert set(caught.value.error_dict) == {"category"}


def test_a_project_is_on_stage_once_a_session_and_a_rename_keeps_it_there():
    on_stage = EntryOnStage.objects.create(entry=EntryFactory(), session=SessionFactory())
    refused(EntryOnStage.objects.create, entry=on_stage.entry, session=on_stage.session)
    Entry.objects.update(slug="renamed")
    assert [row.entry.slug for row in on_stage.session.entries_on_stage.all()] == ["renamed"]

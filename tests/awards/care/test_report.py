"""All that is kept of an applicant, in one archive: words, files, dates; nothing of jurors or of others."""

import io
import json
import zipfile

import pytest

from awards.care.report import everything_of, path_of, write_archive
from awards.entering.filing import Upload, keep
from awards.entering.inviting import invite, join, token_of
from awards.entering.submitting import submit
from awards.models import EntryFile
from festival.core.audit import Actor
from festival.models import AuditEntry
from tests.factories.applying import WHILE_OPEN
from tests.factories.awards import AssignmentFactory, JurorFactory, QuestionFactory, score

pytestmark = pytest.mark.django_db


def test_the_archive_has_words_and_files_and_nothing_of_the_jury(entry, ada, sending, call):
    question, asked = QuestionFactory(call=call), QuestionFactory(call=call, kind="file")
    plan = Upload(b"%PDF-plan", "plan.pdf", "pdf", "application/pdf")
    keep(entry_id=entry.pk, question=asked, upload=plan, by=ada, now=WHILE_OPEN)
    invite(entry_id=entry.pk, email="bo@example.org", by=ada, now=WHILE_OPEN)
    submit(entry_id=entry.pk, sending=sending(answers={question.pk: "Du pain."}), by=ada, now=WHILE_OPEN)
    entry.refresh_from_db()
    entry.state = "eligible"
    entry.save()
    score(AssignmentFactory(juror=JurorFactory(call=call), entry=entry), 3, 3, comment="Le jury dit.")
    into = io.BytesIO()
    write_archive(ada, into, actor=Actor("user:1", "Office"), now=WHILE_OPEN)
    archive = zipfile.ZipFile(into)
    file = EntryFile.objects.get()
    assert set(archive.namelist()) == {"kept.json", path_of(file)}
    assert archive.read(path_of(file)) == b"%PDF-plan"
    told = json.loads(archive.read("kept.json"))
    assert told["applicant"]["email"] == "ada@example.org"
    project = told["projects"][0]
    assert project["answers"][0]["value"] == "Du pain."
    assert (project["people"][0]["email"], project["files"][0]["name"]) == ("bo@example.org", "plan.pdf")
    assert project["sent_in"][0]["number"] == 1
    assert "Le jury dit." not in archive.read("kept.json").decode()
    assert AuditEntry.objects.get(verb="applicant.exported").actor == "user:1"


def test_who_writes_along_gets_none_of_the_owner_s_words(entry, ada):
    member = invite(entry_id=entry.pk, email="bo@example.org", by=ada, now=WHILE_OPEN)
    bo = join(token=token_of(member), now=WHILE_OPEN).applicant
    told = everything_of(bo)
    assert told["projects"] == []
    assert told["written_along"][0]["project"] == str(entry.uuid)
    assert "ada@example.org" not in json.dumps(told)
    assert everything_of(ada)["mails"] == []

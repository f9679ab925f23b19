"""Files of a project: one however often sent, nameless in the storage, redacted for a blind round."""

import uuid

import pytest

from awards.entering.filing import Upload, keep, readable_by_jurors, take_out
from awards.entering.queries import files_of
from awards.entering.submitting import submit
from awards.exceptions.entering import CallNotOpen, TooManyFiles
from awards.models import EntryFile
from tests.factories.applying import WHILE_OPEN
from tests.factories.awards import AFTER, QuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(call):
    return QuestionFactory(call=call, slug="plan", kind="file", max_files=5)


@pytest.fixture
def kept(entry, ada, question):
    """Return a function that keeps a file."""

    def one(content=b"plan", redacts=None, now=WHILE_OPEN):
        upload = Upload(content, "gwenola plan.pdf", "pdf", "application/pdf")
        return keep(entry_id=entry.pk, question=question, upload=upload, by=ada, now=now, redacts=redacts)

    return one


def there(file):
    return file.file.storage.exists(file.file.name)


def test_the_same_file_is_one_and_its_place_says_nothing(kept, entry):
    first = kept()
    assert kept() == first
    assert there(first)
    assert "gwenola" not in first.file.name
    assert files_of(entry) == [first]


def test_a_file_that_is_taken_out_comes_back_when_it_is_sent_again(kept, entry, ada):
    file = kept()
    redacted = kept(b"nameless", redacts=file.uuid)
    for _ in range(2):
        take_out(entry_id=entry.pk, file=file.uuid, by=ada, now=WHILE_OPEN)
    assert not there(file)
    assert not there(redacted)
    assert files_of(entry) == []
    assert kept() == file
    assert there(file)


def test_what_was_sent_in_keeps_its_bytes(kept, entry, ada, sending):
    file = kept()
    submit(entry_id=entry.pk, sending=sending(), by=ada, now=WHILE_OPEN)
    take_out(entry_id=entry.pk, file=file.uuid, by=ada, now=WHILE_OPEN)
    assert there(file)


def test_jurors_of_a_blind_round_read_versions_without_names_alone(kept, entry, question):
    file, bare = kept(), kept(b"bare")
    redacted = kept(b"nameless", redacts=file.uuid)
    other = kept(b"nameless too", redacts=file.uuid)
    assert readable_by_jurors(entry, is_blind=True) == [other]
    assert set(readable_by_jurors(entry, is_blind=False)) == {file, bare, redacted}
    question.hidden_when_blind = True
    question.save()
    assert readable_by_jurors(entry, is_blind=True) == []


def test_a_version_without_names_of_a_file_that_is_not_there_is_a_file(kept, entry):
    file = kept(redacts=uuid.uuid4())
    assert files_of(entry) == [file]


def test_there_are_as_many_as_the_question_takes_and_none_after_the_close(kept, question):
    for number in range(5):
        kept(b"%d" % number)
    with pytest.raises(TooManyFiles) as caught:
        kept(b"one more")
    assert caught.value.most == 5
    with pytest.raises(CallNotOpen):
        kept(b"late", now=AFTER)
    assert EntryFile.objects.count() == 5

"""Files of a project: kept once they were looked into, taken out again, never below an address."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.core.files.base import ContentFile

from awards.entering.drafting import actor_of, held
from awards.exceptions.entering import TooManyFiles
from awards.models import Applicant, Entry, EntryFile, EntryRevision, Question
from festival.core import audit
from festival.core.writing import writing

FOLDER = "entries"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was looked into and written anew; `name` is what its sender called it, `ending` what it is."""

    content: bytes
    name: str
    ending: str
    media_type: str


def keep(
    *,
    entry_id: int,
    question: Question,
    upload: Upload,
    by: Applicant,
    now: datetime,
    redacts: uuid.UUID | None = None,
) -> EntryFile:
    """Keep a file of a project; `redacts` is the file of which this is the version without names.

    The same file sent twice is one. Its name in the storage is a random number, so that it says nothing.

    Raises:
        CallNotOpen, EntryLocked: As `save_draft`.
        TooManyFiles: The question has as many as it takes.
    """
    digest = sha256(upload.content).hexdigest()
    with writing(public=False):
        entry, _draft = held(entry_id, now)
        rows = EntryFile.objects.filter(entry=entry, question=question)
        original = rows.filter(uuid=redacts, removed_at__isnull=True).first() if redacts else None
        if known := rows.filter(sha256=digest).first():
            _bring_back(known, upload)
            row = known
        else:
            if original is None and rows.filter(removed_at__isnull=True, original=None).count() >= question.max_files:
                raise TooManyFiles(question.max_files)
            row = _store(entry, question, upload, digest, now)
        if original is not None and original.pk != row.pk and original.redacted_id != row.pk:
            EntryFile.objects.filter(redacted=row).update(redacted=None)
            EntryFile.objects.filter(pk=original.pk).update(redacted=row)
        facts = {"entry": entry.uuid, "file": row.uuid, "question": question.uuid}
        audit.record("entry.file_kept", entry, actor=actor_of(by), at=now, facts=facts, edition=entry.call.edition)
    return row


def take_out(*, entry_id: int, file: uuid.UUID, by: Applicant, now: datetime) -> None:
    """Take a file out of a project, with its version without names; the bytes go unless they were sent in.

    Raises as `keep`; a file that is gone is gone.
    """
    with writing(public=False):
        entry, _draft = held(entry_id, now)
        row = EntryFile.objects.filter(entry=entry, uuid=file, removed_at__isnull=True).first()
        if row is None:
            return
        for one in filter(None, (row, row.redacted)):
            _forget(one, entry, now)
        facts = {"entry": entry.uuid, "file": row.uuid}
        audit.record("entry.file_removed", entry, actor=actor_of(by), at=now, facts=facts, edition=entry.call.edition)


def readable_by_jurors(entry: Entry, *, is_blind: bool) -> list[EntryFile]:
    """Return what jurors may open: of a blind round only versions without names, of questions that they read."""
    rows = EntryFile.objects.filter(entry=entry, removed_at__isnull=True, original=None)
    rows = rows.filter(question__in=Question.objects.read_by_jurors(is_blind=is_blind)).select_related(
        "question", "redacted__question"
    )
    if not is_blind:
        return list(rows.order_by("pk"))
    return [row.redacted for row in rows.order_by("pk") if row.redacted is not None]


def _bring_back(row: EntryFile, upload: Upload) -> None:
    if row.removed_at:
        EntryFile.objects.filter(pk=row.pk).update(removed_at=None, name=upload.name)
    if not row.file.storage.exists(str(row.file.name)):
        row.file.storage.save(str(row.file.name), ContentFile(upload.content))


def _store(entry: Entry, question: Question, upload: Upload, digest: str, now: datetime) -> EntryFile:
    key = uuid.uuid4()
    address = f"{FOLDER}/{key.hex}.{upload.ending}"
    row = EntryFile.objects.create(
        uuid=key,
        entry=entry,
        question=question,
        name=upload.name,
        media_type=upload.media_type,
        size=len(upload.content),
        sha256=digest,
        file=address,
        uploaded_at=now,
    )
    row.file.storage.save(address, ContentFile(upload.content))
    return row


def _forget(row: EntryFile, entry: Entry, now: datetime) -> None:
    """Note that the file is out; what was sent in keeps its bytes, because a version names them."""
    EntryFile.objects.filter(pk=row.pk).update(removed_at=now)
    sent = EntryRevision.objects.filter(entry=entry).values_list("snapshot", flat=True)
    files = [file for snapshot in sent for file in snapshot.get("files", [])]
    if not any(row.sha256 in {file["sha256"], file["redacted"]} for file in files):
        row.file.storage.delete(str(row.file.name))

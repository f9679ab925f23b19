"""What is kept of an applicant, whole, as they may ask for it (GDPR, article 15): one archive of words and files."""

import json
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import IO, Any

from django.db.models import Model

from awards.entering.submitting import FACTS
from awards.models import (
    Answer,
    Applicant,
    Entry,
    EntryDraft,
    EntryFile,
    EntryMember,
    EntryReminder,
    EntryRevision,
    Extension,
    Screening,
)
from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import OutgoingMail


def write_archive(who: Applicant, into: IO[bytes], *, actor: Actor, now: datetime) -> None:
    """Write all that is kept of an applicant into a file, as a ZIP, and record that it was handed out.

    Nothing that jurors wrote is in it, nor the words of others who write along.
    """
    with writing(public=False):
        audit.record("applicant.exported", who, actor=actor, at=now)
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in _files(who):
            if file.file.storage.exists(str(file.file.name)):
                with file.file.open("rb") as source, archive.open(path_of(file), "w") as target:
                    for piece in source.chunks():
                        target.write(piece)
        told = json.dumps(everything_of(who), indent=2, ensure_ascii=False)
        archive.writestr("kept.json", told)


def everything_of(who: Applicant) -> dict[str, Any]:
    """Return what is kept of an applicant as plain JSON values: moments in ISO 8601, texts by their language."""
    owned = Entry.objects.filter(applicant=who).select_related("call", "category", "draft").order_by("pk")
    along = EntryMember.objects.filter(applicant=who).select_related("entry__call").order_by("pk")
    mails = OutgoingMail.objects.filter(to=who.email, kind__regex=r"^(entry|award)\.").order_by("pk")
    return {
        "applicant": _row(who, "email", "name", "language", "created_at", "confirmed_at", "erased_at"),
        "projects": [_project(entry) for entry in owned],
        "written_along": [
            {"project": str(one.entry.uuid), "call": one.entry.call.slug}
            | _row(one, "email", "invited_at", "joined_at", "ended_at")
            for one in along
        ],
        "extensions": [
            {"call": one.call.slug} | _row(one, "until", "reason")
            for one in Extension.objects.filter(email=who.email).select_related("call")
        ],
        "mails": [_row(mail, "kind", "subject", "language", "state", "created_at", "sent_at") for mail in mails],
    }


def path_of(file: EntryFile) -> str:
    """Return where a file lies in the archive: by its number, so that no two have one name."""
    suffix = str(file.file.name).rpartition(".")[2][:8]
    return f"files/{file.uuid}.{suffix}"


def _project(entry: Entry) -> dict[str, Any]:
    answers = Answer.objects.filter(entry=entry).select_related("question").order_by("pk")
    draft = EntryDraft.objects.filter(entry=entry).first()
    return {
        "project": str(entry.uuid),
        "call": entry.call.slug,
        "category": _plain(entry.category.name),
        "state": entry.state,
        **_row(entry, *FACTS, "crowdfunding_url", "crowdfunding_goal", "crowdfunding_raised", "crowdfunding_ends"),
        "draft": _row(draft, "typed", "version", "saved_at") if draft else None,
        "answers": [
            {"question": _plain(one.question.label), "version": one.question.version} | _row(one, "value", "updated_at")
            for one in answers
        ],
        "sent_in": _rows(
            EntryRevision.objects.filter(entry=entry), "number", "rules_version", "submitted_at", "sha256", "snapshot"
        ),
        "files": [
            _row(file, "name", "media_type", "size", "sha256", "uploaded_at", "removed_at") | {"file": path_of(file)}
            for file in EntryFile.objects.filter(entry=entry).order_by("pk")
        ],
        "people": _rows(EntryMember.objects.filter(entry=entry), "email", "invited_at", "joined_at", "ended_at"),
        "screening": _rows(
            Screening.objects.filter(entry=entry, letter__queued_at__isnull=False), "verdict", "reason", "decided_at"
        ),
        "reminders": _rows(EntryReminder.objects.filter(entry=entry), "kind", "sent_at"),
    }


def _files(who: Applicant) -> Iterable[EntryFile]:
    return EntryFile.objects.filter(entry__applicant=who).exclude(name="").order_by("pk").iterator()


def _rows(rows: Iterable[Model], *names: str) -> list[dict[str, Any]]:
    return [_row(row, *names) for row in rows]


def _row(row: Model, *names: str) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    if hasattr(value, "as_dict"):
        return dict(value.as_dict())
    return value.isoformat() if hasattr(value, "isoformat") else value

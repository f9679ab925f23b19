"""Files that strangers send: kept until their form is whole, then for the office alone, then deleted.

They lie in a storage that no address leads to. Each belongs to a request for approval or to an answer, or waits for the
form that brought it to be sent whole.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models import Q
from django.utils.crypto import salted_hmac

from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import require_transaction, writing
from tickets.models import Answer, Approval, Order, SentFile
from tickets.uploads.faults import FileGone

FOLDER = "sent"
UNSENT_STAYS = timedelta(days=1)


def key_of(form: str, name: str, content: bytes) -> UUID:
    """Return the key of a file: the same form that sends the same file again has the same, and nobody guesses it.

    `form` is what the form alone knows, such as its random number, with the name of the field; `name` that of the file.
    """
    said = f"{form}:{sha256(content).hexdigest()}:{name}"
    return UUID(salted_hmac("tickets.uploads.filing", said, algorithm="sha256").hexdigest()[:32])


def keep(*, key: UUID, content: bytes, name: str, ending: str, now: datetime) -> SentFile:
    """Store a file that was looked into, and return its row; its form may still have to be mended.

    `key` is one of `key_of`: the same file sent twice is one. `name` is what its sender called it, at most 120
    characters; `ending` what it is: pdf, jpg, png. The row comes before the file, so that none lies there that nobody
    deletes.
    """
    address = f"{FOLDER}/{key.hex}.{ending}"
    with writing(public=False):
        fresh = {"file": address, "name": name, "created_at": now}
        row, is_new = SentFile.objects.get_or_create(key=key, defaults=fresh)
        if not is_new:
            SentFile.objects.filter(pk=row.pk, approval=None, answer=None).update(sent_at=None, created_at=now)
    if not row.file.storage.exists(address):
        row.file.storage.save(address, ContentFile(content))
    return row


def kept(key: str) -> SentFile | None:
    """Return the file that a form has kept, by the key that it holds; None for what is no key of ours."""
    try:
        return SentFile.objects.filter(key=UUID(key)).first()
    except ValueError:
        return None


def attach(*, key: UUID, to: Approval | Answer, now: datetime) -> None:
    """Let a kept file belong to a request, or to an answer in place of the one that it had; within their transaction.

    Raises:
        FileGone: If it is not there any more, or belongs to something else.
    """
    require_transaction("Files are attached")
    if isinstance(to, Answer):
        SentFile.objects.filter(answer=to).update(answer=None)
    owner = {"answer" if isinstance(to, Answer) else "approval": to}
    if not SentFile.objects.filter(key=key, approval=None, answer=None).update(**owner, sent_at=now):
        raise FileGone


def forget_files(now: datetime) -> int:
    """Delete the files that nobody needs any more, each in a transaction of its own; return how many. Runs in `tick`.

    Those of requests go `APPROVAL_FILES_KEPT_DAYS` after the decision, or when the order has ended undecided; those of
    answers with the answer; those whose form was never sent whole after a day. The file goes before its row: a run that
    is killed in between finds the row again. A form that is sent meanwhile waits, and is told.
    """
    decided = Q(approval__decided_at__lte=now - timedelta(days=settings.APPROVAL_FILES_KEPT_DAYS))
    ended = Q(approval__isnull=False, approval__decided_at=None) & ~Q(approval__order__state=Order.State.HELD)
    loose = Q(approval=None, answer=None)
    unsent = loose & Q(sent_at=None, created_at__lte=now - UNSENT_STAYS)
    due = decided | ended | unsent | (loose & Q(sent_at__isnull=False))
    return sum(_forget(pk, due, now) for pk in list(SentFile.objects.filter(due).values_list("pk", flat=True)))


def _forget(pk: int, due: Q, now: datetime) -> bool:
    with writing(public=False):
        rows = SentFile.objects.select_for_update(of=("self",)).filter(due, pk=pk)
        row = rows.select_related("approval__order__edition").first()
        if row is None:
            return False
        row.file.delete(save=False)
        if row.approval:
            edition = row.approval.order.edition
            audit.record("approval.file_deleted", row.approval, actor=Actor.system("tick"), at=now, edition=edition)
        row.delete()
        return True

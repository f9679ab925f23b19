"""Files of requests: kept until their form is whole, kept for the office, deleted some days after the decision.

They lie in a storage that no address leads to; only the office opens them.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models import Q

from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from tickets.models import ApprovalFile, Order

UNSENT_STAYS = timedelta(days=1)


def keep(*, content: bytes, name: str, ending: str, now: datetime) -> ApprovalFile:
    """Store a file that was looked into, and return its row; its request may still have to be mended.

    `name` is what its sender called it, at most 120 characters; `ending` what it is: pdf, jpg, png.
    """
    row = ApprovalFile(name=name, created_at=now)
    row.file.save(f"{row.key.hex}.{ending}", ContentFile(content), save=False)
    with writing(public=False):
        row.save()
    return row


def kept(key: str) -> ApprovalFile | None:
    """Return the file that a form has kept, by the key that it holds; None for what is no key of ours."""
    try:
        return ApprovalFile.objects.filter(key=UUID(key)).first()
    except ValueError:
        return None


def forget_files(now: datetime) -> int:
    """Delete files `APPROVAL_FILES_KEPT_DAYS` after the decision; return how many. Runs in `tick`.

    At once those of orders that ended undecided, and after a day those whose form was never sent whole. The file goes
    before its row: a run that is killed in between finds the row again.
    """
    decided = Q(approval__decided_at__lte=now - timedelta(days=settings.APPROVAL_FILES_KEPT_DAYS))
    ended = Q(approval__decided_at=None) & ~Q(approval__order__state=Order.State.HELD) & Q(approval__isnull=False)
    unsent = Q(approval=None, created_at__lte=now - UNSENT_STAYS)
    rows = list(ApprovalFile.objects.filter(decided | ended | unsent).select_related("approval__order__edition"))
    for row in rows:
        row.file.delete(save=False)
        with writing(public=False):
            if row.approval:
                edition = row.approval.order.edition
                audit.record("approval.file_deleted", row.approval, actor=Actor.system("tick"), at=now, edition=edition)
            row.delete()
    return len(rows)

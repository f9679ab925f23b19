"""Periodic jobs of the ground floor that look after rows of libraries.

Those rows are stamped with real time, so these jobs read it, whatever the festival's clock shows.
"""

from datetime import datetime, timedelta
from importlib import import_module

from allauth.account.models import EmailConfirmation
from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from festival.core import outbox
from festival.core.writing import writing
from festival.models import OutgoingMail

FINISHED_WORK_STAYS = timedelta(days=14)


def take_back_mails(now: datetime) -> int:
    """Put back what killed workers held, and return how many tasks and mails that were."""
    return outbox.reap(timezone.now())


def clean(now: datetime) -> int:
    """Remove expired sessions and confirmations of addresses, and finished background work of two weeks ago.

    Returns how many rows of background work went; the libraries do not tell how many of the others.
    """
    before = timezone.now() - FINISHED_WORK_STAYS
    with writing(public=False):
        import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
        EmailConfirmation.objects.delete_expired_confirmations()
        return DBTaskResult.objects.finished().filter(backend_name="outbox", finished_at__lte=before).delete()[0]


def forget_mails(now: datetime) -> int:
    """Remove the rows of mails that are done with and older than `MAILS_KEPT_DAYS`; return how many went.

    Their moments are the festival's; a clock that was put forward for a rehearsal removes nothing.
    """
    done = [OutgoingMail.State.SENT, OutgoingMail.State.FAILED, OutgoingMail.State.CANCELLED]
    with writing(public=False):
        old = OutgoingMail.objects.filter(
            state__in=done, created_at__lte=min(now, timezone.now()) - timedelta(days=settings.MAILS_KEPT_DAYS)
        )
        return old.delete()[0]

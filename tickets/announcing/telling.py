"""Telling those who wait that the sale has opened, each once; and forgetting whom there is nothing more to tell."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from festival.core import audit, outbox
from festival.core.audit import Actor
from festival.core.writing import writing
from tickets.announcing import asking, queries
from tickets.models import SaleAlert

OPEN_MAIL = "sale_alert.open"
BATCH = 2000  # alerts of one run; the next run goes on

Claim = Callable[[SaleAlert, datetime], bool]


def claim(alert: SaleAlert, now: datetime) -> bool:
    """Note that an alert is told now; return whether nobody else had. One conditional UPDATE decides."""
    return bool(SaleAlert.objects.waiting().filter(pk=alert.pk).update(told_at=now))


def tell_due(now: datetime, claim: Claim = claim) -> int:
    """Queue the mail of each alert whose product can be had now, and return how many. Runs within `manage.py tick`.

    Each has a transaction of its own: a run that is killed has told some, the next one tells the others. `claim` makes
    sure that each is told once; the race test hands in a careless one to prove that it would notice.
    """
    return sum(_tell(alert, now, claim) for alert in queries.due(now, limit=BATCH))


def forget_done(now: datetime) -> int:
    """Delete the alerts that are kept no longer, with their mails; return how many. Runs within `manage.py tick`.

    A clock that was put forward for a rehearsal deletes nothing that is not over in real time too.
    """
    with writing(public=False):
        done = queries.done_with(min(now, timezone.now()), limit=BATCH)
        return asking.forget(done) if done else 0


def _tell(alert: SaleAlert, now: datetime, claim: Claim) -> bool:
    product = alert.product
    with writing(public=False):
        if not claim(alert, now):
            return False
        outbox.queue(OPEN_MAIL, to=alert.email, language=alert.language, fact=alert, now=now, edition=product.edition)
        audit.record(
            "sale_alert.told",
            alert,
            actor=Actor.system("tick"),
            at=now,
            facts={"product": product.slug},
            edition=product.edition,
        )
        return True

"""Looking for the tickets of an address: noting that somebody asked, and forgetting what was never answered."""

from datetime import datetime, timedelta

from django.utils import timezone

from festival.core.background import GIVES_UP_AFTER
from festival.core.writing import writing, writing_statement
from tickets.models import TicketSearch
from tickets.retrieval.tasks import answer_search

KEPT = GIVES_UP_AFTER + timedelta(days=1)


def ask(*, email: str, now: datetime) -> None:
    """Note that somebody wants the tickets of `email`; the background work looks for them.

    Nothing is looked up here: the same two rows are written whether the address is known or not, so that neither the
    answer nor its time tells.
    """
    with writing(public=False):
        search = TicketSearch.objects.create(email=email, created_at=now)
        answer_search.enqueue(search.pk)


def forget_unanswered(now: datetime) -> int:
    """Remove searches that the background work has given up; return how many. Runs within `manage.py tick`.

    A clock that was put forward for a rehearsal removes nothing.
    """
    with writing_statement():
        return TicketSearch.objects.filter(created_at__lte=min(now, timezone.now()) - KEPT).delete()[0]

"""What the programme's pages say of places, kept fresh: a new word there starts a new generation of the site."""

from collections.abc import Collection
from datetime import datetime

from festival.core.writing import writing
from tickets.models import Quota
from tickets.workshops import queries


def tell_programme(now: datetime) -> int:
    """Let the programme know of every session whose places became scarce, full or free; return how many did.

    Runs within `manage.py tick`, whatever moved the counters: a sale, a cancellation, a hold that ended. No page looks
    at what is over at `now`.
    """
    return _tell([quota for quota in queries.quotas() if quota.occurrence and quota.occurrence.ends_at > now])


def tell_of(occurrence_id: int) -> None:
    """Let the programme know of one session at once, within the transaction that moved its counter."""
    _tell(queries.quotas().filter(occurrence=occurrence_id))


def _tell(quotas: Collection[Quota]) -> int:
    changed = [quota for quota in quotas if quota.said != queries.word_of(quota)]
    if not changed:
        return 0
    with writing(public=True):
        for quota in changed:
            Quota.objects.filter(pk=quota.pk).update(said=queries.word_of(quota))
    return len(changed)

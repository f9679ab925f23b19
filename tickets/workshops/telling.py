"""What the programme's pages say of places, kept fresh; and telling those who booked that a release moved a session.

A new word on the pages starts a new generation of the site.
"""

from collections.abc import Collection
from datetime import datetime

from festival.core import outbox
from festival.core.writing import writing
from program.published.queries import current_release
from program.published.snapshot import Occurrence as Placing
from tickets.models import Order, OrderLine, Quota
from tickets.workshops import queries

MOVED_MAIL = "workshop.moved"
_CANCELLED = "cancelled"


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


def tell_moved(now: datetime) -> int:
    """Mail everybody whose session is at another time, in another room, or cancelled by the current release.

    Runs within `manage.py tick`; returns how many mails are on their way. What a release says of a session is compared
    with what those who booked it were told last, so that a change back and forth between two releases is no news. Who
    booked after the release has seen it. Of what is over at `now` nobody is told.
    """
    release = current_release(now)
    if release is None:
        return 0
    placings = {one.uuid: one for one in release.with_unlisted.occurrences}
    told = 0
    for quota in queries.quotas():
        placing = placings.get(str(quota.occurrence.uuid)) if quota.occurrence else None
        if placing is not None and quota.told != _said(placing):
            told += _tell_booked(quota, placing, release.published_at, now)
    return told


def _said(placing: Placing) -> str:
    """Return when and where a session is, in a form that differs when something of it does."""
    if placing.is_cancelled:
        return _CANCELLED
    return f"{placing.starts_at.isoformat()} {placing.ends_at.isoformat()} {placing.room.slug}"


def _tell_booked(quota: Quota, placing: Placing, released_at: datetime, now: datetime) -> int:
    with writing(public=False):
        if not Quota.objects.filter(pk=quota.pk, told=quota.told).update(told=_said(placing)):
            return 0
        if not quota.told or placing.ends_at <= now:
            return 0  # nobody was told of anything yet, or nothing can be done about it any more
        booked = OrderLine.objects.holding_a_place().filter(
            occurrence=quota.occurrence_id, order__created_at__lt=released_at
        )
        holders: dict[int, tuple[Order, OrderLine]] = {}
        for line in booked.select_related("order", "ticket__order").order_by("pk"):
            order = line.ticket.order if hasattr(line, "ticket") else line.order
            holders.setdefault(order.pk, (order, line))
        for order, line in holders.values():
            outbox.queue(MOVED_MAIL, to=order.email, language=order.language, fact=line, now=now, edition=quota.edition)
        return len(holders)

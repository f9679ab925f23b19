"""Accepting and refusing what needs approval. Whoever comes second finds it decided."""

from datetime import datetime, timedelta

from django.db.models import Max

from festival.core import audit, outbox
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import Day, closing_moment
from tickets.approvals.faults import NotWaiting
from tickets.models import Approval, Order
from tickets.orders import cancelling
from tickets.payments import providers, refunding, settling

ACCEPTED_MAIL = "approval.accepted"
REFUSED_MAIL = "approval.refused"
DAYS_TO_PAY = 7


def accept(*, approval: Approval, actor: Actor, now: datetime) -> Order:
    """Accept a request, and return its order: with its tickets if it is free, else to be paid within some days.

    Raises:
        NotWaiting: If it was decided before, was withdrawn, or is over. Nothing was changed.
    """
    with writing(public=False):
        order = _decide(approval, now, is_accepted=True)
        if order.total_cents:
            order.expires_at = _pay_until(order, now)
            # Noted as prolonged: nobody needs twenty minutes more of a week.
            order.extended_at = now
            order.save(update_fields=["awaits_approval", "expires_at", "extended_at"])
            outbox.queue(
                ACCEPTED_MAIL, to=order.email, language=order.language, fact=order, now=now, edition=order.edition
            )
        else:
            order.save(update_fields=["awaits_approval"])
            settling.pay_nothing(order, now=now, actor=actor)
        audit.record(
            "approval.accepted", approval, actor=actor, at=now, facts={"order": order.code}, edition=order.edition
        )
        return order


def refuse(*, approval: Approval, reason: str, actor: Actor, now: datetime) -> None:
    """Refuse a request: its places and the use of its code come back, once; a mail says why.

    `reason` has at most 200 characters. Raises NotWaiting as `accept` does.
    """
    with writing(public=False):
        order = _decide(approval, now, is_accepted=False, reason=reason)
        order.save(update_fields=["awaits_approval"])
        cancelling.cancel(order=order, actor=actor, now=now, reason=reason, tell=False)
        outbox.queue(
            REFUSED_MAIL, to=order.email, language=order.language, fact=approval, now=now, edition=order.edition
        )
        facts: dict[str, audit.Fact] = {"order": order.code, "reason": reason}
        audit.record("approval.refused", approval, actor=actor, at=now, facts=facts, edition=order.edition)


def _decide(approval: Approval, now: datetime, *, is_accepted: bool, reason: str = "") -> Order:
    """Note the decision, and return the order with `awaits_approval` taken off, not stored yet."""
    order = refunding.hold(approval.order_id)
    is_over = order.expires_at is None or order.expires_at <= now
    if not order.awaits_approval or order.state != Order.State.HELD or is_over:
        raise NotWaiting
    Approval.objects.filter(pk=approval.pk).update(is_accepted=is_accepted, reason=reason, decided_at=now)
    order.awaits_approval = False
    return order


def _pay_until(order: Order, now: datetime) -> datetime:
    """Return the end of the days to pay, never past the end of the last day of what was ordered."""
    found = providers.settings_of(order.edition)
    end = now + timedelta(days=found.transfer_days if found else DAYS_TO_PAY)
    lines = order.lines.live()
    dated = Day.objects.filter(pk__in=lines.exclude(day=None).values("day"))
    whole = Day.objects.filter(products__in=lines.filter(day=None).values("product"), edition=order.edition_id)
    days = (dated | whole).distinct().select_related("edition").prefetch_related("hours")
    last = max(map(closing_moment, days), default=lines.aggregate(last=Max("product__sale_closes"))["last"] or end)
    return min(end, last)

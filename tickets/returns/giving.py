"""Giving back a free amount out of goodwill: the tickets stay valid, the books follow."""

from datetime import datetime

from festival.core import audit
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from tickets.models import Order, Refund
from tickets.payments import queries, refunding
from tickets.payments.faults import RefundTooHigh


def left_to_give(order: Order) -> int:
    """Return how many cents of an order can be given back: what was paid and has not gone back, 0 or more."""
    if order.state not in {Order.State.PAID, Order.State.CANCELLED}:
        return 0
    return max(0, min(order.total_cents, queries.balance(order)))


def give(*, order: Order, cents: int, told: str, actor: Actor, now: datetime) -> list[Refund]:
    """Begin to send `cents` back for an order, by the ways that it was paid, the latest first; its buyer gets a mail.

    Args:
        order: A paid one, or one that was cancelled and of which something was kept.
        cents: More than 0.
        told: What the mail says besides, at most 200 characters.
        actor: Who gives.
        now: When.

    Raises:
        RefundTooHigh: If less is left of what was paid. Nothing was written then.
    """
    with writing(public=False):
        held = refunding.hold(order.pk)
        left = left_to_give(held)
        if not 0 < cents <= left:
            raise RefundTooHigh(left=left)
        refunding.write_off(held, cents, now=now)
        begun = refunding.pay_back(held, cents, now=now, actor=actor, reason=Refund.Reason.GOODWILL, told=told)
        facts: dict[str, Fact] = {"cents": cents, "refunds": len(begun)}
        audit.record("order.goodwill_given", held, actor=actor, at=now, facts=facts, edition=held.edition)
        return begun

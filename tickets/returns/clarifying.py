"""Saying what a refund was for that somebody made at the payment service: its tickets are cancelled, or none is."""

from collections.abc import Collection
from datetime import datetime

from festival.core import audit
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from tickets.catalogue.terms import Refusal
from tickets.exceptions import NotCancellable
from tickets.models import Order, OrderLine, Refund
from tickets.orders import taking_back
from tickets.orders.taking_back import OthersCame
from tickets.payments import refunding


def clarify(*, refund: Refund, lines: Collection[int], reason: str, actor: Actor, now: datetime) -> int:
    """Note that a refund made elsewhere was for lines of its order (primary keys), or for none; return how many.

    They are cancelled with what belongs to them, and no further money moves: it has gone already.

    Raises:
        NotCancellable: If somebody said so before, or a line was cancelled meanwhile. Nothing was changed.
    """
    with writing(public=False):
        order = refunding.hold(refund.order_id)
        unclear = Refund.objects.filter(pk=refund.pk, reason=Refund.Reason.OUTSIDE, clarified_at=None)
        if not unclear.update(clarified_at=now):
            raise NotCancellable(why=Refusal.ENDED)
        found = taking_back.with_belongings(order, lines) if lines else []
        if set(lines) - {line.pk for line in found}:
            raise NotCancellable(why=Refusal.ENDED)
        if found:
            _cancel(order, found, reason, actor, now)
        facts: dict[str, Fact] = {"lines": len(found), "amount_cents": refund.amount_cents}
        audit.record("refund.clarified", refund, actor=actor, at=now, facts=facts, edition=order.edition)
        return len(found)


def _cancel(order: Order, found: list[OrderLine], reason: str, actor: Actor, now: datetime) -> None:
    """Cancel what the money was for: of its price nothing goes back any more, it went back before."""
    try:
        taking_back.void(found, now)
    except OthersCame as error:
        raise NotCancellable(why=Refusal.ENDED) from error
    backs = {line.pk: 0 for line in found}
    taking_back.carry_out(found, backs, actor=actor, now=now, reason=reason)

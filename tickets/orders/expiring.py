"""What time ends: orders that were not paid or confirmed lose their places, the trace of a network is forgotten."""

from datetime import datetime, timedelta

from django.conf import settings

from festival.core import audit, outbox
from festival.core.audit import Actor
from festival.core.writing import writing, writing_statement
from tickets.models import Answer, Approval, MoneyState, Order, OrderLine, Payment, Refund
from tickets.orders import queries
from tickets.payments import refunding, settling
from tickets.vouchers import redeeming

EXPIRED_MAIL = "order.expired"
_NEVER_CAME = (MoneyState.FAILED, MoneyState.CANCELLED)


def expire_due(now: datetime) -> int:
    """Let every order expire whose time is over, each in a transaction of its own; return how many did.

    Runs within `manage.py tick`. One conditional UPDATE decides, so that a payment that comes at the same moment is
    never overwritten, and two runs at once give places back once.
    """
    return sum(_expire(order, now) for order in queries.due(now))


def forget_networks(now: datetime) -> int:
    """Take the trace of its network off each order older than `NETWORKS_KEPT_DAYS`; return how many. Runs in `tick`."""
    before = now - timedelta(days=settings.NETWORKS_KEPT_DAYS)
    with writing_statement():
        return Order.objects.exclude(network="").filter(created_at__lte=before).update(network="")


def forget_baskets(now: datetime) -> int:
    """Take name, address and answers off what was never paid, `BASKETS_KEPT_DAYS` after its end; return how many.

    Runs in `tick`. Of what was sold, and of whatever money came for, nothing is forgotten. A payment that comes even
    later goes back: nobody is left to have the tickets.
    """
    before = now - timedelta(days=settings.BASKETS_KEPT_DAYS)
    ended = Order.objects.filter(is_basket=True, state=Order.State.EXPIRED, expires_at__lte=before)
    paid = Payment.objects.exclude(state__in=_NEVER_CAME).values("order")
    named = ended.exclude(pk__in=paid).exclude(name="", email="").values_list("pk", flat=True)
    with writing(public=False):
        found = list(named)
        OrderLine.objects.filter(order__in=found).exclude(holder="").update(holder="")
        Answer.objects.filter(order__in=found).delete()
        return Order.objects.filter(pk__in=found, state=Order.State.EXPIRED).update(name="", email="")


def _expire(order: Order, now: datetime) -> bool:
    with writing(public=False):
        waiting = Order.objects.filter(pk=order.pk, state=order.state, expires_at__lte=now)
        if not waiting.update(state=Order.State.EXPIRED):
            return False
        lines = list(order.lines.live())
        redeeming.give_back(lines, now=now)
        actor = Actor.system("tick")
        if order.is_basket or order.state == Order.State.PENDING:
            _end_payments(order, actor, now)
        audit.record("order.expired", order, actor=actor, at=now, edition=order.edition)
        return True


def _end_payments(order: Order, actor: Actor, now: datetime) -> None:
    """Call off what did not come, send back what came in part, and tell the buyer."""
    settling.call_off_open(order)
    refunding.give_all_back(order, reason=Refund.Reason.LATE, now=now, actor=actor)
    # What was ordered, or accepted on request; who only filled a basket knows of its twenty minutes.
    if order.state == Order.State.PENDING or Approval.objects.filter(order=order, is_accepted=True).exists():
        outbox.queue(EXPIRED_MAIL, to=order.email, language=order.language, fact=order, now=now, edition=order.edition)

"""Asking services how far payments and refunds are, and writing down what they say. Repairs lost events."""

import logging
from datetime import datetime, timedelta

from django.db.models import Q

from festival.core.audit import Actor
from festival.core.writing import writing
from tickets.models import MoneyState, Order, Payment, Refund
from tickets.payments import providers, refunding, settling
from tickets.payments.faults import ProviderFailed, ReferenceUsed

logger = logging.getLogger(__name__)

RESTS = timedelta(minutes=2)  # after its beginning a payment is left to events first
_ASKER = Actor.system("reconcile")


def ask_payment(*, payment: Payment, now: datetime, actor: Actor = _ASKER) -> MoneyState:
    """Ask once how far a payment is, write it down, and return it.

    Raises:
        ProviderFailed: If the service does not answer. Nothing was written.
    """
    answer = providers.provider(payment.provider).ask(payment)
    if answer.state == MoneyState.CONFIRMED:
        settling.settle(
            payment=payment, amount_cents=answer.amount_cents, reference=answer.reference, now=now, actor=actor
        )
    elif answer.state in {MoneyState.FAILED, MoneyState.CANCELLED}:
        settling.fail(payment=payment, now=now, actor=actor)
        with writing(public=False):
            Payment.objects.filter(pk=payment.pk).exclude(url="").update(url="")  # its page is closed
    return answer.state


def ask_refund(*, refund: Refund, now: datetime, actor: Actor = _ASKER) -> MoneyState:
    """Ask once how far a refund is, write it down, and return it; one that was never sent is sent.

    Raises:
        ProviderFailed: If the service does not answer. Nothing was written.
    """
    answer = providers.provider(refund.provider).refund(refund)
    if answer.state == MoneyState.CONFIRMED:
        refunding.confirm(refund=refund, now=now, actor=actor, reference=answer.reference)
    elif answer.state == MoneyState.FAILED:
        refunding.fail(refund=refund, now=now, actor=actor)
    return answer.state


def awaited_at_service(order: Order) -> Payment | None:
    """Return the payment of an order whose page at a service was opened last, and which has not ended."""
    begun = Payment.objects.filter(order=order, state__in=Payment.OPEN).exclude(reference="")
    return begun.select_related("order__edition").order_by("pk").last()


def reconcile(now: datetime, *, rests: timedelta = RESTS) -> int:
    """Ask for every payment and refund that is on its way at a service; return how many are settled. Runs in `tick`.

    Payments that were called off are asked for too, until their page is closed: one can be paid in its last second.

    Args:
        now: When.
        rests: What began less long ago is left out.
    """
    begun = Q(state=MoneyState.PENDING) | Q(state=MoneyState.CANCELLED) & ~Q(url="")
    remote = [name for name in providers.names() if providers.provider(name).moves_money]
    payments = Payment.objects.filter(begun, provider__in=remote, created_at__lte=now - rests).exclude(reference="")
    refunds = Refund.objects.filter(state=MoneyState.PENDING, provider__in=remote)
    settled = sum(_is_settled(payment, now) for payment in payments.order_by("pk"))
    return settled + sum(_is_sent(refund, now) for refund in refunds.select_related("payment", "order"))


def _is_settled(payment: Payment, now: datetime) -> bool:
    try:
        return ask_payment(payment=payment, now=now) != MoneyState.PENDING
    except (ProviderFailed, ReferenceUsed):
        logger.exception("Payment %s was not asked for.", payment.pk)
        return False


def _is_sent(refund: Refund, now: datetime) -> bool:
    try:
        return ask_refund(refund=refund, now=now) != MoneyState.PENDING
    except ProviderFailed:
        logger.exception("Refund %s was not asked for.", refund.pk)
        return False

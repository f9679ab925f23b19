"""Asking services how far payments and refunds are, and writing down what they say. Repairs lost events."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from festival.core.audit import Actor
from festival.core.writing import writing
from tickets.models import MoneyState, Order, Payment, Provider, Refund
from tickets.payments import providers, refunding, settling
from tickets.payments.faults import ProviderFailed, ProviderSilent, ReferenceUsed, RefundTooHigh
from tickets.payments.providers import Answer
from tickets.stripe import outside, rules
from tickets.stripe.checkout import ListedRefund, StripeCheckout

logger = logging.getLogger(__name__)

RESTS = timedelta(minutes=2)  # after its beginning a payment is left to events first
MOST = 200  # of payments, and of refunds, that are asked for in one run of `tick`
GAP = timedelta(minutes=10)  # payments further apart than this are not looked for in one list
TOGETHER = 100
MADE_WITHIN = timedelta(days=3)  # so long Stripe repeats an event; a refund whose every event was lost is younger
_ASKER = Actor.system("reconcile")


def ask_payment(*, payment: Payment, now: datetime, actor: Actor = _ASKER) -> MoneyState:
    """Ask once how far a payment is, write it down, and return it.

    Raises:
        ProviderFailed: If the service does not answer. Nothing was written.
    """
    return _note_payment(payment, providers.provider(payment.provider).ask(payment), now, actor)


def ask_refund(*, refund: Refund, now: datetime, actor: Actor = _ASKER) -> MoneyState:
    """Ask once how far a refund is, write it down, and return it; one that was never sent is sent.

    Raises:
        ProviderFailed: If the service does not answer. Nothing was written.
    """
    return _note_refund(refund, providers.provider(refund.provider).refund(refund), now, actor)


def awaited_at_service(order: Order) -> Payment | None:
    """Return the payment of an order whose page at a service was opened last, and which has not ended."""
    begun = Payment.objects.filter(order=order, state__in=Payment.OPEN).exclude(reference="")
    return begun.select_related("order__edition").order_by("pk").last()


def reconcile(
    now: datetime, *, rests: timedelta = RESTS, most: int | None = MOST, made_within: timedelta = MADE_WITHIN
) -> int:
    """Ask for what is on its way at a service, and for refunds that others made; return how many are settled.

    Runs in `tick`. Payments that were called off are asked for too, until their page is closed: one can be paid in its
    last second. What is begun at about the same time is asked for by a list. A service that is silent is left alone
    until the next run.

    Args:
        now: When.
        rests: What began less long ago is left out.
        most: How many payments, and how many refunds, are asked for; the others have their turn in the next minutes.
            None for all.
        made_within: How far back refunds of others are looked for.
    """
    settled = 0
    try:
        for payment, answer in _answers(now, rests, most):
            settled += _is_settled(payment, answer, now)
        settled += _refunds_of_others(now, made_within)
        for refund in _on_their_way(now, most):
            settled += _is_sent(refund, now)
    except ProviderSilent:
        logger.exception("A service is silent; what is on its way there is asked for later.")
    return settled


def _note_payment(payment: Payment, answer: Answer, now: datetime, actor: Actor) -> MoneyState:
    if answer.state == MoneyState.CONFIRMED:
        settling.settle(
            payment=payment, amount_cents=answer.amount_cents, reference=answer.reference, now=now, actor=actor
        )
    elif answer.state in {MoneyState.FAILED, MoneyState.CANCELLED}:
        settling.fail(payment=payment, now=now, actor=actor)
        with writing(public=False):
            Payment.objects.filter(pk=payment.pk).exclude(url="").update(url="")  # its page is closed
    return answer.state


def _note_refund(refund: Refund, answer: Answer, now: datetime, actor: Actor) -> MoneyState:
    if answer.state == MoneyState.CONFIRMED:
        refunding.confirm(refund=refund, now=now, actor=actor, reference=answer.reference)
    elif answer.state == MoneyState.FAILED:
        refunding.fail(refund=refund, now=now, actor=actor)
    return answer.state


def _remote() -> list[str]:
    return [name for name in providers.names() if providers.provider(name).moves_money]


def _turn[T](found: Iterable[T], most: int | None, now: datetime) -> list[T]:
    """Return the rows that are asked for in this run."""
    rows = list(found)
    if most is None:
        return rows
    return [rows[position] for position in rules.turns(len(rows), most=most, minute=int(now.timestamp()) // 60)]


def _answers(now: datetime, rests: timedelta, most: int | None) -> Iterator[tuple[Payment, Answer | None]]:
    """Yield the payments that are asked for, with what a list said of them."""
    begun = Q(state=MoneyState.PENDING) | Q(state=MoneyState.CANCELLED) & ~Q(url="")
    for name in _remote():
        rows = Payment.objects.filter(begun, provider=name, created_at__lte=now - rests).exclude(reference="")
        payments = _turn(rows.order_by("created_at", "pk"), most, now)
        for group in rules.together([one.created_at for one in payments], gap=GAP, most=TOGETHER):
            asked = [payments[position] for position in group]
            listed = _listed(name, asked, now) if len(asked) > 1 else {}
            yield from ((payment, listed.get(payment.pk)) for payment in asked)


def _listed(name: str, payments: Sequence[Payment], now: datetime) -> Mapping[int, Answer]:
    """Return what a list says of payments, by primary key; those that it does not have are asked for one by one."""
    try:
        return providers.provider(name).ask_many(payments, now)
    except ProviderSilent:
        raise
    except ProviderFailed:
        logger.exception("%s payments were not asked for by a list.", len(payments))
        return {}


def _is_settled(payment: Payment, answer: Answer | None, now: datetime) -> bool:
    try:
        state = _note_payment(payment, answer, now, _ASKER) if answer else ask_payment(payment=payment, now=now)
    except ProviderSilent:
        raise
    except (ProviderFailed, ReferenceUsed):
        logger.exception("Payment %s was not asked for.", payment.pk)
        return False
    return state != MoneyState.PENDING


def _refunds_of_others(now: datetime, within: timedelta) -> int:
    """Write down what was sent back in Stripe's dashboard, though every event of it was lost; return how many."""
    paid = Payment.objects.filter(provider=Provider.STRIPE, state=MoneyState.CONFIRMED)
    if not (settings.STRIPE_SECRET_KEY and paid.exists()):
        return 0
    try:
        listed = list(StripeCheckout().refunds_since(now - within, now))
    except ProviderSilent:
        raise
    except ProviderFailed:
        logger.exception("Refunds that others made were not asked for.")
        return 0
    made = [one for one in listed if not one.is_ours and one.answer.state == MoneyState.CONFIRMED]
    ours = Refund.objects.filter(provider=Provider.STRIPE, reference__in=[one.answer.reference for one in made])
    known = set(ours.values_list("reference", flat=True))
    return sum(_is_taken_in(one, now) for one in made if one.answer.reference not in known)


def _is_taken_in(made: ListedRefund, now: datetime) -> bool:
    payment = outside.payment_of(made.payment_key)
    try:
        return payment is not None and outside.write_down(payment=payment, answer=made.answer, now=now, actor=_ASKER)
    except RefundTooHigh:
        logger.exception("Refund %s is more than was paid.", made.answer.reference)
        return False


def _on_their_way(now: datetime, most: int | None) -> list[Refund]:
    refunds = Refund.objects.filter(state=MoneyState.PENDING, provider__in=_remote())
    return _turn(refunds.select_related("payment", "order").order_by("pk"), most, now)


def _is_sent(refund: Refund, now: datetime) -> bool:
    try:
        return ask_refund(refund=refund, now=now) != MoneyState.PENDING
    except ProviderSilent:
        raise
    except ProviderFailed:
        logger.exception("Refund %s was not asked for.", refund.pk)
        return False

"""Beginning a payment: the key is stored first, the provider is asked then, and what it says is stored last."""

import logging
from datetime import datetime, timedelta

from django.db.models import Q

from festival.core import audit, outbox
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from tickets.exceptions import DetailsMissing, HoldOver, TermsNotAccepted, TotalChanged, WayNotOffered
from tickets.models import MoneyState, Order, Payment
from tickets.payments import providers, queries, refunding, settling
from tickets.payments.faults import ProviderFailed
from tickets.payments.providers import Begun, PaymentProvider

logger = logging.getLogger(__name__)

INSTRUCTIONS_MAIL = "payment.instructions"
REMINDER_MAIL = "payment.reminder"
PAGE_ENDS_BEFORE = timedelta(minutes=10)  # a provider's page is closed before the places go back
REMIND_BEFORE = timedelta(days=2)


def order_and_pay(
    *, order: Order, way: str, total_cents: int, terms: str, return_url: str, now: datetime
) -> Payment | None:
    """Make a basket an order that is to be paid, begin its payment and return it; None when nothing is to be paid.

    Sent again (double click, two tabs) it returns the payment that was begun; by another way, that one is called off.

    Args:
        order: A basket, or an order whose payment did not come.
        way: A value of `Provider`.
        total_cents: What the buyer saw as total.
        terms: The version of the terms of sale that was agreed to, as `queries.terms_of` names it.
        return_url: Where a provider sends the buyer back to.
        now: When.

    Raises:
        HoldOver: If its time is over, or it was paid or cancelled.
        DetailsMissing, TotalChanged, TermsNotAccepted, WayNotOffered: If it cannot be ordered like this.
        ProviderFailed: If the service does not answer. The order waits, and the next try goes on from there.
    """
    way_to_pay = _way(order, way, now) if order.total_cents else None
    with writing(public=False):
        held = refunding.hold(order.pk)
        held.edition = order.edition
        if held.state == Order.State.PENDING and (begun := queries.open_payment(held, way)):
            payment = begun
        else:
            _check(held, total_cents, terms, now)
            _accept(held, terms, now)
            if way_to_pay is None:
                settling.pay_nothing(held, now=now, actor=Actor.of_order(held.code, held.name))
                return None
            payment = _write(held, way, now)
    if payment.state == MoneyState.PENDING or way_to_pay is None:
        return payment
    begun_at_provider = way_to_pay.begin(payment, order, return_url, now)
    return _note(payment, held, begun_at_provider, now)


def close_pages(now: datetime) -> int:
    """Close the providers' pages of payments that were called off; return how many. Runs in `tick`.

    A service that fails is asked again at the next run.
    """
    closed = 0
    for payment in Payment.objects.filter(state=MoneyState.CANCELLED).exclude(url=""):
        try:
            providers.provider(payment.provider).call_off(payment)
        except ProviderFailed:
            logger.exception("The page of payment %s was not closed.", payment.pk)
            continue
        with writing(public=False):
            closed += Payment.objects.filter(pk=payment.pk, state=MoneyState.CANCELLED).update(url="")
    return closed


def remind_due(now: datetime) -> int:
    """Remind, once each, of payments that the buyer makes by hand and that end soon; return how many. Runs in `tick`.

    Two days before the end; of a shorter time, at its half.
    """
    soon = Q(expires_at__gt=now, expires_at__lte=now + REMIND_BEFORE)
    waiting = Payment.objects.filter(soon, state=MoneyState.PENDING, url="", reminded_at=None)
    found = waiting.filter(order__state=Order.State.PENDING).select_related("order__edition")
    return sum(_remind(payment, now) for payment in found if _half_time(payment) <= now)


def _way(order: Order, way: str, now: datetime) -> PaymentProvider:
    ready = {str(one.name): one for one in providers.ready_providers(order.edition)}
    if way not in ready or ready[way].offered_until(order, now) is None:
        raise WayNotOffered(way)
    return ready[way]


def _check(order: Order, total_cents: int, terms: str, now: datetime) -> None:
    if order.state not in {Order.State.HELD, Order.State.PENDING} or not order.is_basket or order.awaits_approval:
        raise HoldOver
    if order.expires_at is None or order.expires_at <= now:
        raise HoldOver
    if not (order.name and order.email):
        raise DetailsMissing
    if order.total_cents != total_cents:
        raise TotalChanged
    asked = queries.terms_of(order.edition) if order.total_cents else None
    if order.total_cents and (asked is None or terms != asked.version):
        raise TermsNotAccepted


def _accept(order: Order, terms: str, now: datetime) -> None:
    order.state, order.terms, order.terms_accepted_at = Order.State.PENDING, terms, now
    Order.objects.filter(pk=order.pk).update(state=order.state, terms=terms, terms_accepted_at=now)
    audit.record(
        "order.placed",
        order,
        actor=Actor.of_order(order.code),  # without the name: what is never paid is forgotten, the log is not
        at=now,
        facts={"total_cents": order.total_cents, "terms": terms},
        edition=order.edition,
    )


def _write(order: Order, way: str, now: datetime) -> Payment:
    missing = order.total_cents
    if Payment.objects.filter(order=order).exists():
        settling.call_off_open(order)
        missing -= queries.balance(order)
    return Payment.objects.create(order=order, provider=way, amount_cents=missing, created_at=now)


def _note(payment: Payment, order: Order, begun: Begun, now: datetime) -> Payment:
    """Keep what the provider said; whoever comes second with the same changes nothing."""
    kept_until = begun.expires_at + PAGE_ENDS_BEFORE if begun.url else begun.expires_at
    with writing(public=False):
        waiting = Order.objects.filter(pk=order.pk, state=Order.State.PENDING, expires_at__lt=kept_until)
        waiting.update(expires_at=kept_until)  # the order first, as everywhere
        changes = {"reference": begun.reference, "url": begun.url, "expires_at": begun.expires_at}
        created = Payment.objects.filter(pk=payment.pk, state=MoneyState.CREATED)
        if not created.update(state=MoneyState.PENDING, **changes):
            payment.refresh_from_db()
            return payment
        payment.state, payment.reference, payment.url = MoneyState.PENDING, begun.reference, begun.url
        payment.expires_at = begun.expires_at
        if not begun.url:
            _mail(INSTRUCTIONS_MAIL, payment, order, now)
        facts: dict[str, Fact] = {"amount_cents": payment.amount_cents, "provider": payment.provider}
        actor = Actor.of_order(order.code)
        audit.record("payment.begun", payment, actor=actor, at=now, facts=facts, edition=order.edition)
    return payment


def _half_time(payment: Payment) -> datetime:
    end = payment.expires_at or payment.created_at
    return payment.created_at + (end - payment.created_at) / 2


def _remind(payment: Payment, now: datetime) -> bool:
    with writing(public=False):
        if not Payment.objects.filter(pk=payment.pk, state=MoneyState.PENDING, reminded_at=None).update(
            reminded_at=now
        ):
            return False
        _mail(REMINDER_MAIL, payment, payment.order, now)
        return True


def _mail(kind: str, payment: Payment, order: Order, now: datetime) -> None:
    outbox.queue(kind, to=order.email, language=order.language, fact=payment, now=now, edition=order.edition)

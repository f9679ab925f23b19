"""Money that goes back: begun with the fact that owes it, sent outside of any transaction, confirmed once."""

import logging
from collections import Counter
from datetime import datetime

from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from festival.core import audit, outbox
from festival.core.audit import Actor, Fact
from festival.core.writing import require_transaction, writing
from festival.text.languages import in_all_languages
from tickets.catalogue import pot, pricing, refunds
from tickets.models import MoneyState, Order, OrderLine, Payment, Provider, Refund
from tickets.payments import posting, providers
from tickets.payments.faults import ProviderFailed, RefundTooHigh

logger = logging.getLogger(__name__)

REFUND_MAIL = "payment.refunded"
WRITTEN_OFF = _("Paid back")
_UNSENT = (MoneyState.CREATED, MoneyState.PENDING)


def hold(order_id: int) -> Order:
    """Let whoever else changes the order or its money wait until the transaction ends; return it as it is then."""
    require_transaction("An order is held")
    Order.objects.filter(pk=order_id).update(total_cents=F("total_cents"))
    return Order.objects.select_related("edition").get(pk=order_id)


def left_of(payment: Payment) -> int:
    """Return how many cents of a confirmed payment have not gone back and are not on their way; 0 of any other."""
    if payment.state != MoneyState.CONFIRMED:
        return 0
    gone = Refund.objects.filter(payment=payment, state__in=Refund.OWED).aggregate(sum=Sum("amount_cents"))["sum"]
    return payment.amount_cents - (gone or 0)


def begin(
    *,
    payment: Payment,
    amount_cents: int,
    reason: str,
    now: datetime,
    actor: Actor,
    tell: bool = True,
    told: str = "",
) -> Refund:
    """Write down that a part of a payment goes back; it is sent later. Within a transaction that holds its order.

    Of a confirmed payment `amount_cents`, more than 0, go back, for a value of `Refund.Reason`. `tell` says whether the
    buyer gets a mail, in which `told`, at most 200 characters, stands. What the pot paid is in it at once, without one.

    Raises RefundTooHigh if less is left of the payment.
    """
    require_transaction("A refund is begun")
    left = left_of(payment)
    if not 0 < amount_cents <= left:
        raise RefundTooHigh(left=left)
    order = payment.order
    refund = Refund.objects.create(
        order=order,
        payment=payment,
        provider=payment.provider,
        amount_cents=amount_cents,
        reason=reason,
        told=told,
        created_at=now,
    )
    posting.refund(refund, posting.REFUND_BEGUN, now=now)
    facts: dict[str, Fact] = {"amount_cents": amount_cents, "provider": refund.provider, "reason": str(reason)}
    audit.record("refund.begun", refund, actor=actor, at=now, facts=facts, edition=order.edition)
    if refund.provider == Provider.POT:
        pot.put_in(order.edition_id, amount_cents)  # at once: it never left the house
        confirm(refund=refund, now=now, actor=actor)
    elif tell and order.email:
        outbox.queue(REFUND_MAIL, to=order.email, language=order.language, fact=refund, now=now, edition=order.edition)
    return refund


def give_all_back(order: Order, *, reason: str, now: datetime, actor: Actor) -> list[Refund]:
    """Begin to send back whatever came for an order. Within a transaction that holds it."""
    payments = Payment.objects.filter(order=order, state=MoneyState.CONFIRMED).select_related("order__edition")
    return [
        begin(payment=payment, amount_cents=left, reason=reason, now=now, actor=actor)
        for payment in payments
        if (left := left_of(payment))
    ]


def pay_back(
    order: Order,
    cents: int,
    *,
    now: datetime,
    actor: Actor,
    reason: str = Refund.Reason.GIVEN_BACK,
    told: str = "",
) -> list[Refund]:
    """Begin to send `cents` of an order back, from its payments, the latest first.

    Within a transaction that holds it. Nothing is to go back of what was free. `told` is as for `begin`.

    Raises:
        RefundTooHigh: If less is left of what was paid.
    """
    begun = []
    paid = Payment.objects.filter(order=order, state=MoneyState.CONFIRMED).select_related("order__edition")
    for payment in paid.order_by("-confirmed_at", "-pk"):
        if part := min(cents, left_of(payment)):
            begun.append(begin(payment=payment, amount_cents=part, reason=reason, now=now, actor=actor, told=told))
            cents -= part
    if cents:
        raise RefundTooHigh(left=sum(refund.amount_cents for refund in begun))
    return begun


def write_off(order: Order, cents: int, *, now: datetime) -> list[OrderLine]:
    """Take `cents` off an order that was paid, though nothing of it was cancelled: they went back, or are to.

    Within a transaction that holds it. A discount for each rate of tax, in proportion to what was sold at it, so that
    net amounts and taxes stay right to the cent.

    Raises:
        ValueError: If the order does not come to as much.
    """
    require_transaction("Something is written off")
    sold: Counter[int] = Counter()
    for amount, rate in order.lines.live().values_list("cents", "vat_rate"):
        sold[rate] += amount
    rates = sorted(rate for rate, amount in sold.items() if amount > 0)
    parts = zip(rates, refunds.shares(cents, [sold[rate] for rate in rates]), strict=True)
    lines = OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            kind=OrderLine.Kind.DISCOUNT,
            product_name=in_all_languages(WRITTEN_OFF),
            cents=-part,
            vat_rate=rate,
            vat_cents=pricing.included_vat(-part, rate),
        )
        for rate, part in parts
        if part
    )
    posting.sale(order, lines, now=now)
    Order.objects.filter(pk=order.pk).update(total_cents=F("total_cents") - cents)
    return lines


def drop(refund: Refund, *, now: datetime, actor: Actor) -> bool:
    """Call off a refund that was not sent. Within a transaction that holds its order; False if it was, or is over."""
    created = Refund.objects.filter(pk=refund.pk, state=MoneyState.CREATED)
    if not created.update(state=MoneyState.CANCELLED):
        return False
    posting.refund(refund, posting.REFUND_DROPPED, now=now)
    audit.record("refund.dropped", refund, actor=actor, at=now, edition=refund.order.edition)
    return True


def confirm(*, refund: Refund, now: datetime, actor: Actor, reference: str = "") -> bool:
    """Note that a refund has gone; return False, and change nothing, when that was known or it was dropped."""
    with writing(public=False):
        order = hold(refund.order_id)
        changes = {"state": MoneyState.CONFIRMED, "confirmed_at": now}
        changes |= {"reference": reference} if reference else {}
        if not Refund.objects.filter(pk=refund.pk, state__in=_UNSENT).update(**changes):
            return False
        refund.refresh_from_db()
        posting.refund(refund, posting.REFUND_DONE, now=now)
        facts: dict[str, Fact] = {"amount_cents": refund.amount_cents, "provider": refund.provider}
        audit.record("refund.confirmed", refund, actor=actor, at=now, facts=facts, edition=order.edition)
        return True


def fail(*, refund: Refund, now: datetime, actor: Actor) -> bool:
    """Note that a service did not send a refund; the same amount is owed by transfer then, which the office sends.

    Returns False, and changes nothing, when it has gone or was dropped before.
    """
    with writing(public=False):
        order = hold(refund.order_id)
        if not Refund.objects.filter(pk=refund.pk, state__in=_UNSENT).update(state=MoneyState.FAILED):
            return False
        refund.refresh_from_db()
        posting.refund(refund, posting.REFUND_DROPPED, now=now)
        audit.record("refund.failed", refund, actor=actor, at=now, edition=order.edition)
        again = begin(
            payment=refund.payment,
            amount_cents=refund.amount_cents,
            reason=refund.reason,
            now=now,
            actor=actor,
            tell=False,
        )
        Refund.objects.filter(pk=again.pk).update(provider=Provider.TRANSFER)
        return True


def send_due(now: datetime) -> int:
    """Send the refunds that go by themselves; return how many were confirmed or are on their way. Runs in `tick`.

    A service that fails is asked again at the next run, with the same key.
    """
    return sum(
        _send(refund, now) for refund in Refund.objects.filter(state=MoneyState.CREATED).select_related("payment")
    )


def _send(refund: Refund, now: datetime) -> bool:
    provider = providers.provider(refund.provider)
    if not provider.moves_money:
        return False
    try:
        answer = provider.refund(refund)
    except ProviderFailed:
        logger.exception("Refund %s was not sent.", refund.pk)
        return False
    actor = Actor.system("tick")
    if answer.state == MoneyState.CONFIRMED:
        return confirm(refund=refund, now=now, actor=actor, reference=answer.reference)
    if answer.state == MoneyState.FAILED:
        return fail(refund=refund, now=now, actor=actor)
    with writing(public=False):
        created = Refund.objects.filter(pk=refund.pk, state=MoneyState.CREATED)
        return bool(created.update(state=MoneyState.PENDING, reference=answer.reference))

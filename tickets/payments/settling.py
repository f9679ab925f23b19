"""What changes the state of a payment: that it came, that it failed, that it was called off.

Each is a compare-and-set in one transaction that holds the order, so that events that are seen many times, late, in
another order or at once count once. Money that came is never unsaid: when it cannot pay, it goes back.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from festival.core import audit, outbox
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from festival.models import Day, closing_moment
from tickets.catalogue import pot
from tickets.delivery import issuing
from tickets.exceptions import SoldOut
from tickets.models import MoneyState, Order, OrderLine, Payment, Refund, Ticket
from tickets.payments import posting, queries, refunding
from tickets.payments.faults import ReferenceUsed
from tickets.vouchers import redeeming
from tickets.vouchers.faults import VoucherRefused

SHORT_MAIL = "payment.short"


class Outcome(StrEnum):
    """What came of a payment that was said to have come."""

    PAID = "paid"  # the order is paid now; what was too much goes back
    SHORT = "short"  # something is missing still
    RETURNED = "returned"  # it goes back: the order was paid, has ended, or its places are gone
    KNOWN = "known"  # it was confirmed before; nothing was changed


def settle(
    *,
    payment: Payment,
    amount_cents: int,
    reference: str,
    now: datetime,
    actor: Actor,
    came_at: datetime | None = None,
) -> Outcome:
    """Confirm a payment: the order is paid, its tickets are made, its mail is on the way, the books say so.

    Args:
        payment: A stored one, in whatever state: what came, came.
        amount_cents: What came, more than 0.
        reference: The provider's own name for it, which no other payment has; "" when there is none.
        now: When it is noted.
        actor: Who says so.
        came_at: When it came, if that was before.

    Raises:
        ReferenceUsed: If another payment came with this reference.
        ValueError: If nothing came. Nothing was written in both cases.
    """
    if amount_cents < 1:
        raise ValueError(f"A payment brings more than nothing, not {amount_cents} cents.")
    with writing(public=False):
        order = refunding.hold(payment.order_id)
        if not _confirm(payment, amount_cents, reference, came_at or now):
            return Outcome.KNOWN
        paid = Payment.objects.select_related("order__edition").get(pk=payment.pk)
        paid.order = order
        posting.payment(paid, now=now)
        outcome = _apply(order, paid, now, actor)
        facts: dict[str, Fact] = {"amount_cents": amount_cents, "asked_cents": payment.amount_cents}
        facts |= {"provider": paid.provider, "outcome": outcome.value}
        audit.record("payment.confirmed", paid, actor=actor, at=now, facts=facts, edition=order.edition)
        return outcome


def receive(
    *,
    order: Order,
    way: str,
    amount_cents: int,
    reference: str,
    key: UUID,
    now: datetime,
    actor: Actor,
    came_at: datetime | None = None,
) -> Outcome:
    """Confirm money that came for an order by hand or by statement: for what is awaited by that way, or besides it.

    `key` is of the form, the line of a statement: what comes with it again is the same money. The rest is as for
    `settle`.
    """
    with writing(public=False):
        held = refunding.hold(order.pk)
        payment = Payment.objects.filter(key=key).first()
        if payment is None:
            payment = queries.open_payment(held, way)
            if payment is None:
                payment = Payment(order=held, provider=way, amount_cents=amount_cents, created_at=now)
            payment.key = key
            payment.save()
        return settle(
            payment=payment, amount_cents=amount_cents, reference=reference, now=now, actor=actor, came_at=came_at
        )


def fail(*, payment: Payment, now: datetime, actor: Actor) -> bool:
    """Note that a payment did not come; the order waits on. False, and nothing changed, if it has ended before."""
    return _end(payment, MoneyState.FAILED, "payment.failed", now, actor)


def call_off(*, payment: Payment, now: datetime, actor: Actor) -> bool:
    """Note that a payment is not wanted any more. False, and nothing changed, if it has ended before."""
    return _end(payment, MoneyState.CANCELLED, "payment.called_off", now, actor)


def call_off_open(order: Order) -> int:
    """Call off what was begun for an order and has not come; return how many. Within a transaction that holds it.

    Pages of services are closed later, by `paying.close_pages`: nobody is called within a transaction.
    """
    return Payment.objects.filter(order=order, state__in=Payment.OPEN).update(state=MoneyState.CANCELLED)


def pay_nothing(order: Order, *, now: datetime, actor: Actor) -> None:
    """Make an order paid for which nothing is to be paid. Within a transaction that holds it, and found it waiting."""
    _become_paid(order, list(order.lines.live().select_related("product")), now, actor)


def _confirm(payment: Payment, amount_cents: int, reference: str, now: datetime) -> bool:
    if reference and _others(payment).filter(reference=reference).exists():
        raise ReferenceUsed(reference)
    changes: dict[str, object] = {"state": MoneyState.CONFIRMED, "confirmed_at": now, "amount_cents": amount_cents}
    if reference:
        changes["reference"] = reference
    if not reference:
        return bool(Payment.objects.filter(pk=payment.pk).exclude(state=MoneyState.CONFIRMED).update(**changes))
    try:
        with transaction.atomic():
            return bool(Payment.objects.filter(pk=payment.pk).exclude(state=MoneyState.CONFIRMED).update(**changes))
    except IntegrityError as error:  # it was noted for another order in this very moment
        raise ReferenceUsed(reference) from error


def _others(payment: Payment) -> QuerySet[Payment]:
    return Payment.objects.filter(provider=payment.provider).exclude(pk=payment.pk)


def _apply(order: Order, paid: Payment, now: datetime, actor: Actor) -> Outcome:
    """Let what came count for the order, and begin to send back what does not."""
    missing = order.total_cents - queries.balance(order)
    if order.state in Order.STATES_TIMED:
        if missing > 0 and order.state != Order.State.EXPIRED:
            _ask_for_rest(order, paid, missing, now)
            return Outcome.SHORT
        if missing > 0 or not _takes_places(order, now):
            refunding.give_all_back(order, reason=Refund.Reason.LATE, now=now, actor=actor)
            return Outcome.RETURNED
        _become_paid(order, list(order.lines.live().select_related("product")), now, actor)
        call_off_open(order)
        if missing < 0:
            _return(paid, -missing, now, actor)
        return Outcome.PAID
    _return(paid, min(-missing, paid.amount_cents), now, actor)
    return Outcome.RETURNED


def _return(paid: Payment, cents: int, now: datetime, actor: Actor) -> None:
    refunding.begin(payment=paid, amount_cents=cents, reason=Refund.Reason.TOO_MUCH, now=now, actor=actor)


def _ask_for_rest(order: Order, paid: Payment, missing: int, now: datetime) -> None:
    """Begin a payment of what is missing, by the same way and until the same end, and tell the buyer."""
    rest = Payment.objects.create(
        order=order,
        provider=paid.provider,
        amount_cents=missing,
        state=MoneyState.PENDING,
        created_at=now,
        expires_at=order.expires_at,
    )
    outbox.queue(SHORT_MAIL, to=order.email, language=order.language, fact=rest, now=now, edition=order.edition)


def _takes_places(order: Order, now: datetime) -> bool:
    """Return whether the order has its places: it holds them, or it has expired and takes them, and its code, anew."""
    lines = list(order.lines.live().select_related("occurrence"))
    if not (order.email and _opened_still(lines)):
        return False
    if order.state != Order.State.EXPIRED:
        return True
    if _is_over(lines, now):
        return False
    # Written first, as in a sale: whoever changes a quota meanwhile waits for it.
    Order.objects.filter(pk=order.pk).update(state=Order.State.PENDING)
    try:
        with transaction.atomic():
            redeeming.take_places_again(order, lines)
            redeeming.renew(order, now=now)
    except (SoldOut, VoucherRefused):
        Order.objects.filter(pk=order.pk).update(state=Order.State.EXPIRED)
        return False
    return True


def _opened_still(lines: Sequence[OrderLine]) -> bool:
    """Return whether the tickets that add-ons were bought for are valid; they are held, so that they stay it."""
    wanted = {line.booked_with_id for line in lines if line.booked_with_id is not None}
    if not wanted:
        return True
    held = Ticket.objects.select_for_update().filter(pk__in=wanted, state=Ticket.State.VALID).order_by("pk")
    return len(held) == len(wanted)


def _is_over(lines: Sequence[OrderLine], now: datetime) -> bool:
    """Return whether the last day or session of a line has ended."""
    if any(line.occurrence is not None and line.occurrence.ends_at <= now for line in lines):
        return True
    days = {line.day_id for line in lines if line.day_id}
    found = Day.objects.filter(pk__in=days).select_related("edition").prefetch_related("hours")
    whole = [line.product_id for line in lines if line.product_id and not line.day_id and not line.occurrence_id]
    products = Day.objects.filter(products__in=whole).select_related("edition").prefetch_related("hours").distinct()
    last = max((closing_moment(day) for day in products), default=None)
    return any(closing_moment(day) <= now for day in found) or (last is not None and last <= now)


def _become_paid(order: Order, lines: list[OrderLine], now: datetime, actor: Actor) -> None:
    Order.objects.filter(pk=order.pk).update(state=Order.State.PAID, expires_at=None)
    order.state, order.expires_at = Order.State.PAID, None
    pot.put_in(order.edition_id, pot.gifts_of(lines))
    posting.sale(order, lines, now=now)
    issuing.issue_tickets(order, lines)
    outbox.queue(
        issuing.ORDER_MAIL, to=order.email, language=order.language, fact=order, now=now, edition=order.edition
    )
    facts: dict[str, Fact] = {"total_cents": order.total_cents, "lines": len(lines)}
    audit.record("order.paid", order, actor=actor, at=now, facts=facts, edition=order.edition)


def _end(payment: Payment, state: MoneyState, verb: str, now: datetime, actor: Actor) -> bool:
    with writing(public=False):
        order = refunding.hold(payment.order_id)
        if not Payment.objects.filter(pk=payment.pk, state__in=Payment.OPEN).update(state=state):
            return False
        audit.record(verb, payment, actor=actor, at=now, edition=order.edition)
        return True

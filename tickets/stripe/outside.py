"""Refunds that somebody made in Stripe's dashboard: written down once each, with the ledger; nothing is cancelled.

What was bought stays as it is until the office says which tickets it concerns.
"""

from datetime import datetime
from uuid import UUID

from festival.core import audit, outbox
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from festival.text.languages import main_language
from tickets.models import MoneyState, Order, Payment, Provider, Refund
from tickets.payments import posting, refunding
from tickets.payments.faults import RefundTooHigh
from tickets.payments.providers import Answer
from tickets.stripe.checkout import StripeCheckout

OUTSIDE_MAIL = "refund.outside"


def take_in(*, payment: Payment, now: datetime, actor: Actor) -> int:
    """Ask Stripe for the refunds of a payment, and write down those that are not ours; return how many were new.

    Raises:
        ProviderFailed: If Stripe does not answer.
        RefundTooHigh: If it says that more went back than was paid.
    """
    made = StripeCheckout().refunds_of_others(payment)
    confirmed = [answer for answer in made if answer.state == MoneyState.CONFIRMED]
    return sum(write_down(payment=payment, answer=answer, now=now, actor=actor) for answer in confirmed)


def payment_of(key: str) -> Payment | None:
    """Return our payment with this key, as services keep it; None for what is no key of ours."""
    try:
        UUID(key)
    except ValueError:
        return None
    return Payment.objects.filter(provider=Provider.STRIPE, key=key).select_related("order__edition").first()


def write_down(*, payment: Payment, answer: Answer, now: datetime, actor: Actor) -> bool:
    """Write down a refund that succeeded at Stripe and is not ours; False if it is known, or the payment never came.

    Raises:
        RefundTooHigh: If more went back than was paid. Nothing was written.
    """
    with writing(public=False):
        order = refunding.hold(payment.order_id)
        known = Refund.objects.filter(provider=Provider.STRIPE, reference=answer.reference)
        paid = Payment.objects.filter(pk=payment.pk, state=MoneyState.CONFIRMED).first()
        if known.exists() or paid is None:
            return False
        paid.order = order
        owed_before = _make_room(paid, answer.amount_cents, now, actor)
        refund = Refund.objects.create(
            order=order,
            payment=paid,
            provider=Provider.STRIPE,
            amount_cents=answer.amount_cents,
            state=MoneyState.CONFIRMED,
            reference=answer.reference,
            reason=Refund.Reason.OUTSIDE,
            created_at=now,
            confirmed_at=now,
        )
        posting.refund(refund, posting.REFUND_BEGUN, now=now)
        posting.refund(refund, posting.REFUND_DONE, now=now)
        if order.state in {Order.State.PAID, Order.State.CANCELLED}:
            refunding.write_off(order, answer.amount_cents - owed_before, now=now)
        facts: dict[str, Fact] = {"amount_cents": answer.amount_cents, "reference": answer.reference}
        audit.record("refund.made_outside", refund, actor=actor, at=now, facts=facts, edition=order.edition)
        if office := order.edition.organiser_email:
            outbox.queue(OUTSIDE_MAIL, to=office, language=main_language(), fact=refund, now=now, edition=order.edition)
        return True


def _make_room(paid: Payment, cents: int, now: datetime, actor: Actor) -> int:
    """Drop refunds of ours that were not sent, as the same money cannot go back twice.

    Returns how many of `cents` were owed by them.

    Raises:
        RefundTooHigh: If there is not enough to drop.
    """
    left = refunding.left_of(paid)
    missing = cents - left
    for owed in Refund.objects.filter(payment=paid, state=MoneyState.CREATED).order_by("-pk"):
        if missing <= 0:
            break
        owed.order = paid.order
        if refunding.drop(owed, now=now, actor=actor):
            missing -= owed.amount_cents
            reason = owed.reason
    if missing > 0:
        raise RefundTooHigh(left=left)
    if missing < 0 and cents > left:
        refunding.begin(payment=paid, amount_cents=-missing, reason=reason, now=now, actor=actor, tell=False)
    return max(0, cents - left)

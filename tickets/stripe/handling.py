"""What an event means: nothing is taken from it but what it is about, of which Stripe is asked how far it is now.

So it does not matter in which order events arrive, how often, or whether one is missing.
"""

import uuid
from datetime import datetime

from festival.core.audit import Actor
from festival.core.writing import writing_statement
from tickets.models import Payment, Provider, ProviderEvent, Refund
from tickets.stripe import outside, reconciling
from tickets.stripe.checkout import StripeCheckout

_RETURNS = ("refund.", "charge.refund")
KINDS = ("checkout.session.", "payment_intent.", *_RETURNS)


def handle(event_pk: int, *, now: datetime) -> None:
    """Ask for what an event is about; one that was handled changes nothing.

    Raises:
        ProviderFailed: If Stripe does not answer; the task is tried again then.
    """
    event = ProviderEvent.objects.filter(pk=event_pk, handled_at=None).first()
    if event is None:
        return
    actor = Actor.system("stripe")
    payment = _payment(event)
    refund = None if payment else _refund(event)
    if payment:
        reconciling.ask_payment(payment=payment, now=now, actor=actor)
    elif refund:
        reconciling.ask_refund(refund=refund, now=now, actor=actor)
    if event.kind.startswith(_RETURNS) and refund is None and (paid := payment or _payment_of_refund(event)):
        outside.take_in(payment=paid, now=now, actor=actor)
    with writing_statement():
        ProviderEvent.objects.filter(pk=event_pk, handled_at=None).update(handled_at=now)


def _payment(event: ProviderEvent) -> Payment | None:
    """Return the payment that an event is about; one whose page was made just before a crash has no reference yet."""
    ours = Payment.objects.filter(provider=Provider.STRIPE).select_related("order__edition")
    if found := ours.filter(reference=event.object_id).exclude(reference="").first():
        return found
    found = ours.filter(key=event.key).first() if _is_key(event.key) else None
    if found and not found.reference and event.kind.startswith("checkout.session."):
        found.reference = event.object_id
    return found


def _refund(event: ProviderEvent) -> Refund | None:
    ours = Refund.objects.filter(provider=Provider.STRIPE).select_related("payment", "order__edition")
    if found := ours.filter(reference=event.object_id).exclude(reference="").first():
        return found
    return ours.filter(key=event.key).first() if _is_key(event.key) else None


def _payment_of_refund(event: ProviderEvent) -> Payment | None:
    """Return our payment that a refund is of which bears no mark of ours: somebody made it in Stripe's dashboard."""
    if event.key or not event.object_id.startswith("re_"):
        return None
    return outside.payment_of(StripeCheckout().key_of_refund(event.object_id))


def _is_key(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True

"""Orders that were bought: held, named, paid by transfer."""

import uuid

from festival.core.audit import Actor
from tests.factories.tickets import NOW
from tests.tickets.buying.conftest import basket, item
from tickets.buying import detailing, holding
from tickets.buying.detailing import Details
from tickets.models import Order, Payment
from tickets.orders.placing import Buyer
from tickets.payments import paying, queries, settling

OFFICE = Actor("user:1", "Noa")
BUYER = Buyer("Camille Dupont", "camille@example.org", "fr")


def ordered(*items, now=NOW, **changes):
    """Return an order of these items that waits for its transfer."""
    order = holding.hold(basket=basket(*items, **({"form_token": uuid.uuid4()} | changes)), now=now)
    if not order.email:
        detailing.give_details(order=order, details=Details(BUYER), now=now)
    order = fresh(order)
    terms = queries.terms_of(order.edition)
    total = order.total_cents
    paying.order_and_pay(
        order=order,
        way="transfer" if total else "",
        total_cents=total,
        terms=terms.version if terms and total else "",
        return_url="https://example.org/",
        now=now,
    )
    return fresh(order)


def pay(order, cents=None, now=NOW, key=None):
    """Let the transfer of an order come."""
    return settling.receive(
        order=order,
        way="transfer",
        amount_cents=order.total_cents if cents is None else cents,
        reference="",
        key=key or uuid.uuid4(),
        now=now,
        actor=OFFICE,
    )


def bought(*items, now=NOW, **changes):
    """Return a paid order of these items."""
    order = ordered(*items, now=now, **changes)
    if order.total_cents:
        pay(order, now=now)
    return fresh(order)


def fresh(order):
    """Return the order as it is stored."""
    return Order.objects.select_related("edition", "extends").get(pk=order.pk)


def balance(order):
    """Return what came for an order, less what went back or is to go."""
    return queries.balance(order)


def went_back(order):
    """Return what goes back of an order."""
    return sum(one.amount_cents for one in fresh(order).refunds.filter(state__in=["created", "confirmed"]))


def payments(order):
    """Return how many payments came for an order."""
    return Payment.objects.filter(order=order, state="confirmed").count()


def meal(lunch, *, count=1):
    """Return so many lunches of its first day."""
    return item(lunch, "prix", count=count, day=lunch.days.order_by("date").first())

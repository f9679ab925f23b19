"""The race that every engine must win, and the careless stock that proves the race would be noticed."""

import uuid

from tests.factories.tickets import NOW, ProductFactory, QuotaFactory
from tests.racing import abreast, at_once
from tickets.catalogue import stock
from tickets.exceptions import SoldOut
from tickets.models import Order, Product, Quota
from tickets.orders import placing


def careless_take(places):
    """Read, decide, write: what a beginner writes. Nothing keeps two buyers from reading the same number.

    In id order, as the stock does: a control that deadlocks proves nothing about overselling.
    """
    for quota_id, wanted in sorted(places.items()):
        now = Quota.objects.get(pk=quota_id)
        if now.taken + wanted > now.size:
            raise SoldOut
        abreast()
        now.taken += wanted
        now.save(update_fields=["taken"])


def look_only(order):
    """Look whether the order goes on, and hold nobody: what a beginner writes."""
    return Order.objects.filter(pk=order.pk, state__in=Order.STATES_HOLDING).exists()


def careless_hold(order):
    """Look only, and let everybody look before anybody goes on."""
    goes_on = look_only(order)
    abreast()
    return goes_on


def village(*, places):
    """Return a product with `places` places for one day, and that day."""
    product = ProductFactory()
    day = product.days.first()
    QuotaFactory(products=[product], day=day, size=places)
    return ready(product), day


def ready(product):
    """Return the product as the ticket office hands it over."""
    return Product.objects.select_related("edition").prefetch_related("prices", "days").get(pk=product.pk)


def buy(product, day, *, form_token=None, number=0, take=stock.take):
    """Register one person."""
    wish = placing.Wish(
        product=product,
        day=day,
        places=1,
        buyer=placing.Buyer(f"Personne {number}", f"personne{number}@example.org", "fr"),
        form_token=form_token or uuid.uuid4(),
    )
    return placing.register_free(wish=wish, now=NOW, take=take)


def buy_as(email, product, day):
    """Register one place with an address, by a form of its own."""
    wish = placing.Wish(product, 1, placing.Buyer("Noa", email, "fr"), uuid.uuid4(), day=day)
    return placing.register_free(wish=wish, now=NOW)


def rush(*, buyers, places, take=stock.take):
    """Let `buyers` people want one of `places` places at once; return what each of them got."""
    product, day = village(places=places)
    return at_once(buyers, lambda number: buy(product, day, number=number, take=take))


def sold(outcomes):
    """Return how many got an order; anything but an order or "sold out" is a failure of its own."""
    strange = [outcome for outcome in outcomes if not isinstance(outcome, (Order, SoldOut))]
    assert strange == []
    return sum(isinstance(outcome, Order) for outcome in outcomes)

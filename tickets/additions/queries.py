"""What can be added to an order now, and what was added to it."""

from datetime import datetime

from tickets.catalogue import extending, queries as catalogue
from tickets.catalogue.queries import Offer
from tickets.models import Order, OrderLine, Product
from tickets.payments.queries import is_selling


def addons(order: Order, now: datetime) -> list[Offer]:
    """Return the add-ons that can be bought now for a ticket of an order."""
    if not is_selling() or not order.edition.is_current:
        return []
    found = catalogue.offers(now=now)
    return [one for one in found if one.product.kind == Product.Kind.ADDON and one.product.is_sale and one.is_open]


def more(order: Order, now: datetime) -> list[tuple[Offer, int]]:
    """Return what an order has tickets of and can have more of now, each with how many more."""
    if not order.edition.is_current:
        return []
    base = extending.base_of(order)
    lines = base.lines.live().filter(kind=OrderLine.Kind.ADMISSION, occurrence=None).select_related("product")
    had = {line.product_id: line.product for line in lines if line.product}
    sells = is_selling()
    found = []
    for offer in catalogue.offers(now=now) if had else ():
        product = had.get(offer.product.pk)
        can_be_had = offer.product.is_registration or (sells and offer.product.is_sale)
        if product and offer.is_open and can_be_had and (left := extending.left_of(base, product)):
            found.append((offer, left))
    return found

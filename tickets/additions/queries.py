"""What can be added to an order now, and what was added to it."""

from datetime import datetime

from tickets.catalogue import extending, queries as catalogue
from tickets.catalogue.queries import Offer
from tickets.models import Order, OrderLine, Product, Voucher
from tickets.payments.queries import is_selling
from tickets.vouchers import queries as voucher_queries


def addons(order: Order, now: datetime, code: Voucher | None = None) -> list[Offer]:
    """Return the add-ons that can be bought now for a ticket of an order, with what a code opens and keeps."""
    if not is_selling() or not order.edition.is_current:
        return []
    opened, kept = voucher_queries.opened_by(code), voucher_queries.kept_by(code)
    found = [one for one in catalogue.offers(now=now, opened=opened, kept=kept) if one.is_open]
    addons = [one for one in found if one.product.kind == Product.Kind.ADDON]
    return [one for one in addons if one.product.is_sale or one.product.pk in opened]


def more(order: Order, now: datetime, code: Voucher | None = None) -> list[tuple[Offer, int]]:
    """Return what an order has tickets of and can have more of now, with what a code keeps, each with how many more."""
    if not order.edition.is_current:
        return []
    base = extending.base_of(order)
    lines = base.lines.live().filter(kind=OrderLine.Kind.ADMISSION, occurrence=None).select_related("product")
    had = {line.product_id: line.product for line in lines if line.product}
    sells = is_selling()
    found = []
    for offer in catalogue.offers(now=now, kept=voucher_queries.kept_by(code)) if had else ():
        product = had.get(offer.product.pk)
        can_be_had = offer.product.is_registration or (sells and offer.product.is_sale)
        if product and offer.is_open and can_be_had and (left := extending.left_of(base, product)):
            found.append((offer, left))
    return found

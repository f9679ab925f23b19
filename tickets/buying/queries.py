"""What the steps of a purchase read."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Min

from tickets.models import Order, OrderLine, Payment, Product


def products(wanted: Collection[int]) -> dict[int, Product]:
    """Return listed products of the current edition by primary key, with all that an order of them needs."""
    listed = Product.objects.listed().filter(edition__is_current=True)
    related = listed.select_related("edition__payment_settings__terms_page", "section")
    return related.prefetch_related("prices", "days__hours", "days__edition").in_bulk(wanted)


def named_lines(order: Order) -> list[OrderLine]:
    """Return the lines of an order whose tickets carry a name of their own."""
    named = order.lines.live().filter(kind=OrderLine.Kind.ADMISSION, product__named=True)
    return list(named.select_related("product"))


def refundable_until(order: Order) -> datetime | None:
    """Return until when all of an order can be given back; None when a part of it never can."""
    lines = order.lines.live().exclude(cents=0)
    if lines.filter(product__refundable_until=None).exists():
        return None
    found: datetime | None = lines.aggregate(until=Min("product__refundable_until"))["until"]
    return found


def payment_at_service(order: Order) -> Payment | None:
    """Return the payment of an order whose page at a service was opened last, and which has not ended."""
    begun = Payment.objects.filter(order=order, state__in=Payment.OPEN).exclude(reference="")
    return begun.select_related("order__edition").order_by("pk").last()

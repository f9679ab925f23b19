"""What the steps of a purchase read."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Q

from tickets.models import OrderLine, Product
from tickets.payments.queries import SummaryLine


def products(wanted: Collection[int], opened: Collection[int] = ()) -> dict[int, Product]:
    """Return products of the current edition by primary key, with all that an order of them needs.

    Those that are listed, and those that a code has `opened`.
    """
    had = Product.objects.filter(Q(is_listed=True) | Q(pk__in=opened), edition__is_current=True)
    related = had.select_related("edition__payment_settings__terms_page", "section")
    found = related.prefetch_related("prices", "days__hours").in_bulk(wanted)
    for product in found.values():
        for day in product.days.all():
            day.edition = product.edition
    return found


def named_lines(summary: Iterable[SummaryLine]) -> list[OrderLine]:
    """Return the lines of an order (from `summary_of`) whose tickets carry a name of their own."""
    lines = [line for item in summary for line in item.lines]
    return [line for line in lines if line.kind == OrderLine.Kind.ADMISSION and line.product and line.product.named]


def refundable_until(summary: Iterable[SummaryLine]) -> datetime | None:
    """Return until when all of an order (from `summary_of`) can be given back; None when a part of it never can."""
    products = {item.line.product for item in summary if item.cents}
    dates = [product.refundable_until if product else None for product in products]
    known = [date for date in dates if date is not None]
    return min(known) if known and len(known) == len(dates) else None

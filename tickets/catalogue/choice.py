"""What is chosen in the ticket office, and what of it cannot be had at this moment."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tickets.catalogue.queries import Offer
from tickets.exceptions import DayPassed, SaleError, SoldOut


@dataclass(frozen=True, slots=True)
class Chosen:
    """So many of one product at one price of so many cents; for a day when the product asks for one (primary keys)."""

    product: int
    price: int
    cents: int
    count: int
    day: int | None


@dataclass(frozen=True, slots=True)
class Shortage:
    """Why so many cannot be had at this moment, as the sale itself would say it; `day` is the one that it is about."""

    error: SaleError
    day: date | None


def shortage(offer: Offer, days: Collection[int | None], count: int) -> Shortage | None:
    """Return what keeps `count` of an offer, on each of `days` (primary keys), from being had; None when nothing does.

    For those who look before they choose: the sale decides anew, when it takes the places.
    """
    for cell in offer.days if offer.product.one_day else ():
        if cell.day.pk not in days:
            continue
        if cell.has_passed:
            return Shortage(DayPassed(), cell.day.date)
        if cell.stock and cell.stock.left < count:
            return Shortage(SoldOut(left=cell.stock.left), cell.day.date)
    wanted = count * max(1, len(days))
    if offer.stock and offer.stock.left < wanted:
        return Shortage(SoldOut(left=offer.stock.left), None)
    return None

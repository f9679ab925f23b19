"""What the shop may say and ask: amounts, whether a sale runs, how scarce places are.

Amounts are whole cents of one currency. Intervals are half-open: the closing moment no longer belongs to a sale.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LAST_PLACES_SHARE = 20  # fewer than a twentieth left, and
LAST_PLACES_MOST = 50  # never called "last" while more than these are left


class SaleState(StrEnum):
    """Where a moment lies relative to a sale."""

    SOON = "soon"
    OPEN = "open"
    CLOSED = "closed"


class Scarcity(StrEnum):
    """How many places are left, in words; `FREE` means that nothing limits them."""

    FREE = "free"
    MANY = "many"
    LAST = "last"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Stock:
    """A quota as counted: `taken` of `size` places, both 0 or more."""

    size: int
    taken: int

    @property
    def left(self) -> int:
        """Places left, never below zero: an organiser may shrink a quota below what is taken."""
        return max(0, self.size - self.taken)


def sale_state(*, opens: datetime, closes: datetime, at: datetime) -> SaleState:
    """Return whether a sale from `opens` until `closes` is still to come, runs, or is over at `at`."""
    if at < opens:
        return SaleState.SOON
    return SaleState.OPEN if at < closes else SaleState.CLOSED


def tightest(stocks: Iterable[Stock | None]) -> Stock | None:
    """Return the stock with the fewest places left; None when nothing limits. The scarcest quota decides."""
    return min((stock for stock in stocks if stock), key=lambda stock: stock.left, default=None)


def applicable(stocks: Mapping[int | None, Stock], day_id: int | None) -> list[Stock | None]:
    """Return the stocks that a ticket for `day_id` uses: the product's own and that of the day.

    A ticket without a day is valid on all days of its product, so it uses a place of each.
    """
    if day_id is None:
        return list(stocks.values())
    return [stocks.get(None), stocks.get(day_id)]


def scarcity(stock: Stock | None) -> Scarcity:
    """Return how scarce places are. "Last" begins below a twentieth of the size, at 50 places at the most."""
    if stock is None:
        return Scarcity.FREE
    if stock.left == 0:
        return Scarcity.NONE
    is_last = stock.left <= LAST_PLACES_MOST and stock.left * LAST_PLACES_SHARE <= stock.size
    return Scarcity.LAST if is_last or stock.left == 1 else Scarcity.MANY


def total(cents: Iterable[int]) -> int:
    """Return the sum of line prices; an order of free tickets costs 0."""
    return sum(cents)

"""What the shop may say and ask: amounts and their tax, whether a sale runs, how scarce places are, what draws on them.

Amounts are whole cents of one currency. Intervals are half-open: the closing moment no longer belongs to a sale.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

WHOLE = 10_000  # a rate of 100 %, in hundredths of a percent
LAST_PLACES_SHARE = 20  # fewer than a twentieth left, and
LAST_PLACES_MOST = 50  # never called "last" while more than these are left


class SaleState(StrEnum):
    """Where a moment lies relative to a sale."""

    SOON = "soon"
    OPEN = "open"
    CLOSED = "closed"


class Opening(StrEnum):
    """Whether a product can be waited for."""

    AHEAD = "ahead"
    NOW = "now"
    NEVER = "never"


class Scarcity(StrEnum):
    """How many places are left, in words; `FREE` means that nothing limits them."""

    FREE = "free"
    MANY = "many"
    LAST = "last"
    NONE = "none"


class Priced(Protocol):
    """An amount in cents; `max_cents` makes it a range that the buyer chooses from."""

    @property
    def cents(self) -> int:
        """The fixed amount, or the lowest."""

    @property
    def max_cents(self) -> int | None:
        """The highest amount."""


@dataclass(frozen=True, slots=True)
class Stock:
    """A quota as counted: `taken` of `size` places, both 0 or more."""

    size: int
    taken: int

    @property
    def left(self) -> int:
        """Places left, never below zero."""
        return max(0, self.size - self.taken)

    def in_lots(self, count: int) -> "Stock":
        """Return it counted in lots of `count` places (1 or more), such as sets; what makes no lot is left out."""
        size = self.size // count
        return Stock(size, size - self.left // count)


def sale_state(*, opens: datetime, closes: datetime, at: datetime) -> SaleState:
    """Return whether a sale from `opens` until `closes` is still to come, runs, or is over at `at`."""
    if at < opens:
        return SaleState.SOON
    return SaleState.OPEN if at < closes else SaleState.CLOSED


def opening(state: SaleState, *, is_sold_online: bool) -> Opening:
    """Return whether a product is still to be had here, can be had, or will not be any more.

    What the site does not sell yet is still ahead while its sale runs: it opens on the day when the site can.
    """
    if state is SaleState.CLOSED:
        return Opening.NEVER
    return Opening.NOW if state is SaleState.OPEN and is_sold_online else Opening.AHEAD


def tightest(stocks: Iterable[Stock | None]) -> Stock | None:
    """Return the stock with the fewest places left; None when nothing limits. The scarcest quota decides."""
    return min((stock for stock in stocks if stock), key=lambda stock: stock.left, default=None)


def draws_on(
    *, quota_day: int | None, quota_occurrence: int | None, days: Collection[int], occurrence: int | None
) -> bool:
    """Return whether a line of one of the quota's products draws on the quota.

    Args:
        quota_day: The only day that the quota limits.
        quota_occurrence: The only session that the quota limits; a quota has at most one of the two.
        days: The days that the line admits: its own, or all of its product's when it has none; none for a session.
        occurrence: The session that the line is for.
    """
    if quota_occurrence is not None:
        return quota_occurrence == occurrence
    return quota_day is None or quota_day in days


def scarcity(stock: Stock | None) -> Scarcity:
    """Return how scarce places are. "Last" begins below a twentieth of the size, at 50 places at the most."""
    if stock is None:
        return Scarcity.FREE
    if stock.left == 0:
        return Scarcity.NONE
    is_last = stock.left <= LAST_PLACES_MOST and stock.left * LAST_PLACES_SHARE <= stock.size
    return Scarcity.LAST if is_last or stock.left == 1 else Scarcity.MANY


def needs_confirmation(*, confirmation: str, percent: int, stock: Stock | None, places: int) -> bool:
    """Return whether places are only held until the address is confirmed.

    Args:
        confirmation: The organiser's choice: never, filling, always.
        percent: From which share of places on "filling" means yes, 1 to 100.
        stock: What limits the sale most; None when nothing does.
        places: How many are wished for.
    """
    if confirmation == "filling":
        return stock is not None and (stock.taken + places) * 100 > stock.size * percent
    return confirmation == "always"


def is_free(prices: Iterable[Priced]) -> bool:
    """Return whether every one of `prices` is 0 and fixed; what has no price yet is not free."""
    amounts = [(price.cents, price.max_cents) for price in prices]
    return bool(amounts) and all(cents == 0 and max_cents is None for cents, max_cents in amounts)


def affordable(cents: int, prices: Collection[int]) -> int:
    """Return how many places `cents` pay for, each at the lowest of `prices` (1 or more cents); 0 without a price."""
    lowest = min((price for price in prices if price > 0), default=0)
    return cents // lowest if lowest else 0


def is_offered(price: Priced, cents: int) -> bool:
    """Return whether `cents` is what the price asks, or lies within its range, both ends included."""
    return cents == price.cents if price.max_cents is None else price.cents <= cents <= price.max_cents


def apportioned(total: int, weights: Sequence[int]) -> list[int]:
    """Return `total` cents (0 or more) cut in proportion to weights (0 or more each), to the cent.

    What a division leaves over goes to the largest remainders, of alike ones to the first. Where all weights are 0, it
    all goes to the first.
    """
    whole = sum(weights)
    if not whole:
        return [total if index == 0 else 0 for index, _weight in enumerate(weights)]
    found = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: (-(total * weights[index] % whole), index))
    for index in by_remainder[: total - sum(found)]:
        found[index] += 1
    return found


def included_vat(cents: int, rate: int) -> int:
    """Return the tax contained in `cents`, of either sign, at `rate` hundredths of a percent (550 is 5.5 %).

    Rounded for each line to the nearest cent, halves away from zero, so that a line and its refund cancel out. Net
    amount and tax always add up to the line, and lines add up to the order.
    """
    part = abs(cents) * rate
    divisor = WHOLE + rate
    rounded = (2 * part + divisor) // (2 * divisor)
    return rounded if cents >= 0 else -rounded

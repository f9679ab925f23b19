"""What a fee comes to. Plain Python.

Amounts are whole cents with their tax, percentages hundredths of a percent. Source of the rule: a fee belongs to an
order or to each of its places, never to the way of paying (directive (EU) 2015/2366, article 62 (4); in France article
L112-12 of the monetary code); what costs nothing carries none unless the organiser says so (decision 0045).
"""

from collections.abc import Sequence
from dataclasses import dataclass

WHOLE = 10_000  # 100 %, in hundredths of a percent


@dataclass(frozen=True, slots=True)
class Terms:
    """What a fee says of itself: so many cents and so much of the price, of each place or once of the order."""

    cents: int
    percent: int
    is_per_place: bool
    on_free: bool


@dataclass(frozen=True, slots=True)
class Charge:
    """A fee of more than nothing: of the place at a position, from 0, or of the whole order (None)."""

    place: int | None
    cents: int


def amount(terms: Terms, price: int) -> int:
    """Return what a fee comes to for something of `price` cents (0 or more).

    The percentage is rounded to the nearest cent, halves up.
    """
    if not price and not terms.on_free:
        return 0
    return terms.cents + (2 * price * terms.percent + WHOLE) // (2 * WHOLE)


def charges(terms: Terms, prices: Sequence[int]) -> list[Charge]:
    """Return what a fee comes to for places of these prices, in their order; nothing without a place."""
    if terms.is_per_place:
        found = [Charge(place, amount(terms, price)) for place, price in enumerate(prices)]
    else:
        found = [Charge(None, amount(terms, sum(prices)))] if prices else []
    return [charge for charge in found if charge.cents]

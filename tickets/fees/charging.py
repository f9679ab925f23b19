"""Adding fees to what is sold, within the sale: each is a line of its own, frozen with it."""

from collections.abc import Sequence

from tickets.catalogue import pricing
from tickets.fees import queries, rules
from tickets.models import Fee, OrderLine


def fee_lines(edition_id: int, places: Sequence[OrderLine]) -> list[OrderLine]:
    """Return the lines, not stored, of the fees for places that need not be stored yet; a fee of a place names it.

    `places` are what is sold, without gifts, each of what is left to pay for it.
    """
    prices = [line.cents for line in places]
    return [
        _line(fee, charge.cents, None if charge.place is None else places[charge.place])
        for fee in queries.fees_of(edition_id)
        for charge in rules.charges(queries.terms_of(fee), prices)
    ]


def _line(fee: Fee, cents: int, place: OrderLine | None) -> OrderLine:
    return OrderLine(
        kind=OrderLine.Kind.FEE,
        product_name=fee.name,
        cents=cents,
        vat_rate=fee.vat_rate,
        vat_cents=pricing.included_vat(cents, fee.vat_rate),
        goes_back=fee.goes_back,
        parent=place,
    )

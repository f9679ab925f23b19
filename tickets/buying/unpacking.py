"""What a set brings: a line for each of its parts, with its share of what is left to pay for the set."""

from collections.abc import Sequence

from tickets.catalogue import pricing
from tickets.models import OrderLine, Product, SetPart, Ticket


def unpack(lines: Sequence[OrderLine], ticket: Ticket | None = None) -> list[OrderLine]:
    """Return the lines, not stored and of no order yet, of what sets among these bring; their price goes over to them.

    After a code has made the sets cheaper. `ticket` opens the add-ons among the parts, where they are bought for one.
    """
    return [part for line in lines if line.kind == OrderLine.Kind.SET for part in _parts(line, ticket)]


def _parts(line: OrderLine, ticket: Ticket | None) -> list[OrderLine]:
    assert line.product is not None  # noqa: S101 -- a set is a product
    rows = line.product.parts.select_related("part")
    parts = [row for row in rows for _one in range(row.count)]
    shares = pricing.apportioned(line.cents, [row.cents for row in parts])
    line.cents = line.vat_rate = line.vat_cents = 0
    return [_part(line, row, cents, ticket) for row, cents in zip(parts, shares, strict=True)]


def _part(line: OrderLine, row: SetPart, cents: int, ticket: Ticket | None) -> OrderLine:
    part = row.part
    return OrderLine(
        kind=part.kind,
        product=part,
        product_name=part.name,
        cents=cents,
        vat_rate=row.vat_rate,
        vat_cents=pricing.included_vat(cents, row.vat_rate),
        parent=line,
        day=line.day if part.admission == Product.Admission.ONE_DAY else None,
        booked_with=ticket if part.kind == Product.Kind.ADDON else None,
    )

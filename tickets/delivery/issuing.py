"""Making the tickets of an order, and the kind of the mail that brings them."""

import secrets
from collections import Counter
from collections.abc import Sequence

from festival.core import series
from tickets.delivery import tokens
from tickets.models import Order, OrderLine, Ticket

ORDER_MAIL = "order.tickets"


def issue_tickets(order: Order, lines: Sequence[OrderLine]) -> None:
    """Make a ticket for each admission of `lines`, numbered on without a gap; its code opens what was bought with it.

    Within the transaction that makes the order paid. A ticket carries the holder of its line, else the buyer's name;
    that of a guest, if it carries a name, carries none until they have filled it in. Add-ons that name no ticket are
    dealt out to the tickets in turn, each product and day by itself, those of a guest to the guest's, those of a set to
    the set's.
    """
    admissions = [line for line in lines if line.kind == OrderLine.Kind.ADMISSION]
    if admissions:
        numbers = series.take(Ticket.SERIES, edition=order.edition, count=len(admissions))
        tickets = Ticket.objects.bulk_create(
            _ticket(order, line, number) for line, number in zip(admissions, numbers, strict=True)
        )
        _deal_out(
            [line for line in lines if line.kind == OrderLine.Kind.ADDON and line.booked_with_id is None], tickets
        )


def _deal_out(addons: Sequence[OrderLine], tickets: Sequence[Ticket]) -> None:
    dealt: Counter[tuple[int | None, ...]] = Counter()
    for line in addons:
        alike = (line.product_id, line.day_id, line.guest_id, line.parent_id)
        of_set = [one for one in tickets if line.parent_id and one.line.parent_id == line.parent_id] or tickets
        whose = [one for one in of_set if one.line.guest_id == line.guest_id] or of_set
        line.booked_with = whose[dealt[alike] % len(whose)]
        dealt[alike] += 1
    if addons:
        OrderLine.objects.bulk_update(addons, ["booked_with"])


def _ticket(order: Order, line: OrderLine, number: int) -> Ticket:
    return Ticket(
        line=line,
        order=order,
        edition=order.edition,
        number=number,
        short_code=tokens.short_code(secrets.randbelow(tokens.SHORT_CODES)),
        holder=line.holder or ("" if _awaits_name(line) else order.name),
    )


def _awaits_name(line: OrderLine) -> bool:
    return line.guest_id is not None and line.product is not None and line.product.named

"""Making the tickets of an order, and the kind of the mail that brings them."""

import secrets
from collections.abc import Sequence

from festival.core import series
from tickets.delivery import tokens
from tickets.models import Order, OrderLine, Ticket

ORDER_MAIL = "order.tickets"


def issue_tickets(order: Order, lines: Sequence[OrderLine]) -> None:
    """Make a ticket for each admission of `lines`, numbered on without a gap.

    Within the transaction that makes the order paid. A ticket carries the holder of its line, else the buyer's name;
    that of a guest, if it carries a name, carries none until they have filled it in.
    """
    admissions = [line for line in lines if line.kind == OrderLine.Kind.ADMISSION]
    if admissions:
        numbers = series.take(Ticket.SERIES, edition=order.edition, count=len(admissions))
        Ticket.objects.bulk_create(
            _ticket(order, line, number) for line, number in zip(admissions, numbers, strict=True)
        )


def _ticket(order: Order, line: OrderLine, number: int) -> Ticket:
    return Ticket(
        line=line,
        edition=order.edition,
        number=number,
        short_code=tokens.short_code(secrets.randbelow(tokens.SHORT_CODES)),
        holder=line.holder or ("" if _awaits_name(line) else order.name),
    )


def _awaits_name(line: OrderLine) -> bool:
    return line.guest_id is not None and line.product is not None and line.product.named

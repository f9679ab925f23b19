"""The tickets of an order with all that they show."""

from django.db.models import prefetch_related_objects

from tickets.models import Order, OrderLine, Ticket


def tickets_of(order: Order) -> list[Ticket]:
    """Return the order's tickets with all that a ticket shows."""
    session = ("line__occurrence__session", "line__occurrence__room")
    related = ("line__product__section", "line__price", "line__day", *session)
    found = list(Ticket.objects.filter(line__order=order).select_related(*related).order_by("pk"))
    for ticket in found:
        ticket.line.order, ticket.edition = order, order.edition
        if ticket.line.product:
            ticket.line.product.edition = order.edition
    whole = [ticket.line for ticket in found if ticket.line.day is None and ticket.line.occurrence is None]
    prefetch_related_objects([line.product for line in whole if line.product], "days__hours")
    prefetch_related_objects([ticket.line.day for ticket in found if ticket.line.day], "hours")
    return found


def places_of(order: Order) -> int:
    """Return how many places the order has, or had before it was cancelled."""
    return order.lines.filter(kind=OrderLine.Kind.ADMISSION).count()

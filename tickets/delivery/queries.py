"""The tickets of an order with all that they show."""

from collections import Counter

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


def earlier_orders(order: Order) -> list[tuple[str, int]]:
    """Return what this very address had for the same product and day, or session, before: (code, places), oldest first.

    Only what still holds places. A ticket that carries a name counts as the same for the same name alone: one address
    registers a whole family.
    """
    mine = order.lines.live().filter(kind=OrderLine.Kind.ADMISSION)
    wanted = set(mine.values_list("product_id", "day_id", "occurrence_id", "product__named"))
    rows = (
        OrderLine.objects.holding_a_place()
        .filter(order__edition_id=order.edition_id, order__email=order.email, order__lt=order.pk)
        .filter(product__in={product for product, *_ in wanted})
        .order_by("order_id")
        .values_list("product_id", "day_id", "occurrence_id", "product__named", "order__code", "order__name")
    )
    same = (row for row in rows if row[:4] in wanted and (not row[3] or row[5].casefold() == order.name.casefold()))
    return list(Counter(code for *_, code, _name in same).items())

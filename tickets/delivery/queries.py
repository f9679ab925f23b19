"""The tickets of an order with all that they show."""

from django.db.models import prefetch_related_objects

from tickets.models import Order, Position


def positions_of(order: Order) -> list[Position]:
    """Return the order's tickets with all that a ticket shows."""
    positions = Position.objects.filter(order=order).select_related("product__section", "price", "day").order_by("pk")
    found = list(positions)
    for position in found:
        position.order = order
    prefetch_related_objects([position.product for position in found if position.day is None], "days__hours")
    prefetch_related_objects([position.day for position in found if position.day], "hours")
    return found

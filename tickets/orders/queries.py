"""Finding orders."""

from datetime import datetime
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from program.models import Occurrence
from tickets.models import Order, OrderLine, Product, Quota


def order_by_secret(code: str, secret: str) -> Order | None:
    """Return the order if the secret of its address is right; compared in constant time."""
    order = Order.objects.select_related("edition").filter(code=code).first()
    expected = order.secret if order else "-" * len(secret)
    return order if constant_time_compare(secret, expected) and order else None


def order_of_form(key: UUID) -> Order | None:
    """Return the order that a form made, by `Wish.key`."""
    return Order.objects.select_related("edition").filter(form_key=key).first()


def network_key(network: str) -> str:
    """Return the 16 characters by which orders of one network are found: keyed, so that it names nobody by itself."""
    return salted_hmac("tickets.order.network", network, algorithm="sha256").hexdigest()[:16]


def places_of(order: Order) -> int:
    """Return how many places the order has, or had before it was cancelled."""
    return order.lines.filter(kind=OrderLine.Kind.ADMISSION).count()


def due(now: datetime) -> list[Order]:
    """Return the orders whose time to be paid is over, oldest first."""
    waiting = Order.objects.filter(state__in=[Order.State.HELD, Order.State.PENDING], expires_at__lte=now)
    return list(waiting.select_related("edition").order_by("expires_at", "pk"))


def is_bookable(product: Product, occurrence: Occurrence) -> bool:
    """Return whether places of a session that goes on are given through a product: a quota names both."""
    return (
        occurrence.cancelled_at is None
        and occurrence.edition_id == product.edition_id
        and Quota.objects.filter(occurrence=occurrence, products=product).exists()
    )

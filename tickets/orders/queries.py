"""Finding orders."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from festival.models import Edition
from program.models import Occurrence
from tickets.models import Order, OrderLine, Product, Quota


def order_by_secret(code: str, secret: str) -> Order | None:
    """Return the order if the secret of its address is right; compared in constant time."""
    related = Order.objects.select_related("edition__payment_settings__terms_page__locale")
    order = related.filter(code=code).first()
    expected = order.secret if order else "-" * len(secret)
    return order if constant_time_compare(secret, expected) and order else None


def order_of_form(key: UUID) -> Order | None:
    """Return the order that a form made, by `Wish.key`."""
    return Order.objects.select_related("edition").filter(form_key=key).first()


def network_key(network: str) -> str:
    """Return the 16 characters by which orders of one network are found: keyed, so that it names nobody by itself."""
    return salted_hmac("tickets.order.network", network, algorithm="sha256").hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which orders are meant; what is empty lets everything pass. In `address`, a part of one, `*` is anything."""

    orders: tuple[int, ...] = ()
    network: str = ""
    since: datetime | None = None
    until: datetime | None = None
    address: str = ""
    states: tuple[str, ...] = Order.STATES_HOLDING


def live_orders(edition: Edition | None, wanted: Wanted) -> list[Order]:
    """Return the orders of an edition that hold places and are meant, oldest first."""
    found = Order.objects.filter(edition=edition, state__in=wanted.states).select_related("edition")
    if wanted.orders:
        found = found.filter(pk__in=wanted.orders)
    if wanted.network:
        found = found.filter(network=wanted.network)
    if wanted.since:
        found = found.filter(created_at__gte=wanted.since)
    if wanted.until:
        found = found.filter(created_at__lt=wanted.until)
    if "*" in wanted.address:
        pattern = ".*".join(map(re.escape, re.split(r"\*+", wanted.address)))
        found = found.filter(email__iregex=f"^{pattern}$")
    elif wanted.address:
        found = found.filter(email__icontains=wanted.address)
    return list(found.order_by("created_at", "pk"))


def count_places(orders: Collection[Order]) -> int:
    """Return how many places the orders have together."""
    return OrderLine.objects.live().filter(order__in=orders, kind=OrderLine.Kind.ADMISSION).count()


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

"""Buying more for an order that is there already: by an order of its own, so that nothing happens to the first one.

The new one is held, paid and expires by itself (decision 0042). Limits count both together.
"""

from collections import Counter
from collections.abc import Iterable

from django.db.models import F, Q

from festival.core.writing import require_transaction
from tickets.exceptions import HoldOver, TooManyPlaces
from tickets.models import Order, OrderLine, Product, Ticket


def base_of(order: Order) -> Order:
    """Return the order that something is bought for, when it is bought on the page of `order`."""
    return order.extends or order


def admit(base: Order, wanted: Iterable[tuple[Product, int]], *, ticket: Ticket | None = None) -> None:
    """Refuse what an order may not have besides what it has, within the transaction that writes it.

    The first order is held, so that of two tabs the second sees what the first has taken. Its row is older than that
    of the new order, whose lines need not be written yet.

    Raises:
        HoldOver: If the first order is not paid, or the ticket that is to open it is void or somebody else's now.
        TooManyPlaces: If both have more of a product together than one order may hold.
    """
    require_transaction("An order is added to")
    if not Order.objects.filter(pk=base.pk, state=Order.State.PAID).update(total_cents=F("total_cents")):
        raise HoldOver
    family = Q(order=base) | Q(order__extends=base)
    if ticket is not None:
        held = Ticket.objects.filter(pk=ticket.pk, issue=ticket.issue, state=Ticket.State.VALID)
        if not held.filter(Q(order=base) | Q(order__extends=base)).exists():
            raise HoldOver
    counts: Counter[int] = Counter()
    most = {}
    for product, count in wanted:
        counts[product.pk] += count
        most[product.pk] = product.max_per_order
    had = Counter(
        OrderLine.objects.holding_a_place().filter(family, product__in=counts).values_list("product", flat=True)
    )
    if any(had[pk] + count > most[pk] for pk, count in counts.items()):
        raise TooManyPlaces


def left_of(base: Order, product: Product) -> int:
    """Return how many more of a product an order may have, 0 or more."""
    family = Q(order=base) | Q(order__extends=base)
    had = OrderLine.objects.holding_a_place().filter(family, product=product).count()
    return max(0, product.max_per_order - had)


def taken_over(base: Order | None) -> dict[str, object]:
    """Return what the new order has of the first one, by the names of the columns."""
    if base is None:
        return {}
    return {"extends": base, "name": base.name, "email": base.email}

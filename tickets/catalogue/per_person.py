"""How much of a product one person may have, all their orders together; a person is a mailbox, whatever its aliases.

Counted within the transaction that writes who buys, before any place is taken, so that no two sales wait crosswise.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b

from django.db import connection
from django.db.models import Q

from festival.core.writing import require_transaction
from festival.typed.mail_addresses import mail_identity, mailbox_hints
from tickets.exceptions import SaleError
from tickets.models import Order, OrderLine, Product


class TooManyForPerson(SaleError):
    """One mailbox would have more of a product than a person may have: `most`. `name` is the product's."""

    code = "too_many_for_person"

    def __init__(self, *, most: int, name: str) -> None:
        super().__init__(f"{most} for each person")
        self.most, self.name = most, name


def admit(email: str, wanted: Iterable[tuple[Product, int]], *, now: datetime, order: Order | None = None) -> None:
    """Refuse more than a person may have: `wanted` (product, places) besides what other orders of theirs hold.

    `order` is the one that is written, whose lines do not count twice. Places that are held count until their time is
    over. Asks nothing while no product is limited.

    Raises:
        TooManyForPerson: If it would be too many; the transaction must then be given up.
    """
    require_transaction("The orders of a person are counted")
    counts: Counter[Product] = Counter()
    for product, places in wanted:
        if product.max_per_person is not None:
            counts[product] += places
    if not counts:
        return
    person = mail_identity(email)
    _one_at_a_time(person)
    had = _held_by(person, email, {product.pk for product in counts}, now, order)
    for product, places in counts.items():
        if had[product.pk] + places > (product.max_per_person or 0):
            raise TooManyForPerson(most=product.max_per_person or 0, name=str(product))


def _held_by(person: str, email: str, products: set[int], now: datetime, order: Order | None) -> Counter[int]:
    """Return how many live places of each product the person has."""
    lines = OrderLine.objects.holding_a_place().filter(product__in=products)
    lines = lines.exclude(order__state=Order.State.HELD, order__expires_at__lte=now)
    if order is not None:
        lines = lines.exclude(order=order.pk)
    beginning, hosts = mailbox_hints(email)
    of_hosts = Q()
    for host in hosts:
        of_hosts |= Q(order__email__iendswith=f"@{host}")
    near = lines.filter(of_hosts, order__email__istartswith=beginning)
    rows = near.values_list("product", "order__email")
    return Counter(pk for pk, address in rows if mail_identity(address) == person)


def _one_at_a_time(person: str) -> None:
    """Let the orders of one person wait for each other until the transaction ends; on SQLite all writers do."""
    if connection.vendor == "postgresql":
        key = int.from_bytes(blake2b(person.encode(), digest_size=8).digest(), signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])

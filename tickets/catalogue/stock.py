"""Taking places and numbers: the only statements that move the counters.

Called inside the transaction of a sale, after everything else: from the first of them on, other sales wait.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Q

from tickets.catalogue import pricing
from tickets.exceptions import SoldOut
from tickets.models import Position, Product, Quota, Series


def quotas_of(*, product: Product, day_id: int | None) -> list[Quota]:
    """Return the quotas that limit a ticket of `product` for a day (None: all its days), in the order of taking."""
    quotas = Quota.objects.filter(product=product).order_by("pk")
    if day_id is not None:
        quotas = quotas.filter(Q(day=None) | Q(day=day_id))
    return list(quotas)


def take(quotas: Sequence[Quota], places: int) -> None:
    """Take `places` from each quota, in id order so that two sales never wait for each other crosswise.

    One conditional UPDATE each: right on every engine, whatever interleaves (ASVS 2.3.4).

    Raises:
        SoldOut: If one has fewer left; the transaction must then be given up.
    """
    for quota in sorted(quotas, key=lambda quota: quota.pk):
        taken = F("taken") + places
        if not Quota.objects.filter(pk=quota.pk, size__gte=taken).update(taken=taken):
            raise SoldOut(left=_left(quota))


def give_back(quotas: Sequence[Quota], places: int) -> None:
    """Return `places` to each quota, after tickets were cancelled."""
    for quota in sorted(quotas, key=lambda quota: quota.pk):
        Quota.objects.filter(pk=quota.pk).update(taken=F("taken") - places)


def next_numbers(count: int) -> range:
    """Return the next `count` ticket numbers, from 1 and without a hole (CGI, annexe IV, art. 50 sexies B).

    The row stays locked until the transaction ends; when that is given up, the numbers were never given.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("numbers are only given within the transaction of a sale")
    if not Series.objects.filter(slug=Series.TICKETS).update(last=F("last") + count):
        Series.objects.bulk_create([Series(slug=Series.TICKETS)], ignore_conflicts=True)
        Series.objects.filter(slug=Series.TICKETS).update(last=F("last") + count)
    last = Series.objects.values_list("last", flat=True).get(slug=Series.TICKETS)
    return range(last - count + 1, last + 1)


def recount(quota: Quota) -> int:
    """Return how many valid tickets use a place of `quota`, counted from the tickets themselves."""
    positions = Position.objects.holding_a_place().filter(product=quota.product_id)
    if quota.day_id is not None:
        positions = positions.filter(Q(day=None) | Q(day=quota.day_id))
    return positions.count()


def _left(quota: Quota) -> int:
    size, taken = Quota.objects.values_list("size", "taken").get(pk=quota.pk)
    return pricing.Stock(size, taken).left

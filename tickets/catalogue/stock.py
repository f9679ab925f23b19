"""Taking places: the only statements that move the counters.

Called inside the transaction of a sale, after its lines are written: from the first of them on, other sales wait.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models import F, Q, QuerySet

from festival.core.writing import require_transaction
from tickets.catalogue import pricing
from tickets.exceptions import SizeBelowTaken, SoldOut
from tickets.models import Order, OrderLine, Product, Quota, Reserve, VoucherUse


def draws(lines: Iterable[OrderLine]) -> Counter[int]:
    """Return how many places the lines draw on each quota, by its primary key. Two queries at the most.

    Ask after the order is written: whoever changes a quota meanwhile waits for them (see `hold_sales`).
    """
    lines = [line for line in lines if line.product_id is not None]
    days = _days_of({line.product_id for line in lines if line.day_id is None and line.occurrence_id is None})
    quotas = defaultdict(list)
    rows = Quota.products.through.objects.filter(product__in={line.product_id for line in lines})
    for product_id, *quota in rows.values_list("product_id", "quota_id", "quota__day_id", "quota__occurrence_id"):
        quotas[product_id].append(quota)
    found: Counter[int] = Counter()
    for line in lines:
        admitted = {line.day_id} if line.day_id is not None else days[line.product_id]
        for quota_id, day_id, occurrence_id in quotas[line.product_id]:
            found[quota_id] += pricing.draws_on(
                quota_day=day_id,
                quota_occurrence=occurrence_id,
                days=set() if line.occurrence_id is not None else admitted,
                occurrence=line.occurrence_id,
            )
    return +found


def take(places: Mapping[int, int]) -> None:
    """Take from each quota (by primary key) its number of places, in id order, so that no two sales deadlock.

    What codes keep back is not to be had; whoever has one opens it before (`vouchers.reserving`).
    One conditional UPDATE each: right on every engine, whatever interleaves (ASVS 2.3.4).

    Raises:
        SoldOut: If one has fewer left; the transaction must then be given up.
    """
    for quota_id, wanted in sorted(places.items()):
        taken = F("taken") + wanted
        if not Quota.objects.filter(pk=quota_id, size__gte=taken + F("reserved")).update(taken=taken):
            raise SoldOut(left=_left(quota_id))


def give_back(places: Mapping[int, int]) -> None:
    """Return places to each quota, after lines were cancelled or their order expired."""
    for quota_id, count in sorted(places.items()):
        Quota.objects.filter(pk=quota_id).update(taken=F("taken") - count)


def recount(quota: Quota) -> int:
    """Return how many lines use a place of the stored `quota`, counted from the lines themselves."""
    return drawing_on(quota).count()


def drawing_on(quota: Quota) -> QuerySet[OrderLine]:
    """Return the lines that use a place of the stored `quota`."""
    lines = OrderLine.objects.holding_a_place().filter(product__in=quota.products.values("pk"))
    if quota.occurrence_id is not None:
        return lines.filter(occurrence=quota.occurrence_id)
    if quota.day_id is not None:
        all_days = Q(day=None, occurrence=None, product__in=Product.objects.filter(days=quota.day_id).values("pk"))
        return lines.filter(Q(day=quota.day_id) | all_days)
    return lines


def count_anew(quotas: Iterable[Quota]) -> None:
    """Set the counters of quotas to what their lines use and codes keep now, while sales are held.

    Raises:
        SizeBelowTaken: If one has fewer places; the transaction must then be given up.
    """
    require_transaction("Places are counted anew")
    for quota in quotas:
        reserves = list(Reserve.objects.select_for_update().filter(quota=quota).order_by("pk"))
        for reserve in reserves:
            reserve.used = uses_of(reserve).count()
            reserve.save(update_fields=["used"])
        counted, kept = recount(quota), sum(reserve.left for reserve in reserves)
        if counted + kept > quota.size:
            raise SizeBelowTaken(quota=str(quota), taken=counted, kept=kept)
        Quota.objects.filter(pk=quota.pk).update(taken=counted, reserved=kept)
        quota.taken, quota.reserved = counted, kept


def uses_of(reserve: Reserve) -> QuerySet[OrderLine]:
    """Return the lines that use a place of what a code keeps."""
    used = VoucherUse.objects.filter(voucher=reserve.voucher_id, released_at=None)
    return drawing_on(reserve.quota).filter(pk__in=used.values("line"))


def hold_sales() -> None:
    """Let sales wait until this transaction ends, and wait for those that run, so that a recount is exact.

    On PostgreSQL the table of orders is locked: a sale writes its order first and reads its quotas then, and so does
    whatever ends one. On SQLite the transaction itself keeps others out.

    Raises:
        RuntimeError: Outside a transaction.
    """
    require_transaction("Sales are held")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'LOCK TABLE "{Order._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')


def _days_of(product_ids: set[int | None]) -> dict[int | None, set[int]]:
    days: dict[int | None, set[int]] = defaultdict(set)
    if product_ids:
        rows = Product.days.through.objects.filter(product__in=product_ids)
        for product_id, day_id in rows.values_list("product_id", "day_id"):
            days[product_id].add(day_id)
    return days


def _left(quota_id: int) -> int:
    size, taken, reserved = Quota.objects.values_list("size", "taken", "reserved").get(pk=quota_id)
    return pricing.Stock(size, taken + reserved).left

"""What must always be true of stock; `manage.py fsck` and every test ask this."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import F

from tickets.catalogue import stock
from tickets.models import OrderLine, Quota, Reserve


def violations() -> list[str]:
    """Return a sentence for every broken rule, none when all is well."""
    return [line for check in CHECKS for line in check()]


def _counters() -> Iterator[str]:
    for quota in Quota.objects.order_by("pk"):
        counted = stock.recount(quota)
        if quota.taken != counted:
            yield f"Quota {quota.pk} ({quota}): taken is {quota.taken}, its lines are {counted}."


def _kept() -> Iterator[str]:
    """What codes keep of a quota is what its rows say, and those count the places that were had with the code."""
    kept: Counter[int] = Counter()
    for reserve in Reserve.objects.select_related("quota").order_by("pk"):
        kept[reserve.quota_id] += reserve.left
        used = stock.uses_of(reserve).count()
        if reserve.used != used:
            yield f"What code {reserve.voucher_id} keeps of quota {reserve.quota_id}: used {reserve.used}, not {used}."
    for pk, reserved in Quota.objects.order_by("pk").values_list("pk", "reserved"):
        if reserved != kept[pk]:
            yield f"Quota {pk}: {reserved} places are kept, its codes keep {kept[pk]}."


def _editions() -> Iterator[str]:
    for pk in Quota.products.through.objects.exclude(product__edition=F("quota__edition")).values_list(
        "quota", flat=True
    ):
        yield f"Quota {pk} limits a product of another edition."
    for pk in Reserve.objects.exclude(voucher__edition=F("quota__edition")).values_list("quota", flat=True):
        yield f"A code of another edition keeps places of quota {pk}."
    for name in ("day", "occurrence"):
        rows = Quota.objects.exclude(**{name: None}).exclude(**{f"{name}__edition": F("edition")})
        for pk in rows.values_list("pk", flat=True):
            yield f"Quota {pk} is for a {name} of another edition."


def _currencies() -> Iterator[str]:
    """Every order is in the currency of what it is for, or cents of two would have been added up."""
    mixed = OrderLine.objects.exclude(product=None).exclude(product__currency=F("order__currency"))
    for code in mixed.order_by("order__code").values_list("order__code", flat=True).distinct():
        yield f"Order {code} has a product of another currency."


# Each is a check of its own, which hangs on nothing that another one found.
CHECKS = (_counters, _kept, _editions, _currencies)

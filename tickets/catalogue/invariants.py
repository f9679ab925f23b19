"""What must always be true of stock; `manage.py fsck` and every test ask this."""

from collections.abc import Iterator

from django.db.models import F

from tickets.catalogue import stock
from tickets.models import OrderLine, Quota


def violations() -> list[str]:
    """Return a sentence for every broken rule, none when all is well."""
    return [line for check in CHECKS for line in check()]


def _counters() -> Iterator[str]:
    for quota in Quota.objects.order_by("pk"):
        counted = stock.recount(quota)
        if quota.taken != counted:
            yield f"Quota {quota.pk} ({quota}): taken is {quota.taken}, its lines are {counted}."


def _editions() -> Iterator[str]:
    for pk in Quota.products.through.objects.exclude(product__edition=F("quota__edition")).values_list(
        "quota", flat=True
    ):
        yield f"Quota {pk} limits a product of another edition."
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
CHECKS = (_counters, _editions, _currencies)

"""What must always be true of codes; `manage.py fsck` and every test ask this."""

from collections.abc import Iterator

from django.db.models import F, Q, Value
from django.db.models.aggregates import Count, Sum
from django.db.models.functions import Coalesce

from tickets.models import Order, Voucher, VoucherUse
from tickets.vouchers import rules

_LIVE = Q(uses__released_at=None)


def violations() -> list[str]:
    """Return a sentence for every broken rule, none when all is well."""
    return [line for check in CHECKS for line in check()]


def _counters() -> Iterator[str]:
    """Uses and budget are what the uses that were not given back add up to."""
    counted = Voucher.objects.annotate(
        count=Count("uses", filter=_LIVE), sum=Coalesce(Sum("uses__cents", filter=_LIVE), Value(0))
    )
    wrong = counted.exclude(used=F("count"), spent_cents=F("sum")).order_by("pk")
    for pk, *said in wrong.values_list("pk", "used", "count", "spent_cents", "sum"):
        used, count, spent, total = said
        yield f"Code {pk}: used is {used}, its uses are {count}; taken off is {spent} cents, they add up to {total}."


def _limits() -> Iterator[str]:
    """No code was used oftener than it may, or took off more; counted from its uses, not from its counters."""
    counted = Voucher.objects.annotate(
        count=Count("uses", filter=_LIVE), sum=Coalesce(Sum("uses__cents", filter=_LIVE), Value(0))
    )
    for pk, count, most in counted.filter(max_uses__lt=F("count") + F("used_before")).values_list(
        "pk", "count", "max_uses"
    ):
        yield f"Code {pk}: {count} uses besides those before, it is for {most}."
    for pk, total, most in counted.filter(budget_cents__lt=F("sum")).values_list("pk", "sum", "budget_cents"):
        yield f"Code {pk}: {total} cents were taken off, its budget is {most}."


def _spellings() -> Iterator[str]:
    for pk, code, folded in Voucher.objects.values_list("pk", "code", "folded").iterator():
        if folded != rules.fold(code):
            yield f"Code {pk}: {code} is kept as {folded}."


def _uses() -> Iterator[str]:
    """A use is live exactly as long as its line holds a place."""
    holds = Q(line__cancelled_at=None, line__order__state__in=Order.STATES_HOLDING)
    for pk in VoucherUse.objects.filter(released_at=None).exclude(holds).values_list("pk", flat=True):
        yield f"Use {pk} of a code was not given back, though its line has ended."
    dropped = VoucherUse.objects.filter(holds).exclude(released_at=None)
    again = VoucherUse.objects.filter(released_at=None).values("line")
    for pk in dropped.exclude(line__in=again).values_list("pk", flat=True):
        yield f"Use {pk} of a code was given back, though its line goes on."


def _editions() -> Iterator[str]:
    strangers = VoucherUse.objects.exclude(line__order__edition=F("voucher__edition"))
    for pk in strangers.values_list("pk", flat=True):
        yield f"Use {pk} of a code is in an order of another edition."
    products = Voucher.products.through.objects.exclude(product__edition=F("voucher__edition"))
    for pk in products.values_list("voucher", flat=True):
        yield f"Code {pk} is for a product of another edition."


# Each is a check of its own, which hangs on nothing that another one found.
CHECKS = (_counters, _limits, _spellings, _uses, _editions)

"""What must always be true of money; `manage.py fsck` and every test ask this.

The ledger of an order: what came in, less what went back, is its total as soon as it counts as paid.
"""

from collections.abc import Iterator

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from tickets.models import Invoice, MoneyState, Order, Payment, Refund

# A refund that was begun is owed, even before the bank has moved it.
_OWED = (MoneyState.CREATED, MoneyState.PENDING, MoneyState.CONFIRMED)


def violations() -> list[str]:
    """Return a sentence for every broken rule, none when all is well."""
    return [line for check in (_ledger, _refunds, _invoices) for line in check()]


def _ledger() -> Iterator[str]:
    came = _sum(Payment.objects.filter(order=OuterRef("pk"), state=MoneyState.CONFIRMED), "order")
    went = _sum(Refund.objects.filter(order=OuterRef("pk"), state__in=_OWED), "order")
    orders = Order.objects.annotate(came=came, went=went)
    settled = orders.filter(state__in=[Order.State.PAID, Order.State.CANCELLED])
    for code, total, paid, back in settled.exclude(total_cents=F("came") - F("went")).values_list(
        "code", "total_cents", "came", "went"
    ):
        yield f"Order {code}: its total is {total} cents, {paid} were paid and {back} sent back."


def _refunds() -> Iterator[str]:
    """No payment gives back more than it brought, and none that of another order."""
    went = _sum(Refund.objects.filter(payment=OuterRef("pk"), state__in=_OWED), "payment")
    payments = Payment.objects.annotate(went=went).filter(went__gt=0)
    for pk, amount, back in payments.filter(went__gt=F("amount_cents")).values_list("pk", "amount_cents", "went"):
        yield f"Payment {pk}: {back} cents were sent back of {amount}."
    for pk in payments.exclude(state=MoneyState.CONFIRMED).values_list("pk", flat=True):
        yield f"Payment {pk} never arrived, and money was sent back for it."
    for pk in Refund.objects.exclude(payment__order=F("order")).values_list("pk", flat=True):
        yield f"Refund {pk} is of another order than its payment."


def _invoices() -> Iterator[str]:
    """Numbers run from 1 without a hole in each kind and year; a credit note stays with its order."""
    numbers: dict[tuple[str, int], list[int]] = {}
    for kind, year, number in Invoice.objects.order_by("number").values_list("kind", "year", "number"):
        numbers.setdefault((kind, year), []).append(number)
    for (kind, year), found in numbers.items():
        if found != list(range(1, len(found) + 1)):
            yield f"Numbers of {kind} in {year} have a hole: {len(found)} documents, the last is {found[-1]}."
    strangers = Invoice.objects.exclude(corrects=None).exclude(corrects__order=F("order"))
    for pk in strangers.values_list("pk", flat=True):
        yield f"Credit note {pk} corrects an invoice of another order."


def _sum(rows: QuerySet[Payment] | QuerySet[Refund], by: str) -> Coalesce:
    summed = rows.order_by().values(by).annotate(sum=Sum("amount_cents")).values("sum")
    return Coalesce(Subquery(summed), 0, output_field=IntegerField())

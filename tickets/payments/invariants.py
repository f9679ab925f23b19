"""What must always be true of money; `manage.py fsck` and every test ask this.

What came in for an order, less what went back, is its total as soon as it counts as paid; what has expired keeps
nothing. The ledger says the same of every order, account by account (decision 0033).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from django.db.models import Case, F, OuterRef, Sum, Value, When

from tickets.models import Invoice, LedgerEntry, LedgerTransaction, MoneyState, Order, OrderLine, Payment, Refund
from tickets.payments import ledger
from tickets.payments.queries import summed

# A refund that was begun is owed, even before the bank has moved it.
_OWED = Refund.OWED
_SOLD = (Order.State.PAID, Order.State.CANCELLED)

type Accounts = dict[int, Counter[str]]


def violations() -> list[str]:
    """Return a sentence for every broken rule, none when all is well."""
    return [line for check in CHECKS for line in check()]


def _orders() -> Iterator[str]:
    came = summed(Payment.objects.filter(order=OuterRef("pk"), state=MoneyState.CONFIRMED))
    went = summed(Refund.objects.filter(order=OuterRef("pk"), state__in=_OWED))
    orders = Order.objects.annotate(came=came, went=went)
    keeps = Case(When(state=Order.State.EXPIRED, then=Value(0)), default=F("total_cents"))
    settled = orders.filter(state__in=[*_SOLD, Order.State.EXPIRED]).annotate(keeps=keeps)
    for code, total, paid, back in settled.exclude(keeps=F("came") - F("went")).values_list(
        "code", "keeps", "came", "went"
    ):
        yield f"Order {code}: its total is {total} cents, {paid} were paid and {back} sent back."


def _refunds() -> Iterator[str]:
    """No payment gives back more than it brought, and none that of another order."""
    went = summed(Refund.objects.filter(payment=OuterRef("pk"), state__in=_OWED), "payment")
    payments = Payment.objects.annotate(went=went).filter(went__gt=0)
    for pk, amount, back in payments.filter(went__gt=F("amount_cents")).values_list("pk", "amount_cents", "went"):
        yield f"Payment {pk}: {back} cents were sent back of {amount}."
    for pk in payments.exclude(state=MoneyState.CONFIRMED).values_list("pk", flat=True):
        yield f"Payment {pk} never arrived, and money was sent back for it."
    for pk in Refund.objects.exclude(payment__order=F("order")).values_list("pk", flat=True):
        yield f"Refund {pk} is of another order than its payment."


def _sums() -> Iterator[str]:
    """Every transaction adds up to zero, in the currency of its order."""
    for pk, total in (
        LedgerTransaction.objects.annotate(sum=Sum("entries__cents")).exclude(sum=0).values_list("pk", "sum")
    ):
        yield f"Ledger transaction {pk} adds up to {total} cents."
    for pk in LedgerTransaction.objects.exclude(currency=F("order__currency")).values_list("pk", flat=True):
        yield f"Ledger transaction {pk} is in another currency than its order."


def _ledger() -> Iterator[str]:
    """The accounts of each order are what its lines, payments and refunds say."""
    booked: Accounts = defaultdict(Counter)
    rows = LedgerEntry.objects.order_by().values_list("transaction__order", "account")
    for order, account, cents in rows.annotate(sum=Sum("cents")):
        booked[order][account] = cents
    expected = _expected()
    wrong = [pk for pk in booked.keys() | expected.keys() if booked[pk] != expected[pk]]
    codes = Order.objects.in_bulk(wrong, field_name="pk")
    for pk in sorted(wrong):
        said, meant = (
            ", ".join(f"{name} {cents}" for name, cents in sorted(one.items()) if cents) or "nothing"
            for one in (booked[pk], expected[pk])
        )
        yield f"Order {codes[pk]}: its ledger says {said}; its lines, payments and refunds {meant}."


def _expected() -> Accounts:
    """Return by order what its accounts come to: by lines that are sold, payments that came, refunds."""
    found: Accounts = defaultdict(Counter)
    lines = OrderLine.objects.live().filter(order__state__in=_SOLD).exclude(cents=0)
    for order, kind, *line in lines.values_list("order", "kind", "cents", "vat_rate", "vat_cents"):
        is_gift = kind == OrderLine.Kind.DONATION
        found[order].update(ledger.gift(line[0]) if is_gift else ledger.sale([(line[0], line[1], line[2])]))
    came = Payment.objects.filter(state=MoneyState.CONFIRMED)
    for order, provider, cents in came.values_list("order", "provider", "amount_cents"):
        found[order].update(ledger.payment(provider, cents))
    back = Refund.objects.filter(state__in=_OWED)
    for order, provider, cents, state in back.values_list("order", "provider", "amount_cents", "state"):
        found[order].update(ledger.refund_begun(cents))
        if state == MoneyState.CONFIRMED:
            found[order].update(ledger.refund_done(provider, cents))
    return found


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


# Each is a check of its own, which hangs on nothing that another one found.
CHECKS = (_orders, _refunds, _sums, _ledger, _invoices)

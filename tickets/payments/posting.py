"""Writing into the ledger: within the transaction of the fact, never changed afterwards."""

from collections.abc import Iterable
from datetime import datetime

from festival.core.writing import require_transaction
from tickets.catalogue import pot
from tickets.models import LedgerEntry, LedgerTransaction, Order, OrderLine, Payment, Refund
from tickets.payments import ledger
from tickets.payments.ledger import Entries, Line

SALE = "sale"
CANCELLATION = "cancellation"
PAYMENT = "payment"
REFUND_BEGUN = "refund begun"
REFUND_DONE = "refund done"
REFUND_DROPPED = "refund dropped"


def sale(order: Order, lines: Iterable[OrderLine], *, now: datetime) -> None:
    """Post that the lines are sold."""
    lines = list(lines)
    entries = ledger.together(ledger.sale(map(_line, _sold(lines))), ledger.gift(pot.gifts_of(lines)))
    _post(order, SALE, entries, now)


def cancellation(order: Order, lines: Iterable[OrderLine], *, now: datetime) -> None:
    """Post that sold lines are cancelled."""
    lines = list(lines)
    entries = ledger.together(ledger.taken_back(map(_line, _sold(lines))), ledger.gift(-pot.gifts_of(lines)))
    _post(order, CANCELLATION, entries, now)


def payment(paid: Payment, *, now: datetime) -> None:
    """Post that the amount of a payment has come."""
    _post(paid.order, PAYMENT, ledger.payment(paid.provider, paid.amount_cents), now, payment=paid)


def refund(owed: Refund, what: str, *, now: datetime) -> None:
    """Post how far a refund is: one of the `REFUND_…` above."""
    entries = {
        REFUND_BEGUN: ledger.refund_begun(owed.amount_cents),
        REFUND_DONE: ledger.refund_done(owed.provider, owed.amount_cents),
        REFUND_DROPPED: ledger.refund_dropped(owed.amount_cents),
    }[what]
    _post(owed.order, what, entries, now, refund=owed)


def _sold(lines: Iterable[OrderLine]) -> list[OrderLine]:
    """Return what was sold: a gift into the pot is none."""
    return [line for line in lines if line.kind != OrderLine.Kind.DONATION]


def _line(line: OrderLine) -> Line:
    return line.cents, line.vat_rate, line.vat_cents


def _post(
    order: Order,
    what: str,
    entries: Entries,
    now: datetime,
    *,
    payment: Payment | None = None,
    refund: Refund | None = None,
) -> None:
    require_transaction("The ledger is written")
    if not entries:
        return
    row = LedgerTransaction.objects.create(
        order=order, payment=payment, refund=refund, what=what, currency=order.currency, at=now
    )
    LedgerEntry.objects.bulk_create(
        LedgerEntry(transaction=row, account=account, cents=cents) for account, cents in entries.items()
    )

"""What the review of bank statements shows: open lines with the orders that they may be for, and what was decided."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet

from tickets.models import MoneyState, Order, Payment, Refund, StatementLine
from tickets.payments.queries import summed
from tickets.statements import matching
from tickets.statements.entries import Entry
from tickets.statements.matching import Amount, Match, Orders, Owed

FOUND = 20  # orders that a search shows


@dataclass(frozen=True, slots=True)
class Proposal:
    """An open line and what it may be for; `is_shared` when another open line names the same order."""

    line: StatementLine
    match: Match
    order: Order | None = None
    due: int = 0
    is_shared: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether it may be ticked before somebody has looked."""
        return self.match.is_sure and not self.is_shared

    @property
    def can_be_credited(self) -> bool:
        """Whether there is an order, in the currency of the line."""
        return self.order is not None and self.line.currency in {self.order.currency, ""}

    @property
    def apart(self) -> int:
        """How many cents came more, or less, than is owed."""
        return abs(self.line.amount_cents - self.due)

    @property
    def is_short(self) -> bool:
        """Whether less came than is owed."""
        return self.match.amount is Amount.SHORT


def orders_with_due() -> QuerySet[Order]:
    """Return the orders that money may be for, each with `due`: the cents that are to be paid still."""
    came = summed(Payment.objects.filter(order=OuterRef("pk"), state=MoneyState.CONFIRMED))
    went = summed(Refund.objects.filter(order=OuterRef("pk"), state__in=Refund.OWED))
    sold = Order.objects.exclude(state=Order.State.HELD).filter(Q(total_cents__gt=0) | Q(payments__isnull=False))
    return sold.distinct().annotate(balance=came - went).annotate(missing=F("total_cents") - F("balance"))


def due_of(order: Order) -> int:
    """Return what an order of `orders_with_due` owes; one that was paid or cancelled owes nothing."""
    waits = order.state in {Order.State.PENDING, Order.State.EXPIRED}
    return max(0, getattr(order, "missing")) if waits else 0  # noqa: B009 -- annotated


def proposals(lines: Iterable[StatementLine]) -> list[Proposal]:
    """Return what each of the open lines is for, as far as it can be told."""
    rows = list(lines)
    found = {order.code: order for order in orders_with_due().select_related("edition")} if rows else {}
    orders = Orders(owed(order) for order in found.values())
    matches = [orders.match(entry_of(line)) for line in rows]
    named = Counter(match.code for match in matches if match.code)
    return [
        Proposal(
            line=line,
            match=match,
            order=found.get(match.code),
            due=orders.by_code[match.code].due if match.code else 0,
            is_shared=named[match.code] > 1,
        )
        for line, match in zip(rows, matches, strict=True)
    ]


def suggestions(line: StatementLine, words: str = "") -> list[Order]:
    """Return orders to choose from by hand: those that a search finds, else those that owe just what came."""
    candidates = orders_with_due().select_related("edition")
    if words.strip():
        for word in words.split():
            candidates = candidates.filter(
                Q(code__iexact=word)
                | Q(name__icontains=word)
                | Q(email__icontains=word)
                | Q(lines__holder__icontains=word)
            )
        return _described(candidates.order_by("-created_at")[:FOUND])
    found = {order.code: order for order in candidates}
    alike = matching.same_amount({code: owed(order) for code, order in found.items()}, entry_of(line))
    return _described(found[one.code] for one in alike[:FOUND])


def owed(order: Order) -> Owed:
    """Return an order of `orders_with_due` as matching needs it."""
    return Owed(order.code, due_of(order), order.currency, order.name)


def entry_of(line: StatementLine) -> Entry:
    """Return a stored line as it was read."""
    return Entry(
        line=line.line,
        booked_on=line.booked_on,
        cents=line.amount_cents,
        currency=line.currency,
        text=line.text,
        counterparty=line.counterparty,
        bank_id=line.bank_id,
        account=line.account,
        is_return=line.is_return,
    )


def _described(orders: Iterable[Order]) -> list[Order]:
    """Give each order what its line on the screen shows."""
    found = list(orders)
    for order in found:
        order.due = due_of(order)  # type: ignore[attr-defined]
    return found

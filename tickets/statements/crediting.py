"""What is decided about a line of a bank statement: it pays an order, or it is set aside. Once."""

from datetime import datetime

from festival.core import audit
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from tickets.exceptions import TicketError
from tickets.models import MoneyState, Order, Payment, Provider, StatementLine
from tickets.payments import queries as payment_queries, refunding, settling
from tickets.payments.settling import Outcome
from tickets.statements import queries


class LineDecided(TicketError):
    """Somebody has credited the line, or set it aside, meanwhile."""

    code = "line_decided"


class OtherCurrency(TicketError):
    """The line is not in the order's currency, so nobody knows how much it pays."""

    code = "other_currency"


class OrderChanged(TicketError):
    """What the order owes is not what was shown any more."""

    code = "order_changed"


def credit(*, line: StatementLine, order: Order, due: int, now: datetime, actor: Actor) -> Outcome:
    """Let a line pay an order, and say what came of it. The line and the payment are written together.

    Args:
        line: An open one.
        order: Which order; one that was paid, has ended or is short gets what `settling.settle` does then.
        due: The cents that the order was shown to owe.
        now: When.
        actor: Who.

    Raises:
        LineDecided: If somebody was faster.
        OrderChanged: If the order owes something else by now.
        OtherCurrency: If the line is in another one. Nothing was written, in all these cases.
    """
    with writing(public=False):
        held = refunding.hold(order.pk)
        if line.currency not in {held.currency, ""}:
            raise OtherCurrency(line.currency)
        if queries.due_of(queries.orders_with_due().get(pk=held.pk)) != due:
            raise OrderChanged(held.code)
        payment = payment_queries.open_payment(held, Provider.TRANSFER) or Payment.objects.create(
            order=held,
            provider=Provider.TRANSFER,
            amount_cents=line.amount_cents,
            state=MoneyState.PENDING,
            created_at=now,
        )
        _decide(line, now, state=StatementLine.State.CREDITED, payment=payment)
        outcome = settling.settle(
            payment=payment,
            amount_cents=line.amount_cents,
            reference=f"statement:{line.fingerprint[:40]}",
            now=now,
            actor=actor,
        )
        facts: dict[str, Fact] = {"order": held.code, "amount_cents": line.amount_cents, "outcome": outcome.value}
        audit.record("statement_line.credited", line, actor=actor, at=now, facts=facts, edition=held.edition)
        return outcome


def set_aside(*, line: StatementLine, reason: str, now: datetime, actor: Actor) -> None:
    """Note that a line pays no order, and why: a subsidy, a mistake that was sent back.

    Raises:
        LineDecided: If somebody was faster.
    """
    with writing(public=False):
        _decide(line, now, state=StatementLine.State.SET_ASIDE, reason=reason)
        facts: dict[str, Fact] = {"reason": reason, "amount_cents": line.amount_cents}
        audit.record("statement_line.set_aside", line, actor=actor, at=now, facts=facts)


def reopen(*, line: StatementLine, now: datetime, actor: Actor) -> None:
    """Take a line that was set aside back among the open ones.

    Raises:
        LineDecided: If it is open, or pays an order.
    """
    with writing(public=False):
        aside = StatementLine.objects.filter(pk=line.pk, state=StatementLine.State.SET_ASIDE)
        if not aside.update(state=StatementLine.State.OPEN, reason="", decided_at=None):
            raise LineDecided(line.pk)
        audit.record("statement_line.reopened", line, actor=actor, at=now)


def _decide(line: StatementLine, now: datetime, **decision: object) -> None:
    if not StatementLine.objects.open().filter(pk=line.pk).update(decided_at=now, **decision):
        raise LineDecided(line.pk)

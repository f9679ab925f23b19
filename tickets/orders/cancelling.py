"""Cancelling orders: their places return, their tickets are void at the door, their holders may be told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from festival.core import audit, outbox
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from tickets.catalogue import stock
from tickets.exceptions import NotCancellable
from tickets.models import Checkin, MoneyState, Order, Payment, Ticket

CANCEL_MAIL = "order.cancelled"
_MONEY = (MoneyState.CREATED, MoneyState.PENDING, MoneyState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many orders were cancelled, with how many places, and how many stayed as they were."""

    orders: int = 0
    places: int = 0
    stayed: int = 0


def cancel(
    *, order: Order, actor: Actor, now: datetime, reason: str = "", tell: bool = True, even_used: bool = True
) -> int:
    """Cancel an order for which nothing was paid, and return how many places came back.

    In one transaction, the order first, so that a change of quotas waits for it. Its holder is told by mail if `tell`,
    unless it was only held.
    `reason` is for the holder and the log, at most 200 characters; `even_used` says whether it may be cancelled though
    a ticket of it was scanned in.

    Raises:
        NotCancellable: If it has ended already, if something was paid, or if it was used. Nothing was changed.
    """
    with writing(public=False):
        # Of a held order nobody has confirmed the address: it may be a stranger's, and has no ticket.
        tell = tell and order.state != Order.State.HELD
        live = Order.objects.filter(pk=order.pk, state__in=Order.STATES_HOLDING)
        if not live.update(state=Order.State.CANCELLED, total_cents=0, cancel_reason=reason):
            raise NotCancellable(why="ended")
        _refuse_if_bound(order, even_used=even_used)
        lines = list(order.lines.live())
        stock.give_back(stock.draws(lines))
        order.lines.live().update(cancelled_at=now)
        Ticket.objects.filter(line__order=order).update(state=Ticket.State.CANCELLED)
        if tell:
            outbox.queue(
                CANCEL_MAIL, to=order.email, language=order.language, fact=order, now=now, edition=order.edition
            )
        facts: dict[str, Fact] = {"reason": reason, "places": len(lines), "told": tell}
        audit.record("order.cancelled", order, actor=actor, at=now, facts=facts, edition=order.edition)
        return len(lines)


def cancel_many(*, orders: Iterable[Order], actor: Actor, now: datetime, reason: str, tell: bool) -> Outcome:
    """Cancel each of `orders` in a transaction of its own; what cannot be cancelled stays and is counted."""
    done = places = stayed = 0
    for order in orders:
        try:
            places += cancel(order=order, actor=actor, now=now, reason=reason, tell=tell)
            done += 1
        except NotCancellable:
            stayed += 1
    return Outcome(done, places, stayed)


def _refuse_if_bound(order: Order, *, even_used: bool) -> None:
    if Payment.objects.filter(order=order, state__in=_MONEY).exists():
        raise NotCancellable(why="money")
    came_in = Checkin.objects.filter(ticket__line__order=order, verdict=Checkin.Verdict.ADMITTED)
    if not even_used and came_in.exists():
        raise NotCancellable(why="used")

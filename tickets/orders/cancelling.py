"""Cancelling orders, whole or a part: places and money return, tickets are void at the door, holders are told."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from festival.core import audit, outbox
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from tickets.catalogue import pot, stock
from tickets.catalogue.faults import PotTooLow
from tickets.catalogue.terms import Refusal, refuse_return
from tickets.delivery import queries
from tickets.exceptions import NotCancellable
from tickets.models import Order, OrderLine, Provider, Refund, Ticket
from tickets.payments import posting, refunding, settling
from tickets.vouchers import redeeming

CANCEL_MAIL = "order.cancelled"
CANCEL_TICKET_MAIL = "ticket.cancelled"

Hold = Callable[[Order], bool]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many orders were cancelled, with how many places, and how many stayed as they were."""

    orders: int = 0
    places: int = 0
    stayed: int = 0


def hold(order: Order) -> bool:
    """Let whoever else changes this order wait until the transaction ends; return False if it has ended already.

    An UPDATE, for a change of quotas must wait for it too (`stock.hold_sales`), which a SELECT FOR UPDATE does not do.
    """
    live = Order.objects.filter(pk=order.pk, state__in=Order.STATES_HOLDING)
    return bool(live.update(total_cents=F("total_cents")))


def cancel(
    *,
    order: Order,
    actor: Actor,
    now: datetime,
    reason: str = "",
    tell: bool = True,
    even_used: bool = True,
    only: Ticket | None = None,
    holding: Hold = hold,
) -> int:
    """Cancel an order, or `only` one ticket of it; return how many places came back.

    What was paid goes back when the holder cancels while the products allow it; for the office there is `refund`. A
    ticket of the pot can be given back at any time; gifts into the pot stay when the holder cancels.

    In one transaction, the order first, so that everything else that would end it waits, and finds it ended. Its
    holder is told by mail if `tell`, unless it was only held. When its last ticket goes, the order is cancelled.
    `reason` is for the holder and the log, at most 200 characters. `even_used` is for the office: it may cancel though
    a ticket was scanned in, or its day is over. `holding` is `hold`; the race tests hand in a careless one.

    Raises:
        NotCancellable: If it has ended already, if what was paid does not go back, if it was used or is over. Nothing
            was changed.
    """
    with writing(public=False):
        if not holding(order):
            raise NotCancellable(why=Refusal.ENDED)
        order = Order.objects.select_related("edition").get(pk=order.pk)
        lines = list(_lines(order, only))
        if order.state == Order.State.PAID and not even_used:
            lines = [line for line in lines if line.kind != OrderLine.Kind.DONATION]  # the gift was made
        if not lines and not (even_used and only is None):
            raise NotCancellable(why=Refusal.ENDED)
        _void(order, lines, now, even_used=even_used)
        stock.give_back(stock.draws(lines))
        _take_back(order, lines, actor, now)
        is_whole = _end_if_empty(order, lines, reason)
        # Of a held order nobody has confirmed the address: it may be a stranger's, and has no ticket.
        is_told = tell and order.state != Order.State.HELD
        facts: dict[str, Fact] = {"reason": reason, "places": len(lines), "told": is_told}
        for subject in [order] if is_whole else [only] if only else Ticket.objects.filter(line__in=lines):
            _tell(order, subject, facts, actor=actor, now=now)
        return len(lines)


def refund(*, order: Order, lines: Collection[int], cents: int, actor: Actor, now: datetime, reason: str = "") -> int:
    """Cancel lines of a paid order (primary keys) with what belongs to them, send their money back; return the cents.

    For the office, which may do it though a ticket was used. Other tickets of the order stay as they are. `cents` is
    what the screen said that goes back.

    Raises:
        NotCancellable: If the order is not paid, or one of the lines was cancelled meanwhile, or another sum would go
            back.
        RefundTooHigh: If less is left of what was paid. Nothing was changed in both cases; nor if `why` is given, as
            tickets of the pot were given for what would go back.
    """
    with writing(public=False):
        if not lines or not hold(order):
            raise NotCancellable(why=Refusal.ENDED)
        order = Order.objects.select_related("edition").get(pk=order.pk)
        found = list(order.lines.live().filter(Q(pk__in=lines) | Q(parent__in=lines)))
        total = sum(line.cents for line in found)
        if order.state != Order.State.PAID or set(lines) - {line.pk for line in found} or total != cents:
            raise NotCancellable(why=Refusal.ENDED)
        Ticket.objects.filter(line__in=found).update(state=Ticket.State.CANCELLED)
        OrderLine.objects.filter(pk__in=[line.pk for line in found]).update(cancelled_at=now)
        stock.give_back(stock.draws(found))
        redeeming.release(found, now=now)
        _take_out_gifts(order, found)
        posting.cancellation(order, found, now=now)
        refunding.pay_back(order, total, now=now, actor=actor)
        _end_if_empty(order, found, reason)
        facts: dict[str, Fact] = {"reason": reason, "lines": len(found), "refunded_cents": total}
        audit.record("order.refunded", order, actor=actor, at=now, facts=facts, edition=order.edition)
        return total


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


def _lines(order: Order, only: Ticket | None) -> QuerySet[OrderLine]:
    """Return the lines that still count, of one ticket with what was taken along with it."""
    lines = order.lines.live()
    lines = lines.select_related("product")
    return lines.filter(Q(ticket=only) | Q(parent__ticket=only)) if only else lines


def _void(order: Order, lines: list[OrderLine], now: datetime, *, even_used: bool) -> None:
    """Cancel lines with their tickets. Raises NotCancellable for what was paid, and unless `even_used` for the rest.

    A scan that runs holds its ticket, and finds it void if it comes later; so this UPDATE waits for it, and the query
    after it sees who came in. One ticket that was used is enough to refuse a whole order; its day is over when that of
    all of them is.
    """
    wanted = {line.pk for line in lines}
    tickets = [] if even_used else [one for one in queries.tickets_of(order) if one.line_id in wanted]
    Ticket.objects.filter(line__in=wanted).update(state=Ticket.State.CANCELLED)
    OrderLine.objects.filter(pk__in=wanted).update(cancelled_at=now)
    ways = queries.ways_paid(order)
    is_from_pot = ways == {Provider.POT} and not even_used
    if ways and not is_from_pot and (even_used or not all(queries.is_refundable(line, now) for line in lines)):
        raise NotCancellable(why=Refusal.MONEY)
    settling.call_off_open(order)
    refusals = {refuse_return(facts) for facts in queries.facts_of(order, tickets, now=now).values()}
    if None in refusals:
        refusals -= {None, Refusal.OVER}
    if refusals:
        raise NotCancellable(why=next(refusal for refusal in Refusal if refusal in refusals))


def _take_back(order: Order, lines: list[OrderLine], actor: Actor, now: datetime) -> None:
    """Take a sale out of the books, give the code back, and begin to send back what was paid for it."""
    redeeming.release(lines, now=now)
    if order.state != Order.State.PAID:
        refunding.give_all_back(order, reason=Refund.Reason.GIVEN_BACK, now=now, actor=actor)  # it came in part
        return
    _take_out_gifts(order, lines)
    posting.cancellation(order, lines, now=now)
    if queries.has_money(order):
        refunding.pay_back(order, sum(line.cents for line in lines), now=now, actor=actor)


def _take_out_gifts(order: Order, lines: list[OrderLine]) -> None:
    """Take gifts out of the pot again. Raises NotCancellable when tickets were given for them meanwhile."""
    try:
        pot.take_out(order.edition_id, pot.gifts_of(lines))
    except PotTooLow as error:
        raise NotCancellable(why=Refusal.GIVEN) from error


def _end_if_empty(order: Order, lines: list[OrderLine], reason: str) -> bool:
    """Take the lines off the order's total; cancel it if none is left, and return whether."""
    changes: dict[str, object] = {"total_cents": F("total_cents") - sum(line.cents for line in lines)}
    is_whole = not order.lines.live().exists()
    if is_whole:
        changes |= {"state": Order.State.CANCELLED, "cancel_reason": reason}
    Order.objects.filter(pk=order.pk).update(**changes)
    return is_whole


def _tell(order: Order, subject: Order | Ticket, facts: dict[str, Fact], *, actor: Actor, now: datetime) -> None:
    """Write down what was cancelled, a ticket or the whole order, and send the mail that says so."""
    is_ticket = isinstance(subject, Ticket)
    if facts["told"]:
        kind = CANCEL_TICKET_MAIL if is_ticket else CANCEL_MAIL
        outbox.queue(kind, to=order.email, language=order.language, fact=subject, now=now, edition=order.edition)
    verb = "ticket.cancelled" if is_ticket else "order.cancelled"
    audit.record(verb, subject, actor=actor, at=now, facts=facts, edition=order.edition)

"""Cancelling orders, whole or a part: places and money return, tickets are void at the door, holders are told."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from festival.core import audit, outbox
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from tickets.catalogue.terms import Refusal, refuse_return
from tickets.delivery import queries
from tickets.exceptions import NotCancellable
from tickets.models import Order, OrderLine, Ticket
from tickets.orders import queries as order_queries, taking_back
from tickets.orders.taking_back import Hold, OthersCame, hold
from tickets.payments.faults import RefundTooHigh

CANCEL_MAIL = "order.cancelled"
CANCEL_TICKET_MAIL = "ticket.cancelled"
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many orders were cancelled, with how many places, and how many stayed as they were."""

    orders: int = 0
    places: int = 0
    stayed: int = 0


def cancel(
    *,
    order: Order,
    actor: Actor,
    now: datetime,
    reason: str = "",
    tell: bool = True,
    even_used: bool = True,
    only: Ticket | None = None,
    as_of: datetime | None = None,
    holding: Hold = hold,
) -> int:
    """Cancel an order, or `only` one ticket of it; return how many lines came back, fees not counted.

    What a holder gives back is refunded to whoever paid, by the rules of the products at `now`; a ticket of the pot
    can be given back at any time, and gifts into it stay. What the office has agreed to is refunded as it was asked for
    at the moment `as_of`; by itself it uses `refund` for what was paid. All orders are held first, so that everything
    else that would end them waits, and finds them ended. Its holder is told by mail if `tell`, unless it was only held.
    When its last ticket goes, the order is cancelled.

    `reason` is for the holder and the log, at most 200 characters. `even_used` is for the office: it may cancel though
    a ticket was scanned in, or its day is over. `holding` is `hold`; the race tests hand in a careless one.

    Raises NotCancellable if it has ended, was used or is over, or what was paid stays. Nothing was changed.
    """
    for _attempt in range(_ATTEMPTS):
        try:
            with writing(public=False):
                found = _held_lines(order, only, holding)
                if not found and (not even_used or only is not None or order.lines.live().exists()):
                    raise NotCancellable(why=Refusal.ENDED)
                _check(order, found, now, even_used=even_used, as_of=as_of)
                is_told = tell and order.state != Order.State.HELD  # nobody has confirmed that address
                is_whole = _take_back(order, only, found, as_of or now, actor=actor, now=now, reason=reason)
                facts: dict[str, Fact] = {"reason": reason, "places": _places(found), "told": is_told}
                _tell(order, [order] if is_whole else _tickets(order, only, found), found, facts, actor=actor, now=now)
                return _places(found)
        except OthersCame:
            continue  # an add-on was paid in between; it is cancelled along
    raise RuntimeError("something is bought for this order all the time")


def refund(*, order: Order, lines: Collection[int], cents: int, actor: Actor, now: datetime, reason: str = "") -> int:
    """Cancel lines of a paid order (primary keys) with what belongs to them, send their money back; return the cents.

    For the office, which may do it though a ticket was used, and gives all back. Other tickets of the order stay as
    they are. `cents` is what the screen said that goes back (`taking_back.in_full`).

    Raises:
        NotCancellable: If the order is not paid, or one of the lines was cancelled meanwhile, or another sum would go
            back; or one of them says what went back before, which is never cancelled.
        RefundTooHigh: If less is left of what was paid. Nothing was changed in both cases; nor if `why` is given, as
            tickets of the pot were given for what would go back.
    """
    with writing(public=False):
        if not lines or not hold(order):
            raise NotCancellable(why=Refusal.ENDED)
        held = Order.objects.select_related("edition").get(pk=order.pk)
        found = taking_back.with_belongings(held, lines, hold)
        backs = taking_back.in_full(held, found)
        total = sum(backs.values())
        if held.state != Order.State.PAID or set(lines) - {line.pk for line in found} or total != cents:
            raise NotCancellable(why=Refusal.ENDED)
        if any(line.kind == OrderLine.Kind.DISCOUNT for line in found):
            raise NotCancellable(why=Refusal.MONEY)  # it says what went back before
        if total and not order_queries.has_money(held, found):
            raise RefundTooHigh(left=0)
        try:
            taking_back.void(found, now)
        except OthersCame as error:
            raise NotCancellable(why=Refusal.ENDED) from error
        taking_back.carry_out(found, backs, actor=actor, now=now, reason=reason)
        facts: dict[str, Fact] = {"reason": reason, "lines": len(found), "refunded_cents": total}
        audit.record("order.refunded", held, actor=actor, at=now, facts=facts, edition=held.edition)
        if not _is_told_of_money(held, found, total):
            _tell_holder(held, found, now)
        _tell_others(held, found, is_told=True, now=now)
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


def _held_lines(order: Order, only: Ticket | None, holding: Hold) -> list[OrderLine]:
    """Hold all orders that a cancellation changes, and return its lines as they are then.

    Raises:
        NotCancellable: If the order has ended.
    """
    before = order_queries.lines_to_cancel(order, only)
    if not taking_back.hold_all(order, before, holding):
        raise NotCancellable(why=Refusal.ENDED)
    order.refresh_from_db(fields=["state", "total_cents", "email", "name"])
    return order_queries.lines_to_cancel(order, only)


def _check(order: Order, found: list[OrderLine], now: datetime, *, even_used: bool, as_of: datetime | None) -> None:
    """Raise NotCancellable for what was paid, and unless `even_used` for what was used or is over.

    A scan that runs holds its ticket, and finds it void if it comes later; so the tickets are changed first, and who
    came in is asked then. One ticket that was used is enough to refuse a whole order; its day is over when that of all
    of them is.
    """
    wanted = {line.pk for line in found}
    if order_queries.broken_sets(found):
        raise NotCancellable(why=Refusal.SET)
    tickets = [] if even_used else [one for one in queries.tickets_of(order) if one.line_id in wanted]
    taking_back.void(found, now)
    paid = found if even_used else queries.without_gifts(found)
    if any(line.cents for line in paid) and order_queries.has_money(order, paid):
        if as_of is None and (even_used or order_queries.needs_approval(paid, now)):
            raise NotCancellable(why=Refusal.MONEY)
        if not order_queries.goes_back(paid, as_of or now):
            raise NotCancellable(why=Refusal.MONEY)
    refusals = {refuse_return(facts) for facts in queries.facts_of(order, tickets, now=now).values()}
    if None in refusals:
        refusals -= {None, Refusal.OVER}
    if refusals:
        raise NotCancellable(why=next(refusal for refusal in Refusal if refusal in refusals))


def _take_back(
    order: Order, only: Ticket | None, found: list[OrderLine], at: datetime, *, actor: Actor, now: datetime, reason: str
) -> bool:
    """Give places and money back, and return whether the order has ended with it."""
    backs = taking_back.by_rule(found, at)
    taking_back.carry_out(found, backs, actor=actor, now=now, reason=reason, also=order, is_whole=only is None)
    order.refresh_from_db(fields=["state", "total_cents"])
    return order.state == Order.State.CANCELLED


def _tell(
    order: Order,
    subjects: Iterable[Order | Ticket],
    found: list[OrderLine],
    facts: dict[str, Fact],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Write down what was cancelled, tickets or the whole order, and send the mails that say so."""
    for subject in subjects:
        is_ticket = isinstance(subject, Ticket)
        if facts["told"]:
            kind = CANCEL_TICKET_MAIL if is_ticket else CANCEL_MAIL
            outbox.queue(kind, to=order.email, language=order.language, fact=subject, now=now, edition=order.edition)
        verb = "ticket.cancelled" if is_ticket else "order.cancelled"
        audit.record(verb, subject, actor=actor, at=now, facts=facts, edition=order.edition)
    _tell_others(order, found, is_told=bool(facts["told"]), now=now)


def _places(found: list[OrderLine]) -> int:
    """Return how many lines are places, not fees of them."""
    return sum(line.kind != OrderLine.Kind.FEE for line in found)


def _tickets(order: Order, only: Ticket | None, found: list[OrderLine]) -> Iterable[Ticket]:
    tickets = Ticket.objects.filter(line__in=found, order=order)
    return tickets.order_by("pk") if only is None or only.line.parent_id else [only]


def _is_told_of_money(order: Order, found: list[OrderLine], total: int) -> bool:
    """Return whether a mail about money says what was cancelled: none does of what was free, or paid by the pot."""
    return bool(total) and order.pk not in queries.paid_by_pot(found)


def _tell_holder(order: Order, found: list[OrderLine], now: datetime) -> None:
    """Tell the buyer which tickets are cancelled, or that the order is."""
    order.refresh_from_db(fields=["state", "cancel_reason"])
    is_whole = order.state == Order.State.CANCELLED
    kind = CANCEL_MAIL if is_whole else CANCEL_TICKET_MAIL
    for fact in [order] if is_whole else _tickets(order, None, found):
        outbox.queue(kind, to=order.email, language=order.language, fact=fact, now=now, edition=order.edition)


def _tell_others(order: Order, found: list[OrderLine], *, is_told: bool, now: datetime) -> None:
    """Tell those to whom a ticket had been passed on that it is cancelled."""
    passed_on = Ticket.objects.filter(line__in=found).exclude(order=order).select_related("order")
    for ticket in passed_on if is_told else ():
        to = ticket.order
        outbox.queue(CANCEL_TICKET_MAIL, to=to.email, language=to.language, fact=ticket, now=now, edition=order.edition)

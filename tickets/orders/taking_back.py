"""Taking back what was sold: tickets, places, codes, the books, the money. Within the transaction of whoever decides.

Lines of several orders may be taken back at once: a ticket that was passed on is on the page of one order and was paid
by another, and an add-on may have been bought later by an order of its own.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from django.db.models import F

from festival.core.audit import Actor
from festival.core.writing import require_transaction
from festival.text.languages import in_all_languages
from tickets.catalogue import pot, pricing, refunds
from tickets.catalogue.pot import PotTooLow
from tickets.catalogue.terms import Refusal
from tickets.delivery import queries
from tickets.exceptions import NotCancellable
from tickets.models import Order, OrderLine, Refund, RefundRequest, Ticket
from tickets.orders import queries as order_queries
from tickets.payments import posting, refunding, settling
from tickets.vouchers import redeeming

Hold = Callable[[Order], bool]
Backs = Mapping[int, int]  # cents that go back, by the primary key of a line


class OthersCame(Exception):
    """Something was bought meanwhile for what is cancelled: hold its order too, and look again."""


def hold(order: Order) -> bool:
    """Let whoever else changes this order wait until the transaction ends; return False if it has ended already.

    An UPDATE, for a change of quotas must wait for it too (`stock.hold_sales`), which a SELECT FOR UPDATE does not do.
    """
    live = Order.objects.filter(pk=order.pk, state__in=Order.STATES_HOLDING)
    return bool(live.update(total_cents=F("total_cents")))


def hold_all(order: Order, lines: Collection[OrderLine], holding: Hold = hold) -> bool:
    """Hold an order and all others that the lines concern, in id order; return whether `order` goes on."""
    others = {line.order_id for line in lines} | {ticket.order_id for ticket in _tickets(lines)} - {order.pk}
    goes_on = False
    for pk in sorted({order.pk, *others}):
        if pk == order.pk:
            goes_on = holding(order)
        else:
            Order.objects.filter(pk=pk).update(total_cents=F("total_cents"))
    return goes_on


def void(lines: Collection[OrderLine], now: datetime) -> None:
    """Cancel lines with their tickets.

    Raises:
        OthersCame: If something was paid for one of the tickets that is not among the lines.
    """
    require_transaction("Lines are cancelled")
    wanted = [line.pk for line in lines]
    Ticket.objects.filter(line__in=wanted).update(state=Ticket.State.CANCELLED)
    belong = order_queries.bought_for(Ticket.objects.filter(line__in=wanted))
    if belong.exclude(pk__in=wanted).exists():
        raise OthersCame
    OrderLine.objects.filter(pk__in=wanted).update(cancelled_at=now)
    asked = RefundRequest.objects.filter(lines__in=wanted, state=RefundRequest.State.OPEN)
    RefundRequest.objects.filter(pk__in=asked.values("pk")).update(state=RefundRequest.State.DROPPED, decided_at=now)


def with_belongings(order: Order, lines: Collection[int], holding: Hold = hold) -> list[OrderLine]:
    """Return the live lines of an order (primary keys) with what belongs to them, held; see `void`."""
    found = order_queries.lines_with_belongings(order, lines)
    hold_all(order, found, holding)
    return order_queries.lines_with_belongings(order, lines)


def by_rule(lines: Collection[OrderLine], at: datetime) -> Backs:
    """Return what goes back for each line at a moment by the rules of the products; see `in_full` for the limit.

    Of what still waits to be paid nothing goes back; what the pot gave goes back into it whole.
    """
    given = queries.paid_by_pot(lines)
    paid = [line for line in lines if line.order.state == Order.State.PAID]
    backs = {line.pk: line.cents for line in paid if line.order_id in given}
    backs |= _backs_by_rule([line for line in paid if line.order_id not in given], at)
    fees = [line for line in lines if line.goes_back and line.order.state == Order.State.PAID]
    backs |= {fee.pk: fee.cents if _goes_back(fee, lines, backs) else 0 for fee in fees}
    return _capped(lines, {line.pk: backs.get(line.pk, 0) for line in lines})


def in_full(order: Order, lines: Collection[OrderLine]) -> Backs:
    """Return what goes back for each line when all of it does.

    Never more than the order still comes to: what went back before, out of goodwill, went back.
    """
    return _capped(lines, {line.pk: max(0, line.cents) for line in lines})


def carry_out(
    lines: Sequence[OrderLine],
    backs: Backs,
    *,
    actor: Actor,
    now: datetime,
    reason: str,
    also: Order | None = None,
    is_whole: bool = False,
) -> None:
    """Give back the places of lines that are void, take the sale out of the books, begin to send the money back.

    Orders that have nothing left end with it; `also` is one that none of the lines need to be of. `is_whole` says that
    what came in part for an order that waits goes back with it.
    """
    redeeming.give_back(lines, now=now)
    by_order: defaultdict[int, list[OrderLine]] = defaultdict(list)
    for line in lines:
        by_order[line.order_id].append(line)
    concerned = {*by_order, *(ticket.order_id for ticket in _tickets(lines)), *([also.pk] if also else [])}
    for order in Order.objects.select_related("edition").filter(pk__in=concerned).order_by("pk"):
        _take_off(order, by_order[order.pk], backs, actor, now, reason)
        if is_whole and also is not None and order.pk == also.pk and order.state != Order.State.PAID:
            refunding.give_all_back(order, reason=Refund.Reason.GIVEN_BACK, now=now, actor=actor)
        _end_if_empty(order, reason)


def _backs_by_rule(lines: Collection[OrderLine], at: datetime) -> Backs:
    """Return what goes back of each line; parts of a set that go together are one thing: a fee is kept of it once."""
    sold: defaultdict[int, list[OrderLine]] = defaultdict(list)
    for line in lines:
        sold[(line.parent_id if queries.is_part(line) else None) or line.pk].append(line)
    backs: dict[int, int] = {}
    for parts in sold.values():
        whole = refunds.back(sum(line.cents for line in parts), queries.refund_rule(parts[0]), at=at)
        shares = refunds.shares(whole, [line.cents for line in parts])
        backs |= {line.pk: cents for line, cents in zip(parts, shares, strict=True)}
    return backs


def _goes_back(fee: OrderLine, lines: Collection[OrderLine], backs: Backs) -> bool:
    """Return whether a fee goes back: whole, if anything of what it was paid for does, or that was free."""
    sold = [line for line in lines if line.product_id and line.kind != OrderLine.Kind.SET]
    places = [line for line in sold if fee.parent_id in {None, line.pk, line.parent_id}]
    return any(backs[line.pk] or not line.cents for line in places if line.order_id == fee.order_id)


def _take_off(order: Order, lines: list[OrderLine], backs: Backs, actor: Actor, now: datetime, reason: str) -> None:
    """Take lines off an order that was paid, keep what the rules keep; of one that waits nothing is kept.

    The `reason` stands in the mail about the money.
    """
    cents, back = sum(line.cents for line in lines), sum(backs[line.pk] for line in lines)
    if order.state != Order.State.PAID:
        settling.call_off_open(order)
        Order.objects.filter(pk=order.pk).update(total_cents=F("total_cents") - cents)
        return
    _take_out_gifts(order, lines)
    posting.cancellation(order, lines, now=now)
    if not order_queries.has_money(order, ()):
        Order.objects.filter(pk=order.pk).update(total_cents=F("total_cents") - cents)
        return
    fees = _fees(order, lines, backs)
    posting.sale(order, fees, now=now)
    Order.objects.filter(pk=order.pk).update(total_cents=F("total_cents") - back)
    refunding.pay_back(order, back, now=now, actor=actor, told=reason)


def _take_out_gifts(order: Order, lines: list[OrderLine]) -> None:
    """Take gifts out of the pot again. Raises NotCancellable when tickets were given for them meanwhile."""
    try:
        pot.take_out(order.edition_id, pot.gifts_of(lines))
    except PotTooLow as error:
        raise NotCancellable(why=Refusal.GIVEN) from error


def _fees(order: Order, lines: list[OrderLine], backs: Backs) -> list[OrderLine]:
    """Write what is kept of lines, one line for each rate of tax: it is taxed as what it was paid for."""
    kept: Counter[int] = Counter()
    for line in lines:
        kept[line.vat_rate] += line.cents - backs[line.pk]
    return OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            kind=OrderLine.Kind.FEE,
            product_name=in_all_languages(order_queries.KEPT),
            cents=cents,
            vat_rate=rate,
            vat_cents=pricing.included_vat(cents, rate),
        )
        for rate, cents in kept.items()
        if cents > 0
    )


def _end_if_empty(order: Order, reason: str) -> None:
    """Cancel an order that has nothing any more."""
    if order.lines.live().exclude(kind__in=order_queries.KEPT_KINDS).exists():
        return
    if order.tickets.filter(state=Ticket.State.VALID).exists():
        return
    live = Order.objects.filter(pk=order.pk, state__in=Order.STATES_HOLDING)
    live.update(state=Order.State.CANCELLED, cancel_reason=reason)


def _capped(lines: Collection[OrderLine], backs: Backs) -> Backs:
    """Return the amounts with as much taken off, from the last, as is above what an order still comes to."""
    left = dict(Order.objects.filter(pk__in={line.order_id for line in lines}).values_list("pk", "total_cents"))
    found: dict[int, int] = {}
    for line in lines:
        found[line.pk] = min(backs[line.pk], max(0, left[line.order_id]))
        left[line.order_id] -= found[line.pk]
    return found


def _tickets(lines: Collection[OrderLine]) -> Collection[Ticket]:
    return Ticket.objects.filter(line__in=[line.pk for line in lines])

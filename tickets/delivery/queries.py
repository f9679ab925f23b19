"""The tickets of an order with all that they show."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q, prefetch_related_objects

from festival.models import closing_moment
from festival.time import clock
from tickets.catalogue import refunds, row_cache
from tickets.catalogue.refunds import Rule, Step
from tickets.catalogue.terms import Facts
from tickets.models import (
    Approval,
    Checkin,
    Guest,
    MoneyState,
    Order,
    OrderLine,
    Payment,
    Product,
    Provider,
    RefundRequest,
    RefundStep,
    Ticket,
    Transfer,
)

_RELATED = (
    ("order_id", "order"),
    ("occurrence_id", "occurrence__session", "occurrence__room"),
    ("guest_id", "guest"),
    ("parent_id", "parent"),
)
_EXTRAS = (OrderLine.Kind.ADDON, OrderLine.Kind.DONATION)


def tickets_of(order: Order) -> list[Ticket]:
    """Return the order's tickets with all that a ticket shows."""
    found = list(Ticket.objects.filter(order=order).select_related("line").order_by("pk"))
    for ticket in found:
        ticket.order = order
    _complete(found, order)
    return found


def handed_to_buyer(tickets: Sequence[Ticket]) -> list[Ticket]:
    """Return the tickets (from `tickets_of`) whose codes the buyer gets: those that no guest has or has to have.

    One that carries a name is nobody's until its guest has filled it in; one without is good for whoever shows it.
    """
    return [ticket for ticket in tickets if _is_buyers(ticket)]


def guests_of(order: Order) -> list[Guest]:
    """Return the guests of an order, each with what of it is theirs."""
    guests = list(Guest.objects.filter(order=order).prefetch_related("lines__product", "lines__day", "lines__ticket"))
    for guest in guests:
        guest.order = order
    return [guest for guest in guests if live_lines(guest)]


def live_lines(guest: Guest) -> list[OrderLine]:
    """Return what a guest (with its lines) has, in the order in which it was bought."""
    return sorted((line for line in guest.lines.all() if line.cancelled_at is None), key=lambda line: line.pk)


def extras_of(order: Order, tickets: Sequence[Ticket] = ()) -> list[tuple[OrderLine, int]]:
    """Return what an order holds besides tickets, with how many of each; alike lines are one.

    What its tickets open (from `tickets_of`) is theirs, whoever paid it and when; what went along with a ticket that
    was passed on is not the giver's any more. One query.
    """
    if not (order.is_basket or tickets):
        return []
    ours = [order.pk, *([order.extends_id] if order.extends_id else [])]
    mine = Q(order=order) & (Q(booked_with=None) | Q(booked_with__order__in=ours))
    if tickets:
        mine |= Q(booked_with__in=tickets, occurrence=None)
    found: dict[tuple[object, ...], list[OrderLine]] = {}
    lines = OrderLine.objects.live().filter(mine, kind__in=_EXTRAS, order__state=Order.State.PAID)
    for line in lines.select_related("day"):
        found.setdefault((line.product_id, line.price_id, line.day_id, line.cents), []).append(line)
    row_cache.hang_on([lines[0] for lines in found.values()])
    return [(lines[0], len(lines)) for lines in found.values()]


def fees_of(order: Order) -> list[tuple[str, int, int, bool]]:
    """Return the fees that an order carries: what, how many, cents of all, whether they go back. One query."""
    found: dict[tuple[str, bool], list[int]] = {}
    for fee in order.lines.live().filter(kind=OrderLine.Kind.FEE, goes_back__isnull=False).order_by("pk"):
        found.setdefault((str(fee.product_name), bool(fee.goes_back)), []).append(fee.cents)
    return [(name, len(cents), sum(cents), goes_back) for (name, goes_back), cents in found.items()]


def are_gifts(extras: Sequence[tuple[OrderLine, int]]) -> bool:
    """Return whether all that an order holds besides tickets are gifts into the pot: nothing is to be fetched."""
    return bool(extras) and all(line.kind == OrderLine.Kind.DONATION for line, _count in extras)


def transfers_of(order: Order) -> tuple[list[Transfer], bool]:
    """Return what was passed on from the order, and whether the order itself came of passing on.

    Oldest first, each ticket with what it lets in to; it is somebody else's now, so its holder and its codes are not
    for the giver.
    """
    both = list(Transfer.objects.filter(Q(giver=order) | Q(receiver=order)).values_list("pk", "giver_id"))
    ids = [pk for pk, giver in both if giver == order.pk]
    shown = Transfer.objects.filter(pk__in=ids).select_related("receiver", "ticket__line")
    given = list(shown.order_by("pk")) if ids else []
    _complete([transfer.ticket for transfer in given], order)
    return given, len(ids) < len(both)


def _complete(tickets: Sequence[Ticket], order: Order) -> None:
    """Hang on the tickets (with their lines) what they show; what the cache of products has is not asked for again."""
    lines = [ticket.line for ticket in tickets]
    row_cache.hang_on(lines)
    for ticket in tickets:
        ticket.edition = order.edition
        if ticket.line.order_id == order.pk:
            ticket.line.order = order
    for column, *related in _RELATED:
        prefetch_related_objects([line for line in lines if getattr(line, column) is not None], *related)
    row_cache.hang_on([line.parent for line in lines if line.parent is not None])


def places_of(order: Order) -> int:
    """Return how many places the order has, or had before it was cancelled."""
    return order.lines.filter(kind=OrderLine.Kind.ADMISSION).count() or order.tickets.count()


def earlier_orders(order: Order) -> list[tuple[str, int]]:
    """Return what this very address had for the same product and day, or session, before: (code, places), oldest first.

    Only what still holds places. A ticket that carries a name counts as the same for the same name alone: one address
    registers a whole family.
    """
    mine = order.lines.live().filter(kind=OrderLine.Kind.ADMISSION)
    wanted = set(mine.values_list("product_id", "day_id", "occurrence_id", "product__named"))
    rows = (
        OrderLine.objects.holding_a_place()
        .filter(order__edition_id=order.edition_id, order__email=order.email, order__lt=order.pk)
        .filter(product__in={product for product, *_ in wanted})
        .order_by("order_id")
        .values_list("product_id", "day_id", "occurrence_id", "product__named", "order__code", "order__name")
    )
    same = (row for row in rows if row[:4] in wanted and (not row[3] or row[5].casefold() == order.name.casefold()))
    return list(Counter(code for *_, code, _name in same).items())


def valid_tickets_of(order: Order) -> int:
    """Return how many tickets of the order open the door, if it is paid."""
    return order.tickets.filter(state=Ticket.State.VALID).count()


def facts_of(order: Order, tickets: Sequence[Ticket], *, now: datetime) -> dict[int, Facts]:
    """Return what decides what may be done with each ticket (from `tickets_of`), by its primary key. Two queries."""
    if not tickets:
        return {}
    used, asked = used_among(tickets), _asked_for(tickets)
    given = paid_by_pot([ticket.line for ticket in tickets])
    return {
        ticket.pk: Facts(
            is_live=ticket.state == Ticket.State.VALID and order.state == ticket.line.order.state == Order.State.PAID,
            is_used=ticket.pk in used,
            is_over=_ends_at(ticket) <= now,
            is_asked_for=ticket.pk in asked,
            is_named=bool(ticket.line.product and ticket.line.product.named),
            is_transferable=bool(ticket.line.product and ticket.line.product.transferable),
            is_refundable=ticket.line.order_id in given or is_refundable(ticket.line, now),
            issue=ticket.issue,
        )
        for ticket in tickets
    }


def refund_rule(line: OrderLine) -> Rule:
    """Return how much goes back of what was sold, and until when. Fetch `product__refund_steps` before.

    Days count backwards from its first day, at midnight of the festival's clock.
    """
    product = sold_as(line)
    if product is None:
        return Rule()
    steps = product.refund_steps.all()
    first = _first_date(line) if any(step.days_before is not None for step in steps) else None
    found = [Step(until, step.percent) for step in steps if (until := _step_ends(step, first))]
    return Rule(tuple(found), product.refund_fee_cents)


def sold_as(line: OrderLine) -> Product | None:
    """Return the product whose rules count for a line: of a part that of its set; None for a fee or a discount."""
    return line.parent.product if line.parent is not None and is_part(line) else line.product


def is_part(line: OrderLine) -> bool:
    """Return whether a line, fetched with its parent, is what a set brings."""
    return bool(line.product_id and line.parent and line.parent.kind == OrderLine.Kind.SET)


def is_refundable(line: OrderLine, now: datetime) -> bool:
    """Return whether something goes back when a line is given back now, or nothing was paid for it."""
    return not line.cents or refunds.is_refundable(line.cents, refund_rule(line), at=now)


def used_among(tickets: Sequence[Ticket]) -> set[int]:
    """Return the primary keys of the tickets that the entrance let in: not for practice, and not taken back since."""
    admitted = Checkin.objects.filter(ticket__in=[ticket.pk for ticket in tickets], verdict=Checkin.Verdict.ADMITTED)
    real = admitted.filter(list__is_practice=False, undone_by=None)
    return set(real.values_list("ticket_id", flat=True))


def _asked_for(tickets: Sequence[Ticket]) -> set[int]:
    """Return the primary keys of the tickets that somebody wants to give back, and the office has not answered yet."""
    if not any(ticket.line.cents for ticket in tickets):
        return set()
    asked = RefundRequest.objects.filter(lines__ticket__in=tickets, state=RefundRequest.State.OPEN)
    return set(asked.values_list("lines__ticket", flat=True))


def _step_ends(step: RefundStep, first: date | None) -> datetime | None:
    """Return the moment that no longer belongs to a step; None when it counts from a day that is not known."""
    if step.until is not None or step.days_before is None or first is None:
        return step.until
    return datetime.combine(first - timedelta(days=step.days_before - 1), time(), clock.zone())


def _first_date(line: OrderLine) -> date | None:
    if line.occurrence is not None:
        return line.occurrence.starts_at.astimezone(clock.zone()).date()
    days = [line.day] if line.day else list(line.product.days.all()) if line.product else []
    return min((day.date for day in days), default=None)


def paid_by_pot(lines: Iterable[OrderLine]) -> set[int]:
    """Return the primary keys of those of the lines' orders that the solidarity pot has paid, and nobody else."""
    orders = {line.order_id for line in lines if line.cents}
    if not orders:
        return set()
    came = Payment.objects.filter(order__in=orders, state=MoneyState.CONFIRMED).order_by()
    ways: dict[int, set[str]] = {}
    for order, way in came.values_list("order", "provider"):
        ways.setdefault(order, set()).add(way)
    return {order for order, names in ways.items() if names == {Provider.POT}}


def without_gifts(lines: Collection[OrderLine]) -> list[OrderLine]:
    """Return the lines that the pot did not pay: what it gave can be given back at any time."""
    given = paid_by_pot(lines)
    return [line for line in lines if line.order_id not in given]


def approval_of(order: Order) -> Approval | None:
    """Return the request for approval of an order, with its file."""
    return Approval.objects.select_related("file").filter(order=order).first()


def is_refused(order: Order) -> bool:
    """Return whether the office has refused the order."""
    return Approval.objects.filter(order=order, is_accepted=False).exists()


def _ends_at(ticket: Ticket) -> datetime:
    """Return when the ticket lets in for the last time; without a day it never ends."""
    line = ticket.line
    if line.occurrence is not None:
        return line.occurrence.ends_at
    days = [line.day] if line.day else list(line.product.days.all()) if line.product else []
    return max((closing_moment(day) for day in days), default=datetime.max.replace(tzinfo=UTC))


def _is_buyers(ticket: Ticket) -> bool:
    guest = ticket.line.guest
    if guest is None:
        return True
    return guest.filled_at is None and not (ticket.line.product and ticket.line.product.named)

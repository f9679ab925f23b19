"""Finding orders."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from festival.models import Edition
from festival.text import collation
from festival.typed.amounts import parse_amount
from program.models import Occurrence
from tickets.catalogue import row_cache
from tickets.catalogue.queries import catalogue
from tickets.delivery import queries as delivery_queries
from tickets.models import MoneyState, Order, OrderLine, Payment, Product, Quota, Refund, Ticket
from tickets.payments.queries import is_selling

KEPT = _("Kept of what was given back")
KEPT_KINDS = (OrderLine.Kind.FEE, OrderLine.Kind.DISCOUNT)  # what may stay of an order that has ended
_SHORTEST_CODE = 3
_PLACES = (OrderLine.Kind.ADMISSION, OrderLine.Kind.ADDON)
_GIVEN_BACK = (*_PLACES, OrderLine.Kind.SET)  # what was given away is not taken back


def order_by_secret(code: str, secret: str) -> Order | None:
    """Return the order if the secret of its address is right; compared in constant time."""
    order = Order.objects.filter(code=code).first()
    expected = order.secret if order else "-" * len(secret)
    if not constant_time_compare(secret, expected) or order is None:
        return None
    order.edition = row_cache.edition(order.edition_id)
    return order


def order_of_form(key: UUID) -> Order | None:
    """Return the order that a form made, by `Wish.key`."""
    return Order.objects.select_related("edition").filter(form_key=key).first()


def network_key(network: str) -> str:
    """Return the 16 characters by which orders of one network are found: keyed, so that it names nobody by itself."""
    return salted_hmac("tickets.order.network", network, algorithm="sha256").hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which orders are meant; what is empty lets everything pass. In `address`, a part of one, `*` is anything."""

    orders: tuple[int, ...] = ()
    network: str = ""
    since: datetime | None = None
    until: datetime | None = None
    address: str = ""
    states: tuple[str, ...] = Order.STATES_HOLDING


def live_orders(edition: Edition | None, wanted: Wanted) -> list[Order]:
    """Return the orders of an edition that hold places and are meant, oldest first."""
    found = Order.objects.filter(edition=edition, state__in=wanted.states).select_related("edition")
    if wanted.orders:
        found = found.filter(pk__in=wanted.orders)
    if wanted.network:
        found = found.filter(network=wanted.network)
    if wanted.since:
        found = found.filter(created_at__gte=wanted.since)
    if wanted.until:
        found = found.filter(created_at__lt=wanted.until)
    if "*" in wanted.address:
        pattern = ".*".join(map(re.escape, re.split(r"\*+", wanted.address)))
        found = found.filter(email__iregex=f"^{pattern}$")
    elif wanted.address:
        found = found.filter(email__icontains=wanted.address)
    return list(found.order_by("created_at", "pk"))


def count_places(orders: Collection[Order]) -> int:
    """Return how many places the orders have together."""
    return OrderLine.objects.live().filter(order__in=orders, kind=OrderLine.Kind.ADMISSION).count()


def due(now: datetime) -> list[Order]:
    """Return the orders whose time to be paid is over, oldest first."""
    waiting = Order.objects.filter(state__in=[Order.State.HELD, Order.State.PENDING], expires_at__lte=now)
    return list(waiting.select_related("edition").order_by("expires_at", "pk"))


def is_bookable(product: Product, occurrence: Occurrence) -> bool:
    """Return whether places of a session that goes on are given through a product: a quota names both."""
    return (
        occurrence.cancelled_at is None
        and occurrence.edition_id == product.edition_id
        and Quota.objects.filter(occurrence=occurrence, products=product).exists()
    )


def lines_to_cancel(order: Order, only: Ticket | None = None) -> list[OrderLine]:
    """Return the live lines that end when an order, or `only` one ticket of it, is given back.

    They are the tickets on its page, whoever paid them, with what was bought for them, and what it holds besides. What
    was passed on is somebody else's, and stays.
    """
    live = OrderLine.objects.live().filter(order__state__in=Order.STATES_HOLDING)
    if only is not None:
        together = _of_its_set(only)
        mine = Q(ticket__in=together, ticket__order=order)
        mine |= Q(parent__ticket__in=together, parent__ticket__order=order) & ~Q(kind=OrderLine.Kind.FEE)
        mine |= Q(booked_with__in=together, booked_with__order=order, kind=OrderLine.Kind.ADDON)
        return _ending(_whole(live.filter(mine)))  # of a ticket that went to somebody else meanwhile, none
    ours = [order.pk, *([order.extends_id] if order.extends_id else [])]
    besides = Q(booked_with=None) | ~Q(kind=OrderLine.Kind.ADDON) | Q(booked_with__order__in=ours)
    mine = (Q(order=order, ticket=None) & besides) | Q(ticket__order=order)
    mine |= Q(booked_with__order=order, kind=OrderLine.Kind.ADDON)
    waits = Q(order__state__in=[Order.State.HELD, Order.State.PENDING])
    return _ending(_whole(live.filter(mine).filter(waits | Q(kind__in=_GIVEN_BACK))))


def lines_with_belongings(order: Order, lines: Collection[int]) -> list[OrderLine]:
    """Return those of the lines (primary keys) of an order that are live, with what was bought for their tickets."""
    chosen = Q(order=order) & (Q(pk__in=lines) | Q(parent__in=lines) & ~Q(kind=OrderLine.Kind.FEE))
    opened = Q(booked_with__line__in=lines) | Q(booked_with__line__parent__in=lines)
    belong = opened & Q(booked_with__line__order=order, kind=OrderLine.Kind.ADDON)
    return _ending(_whole(OrderLine.objects.live().filter(chosen | belong, order__state__in=Order.STATES_HOLDING)))


def kept_fees(lines: Collection[OrderLine]) -> int:
    """Return how many cents of fees stay with the organiser when these lines of paid orders are given back."""
    return sum(fee.cents for fee in _fees_along(lines) if not fee.goes_back)


def bought_for(tickets: QuerySet[Ticket]) -> QuerySet[OrderLine]:
    """Return the live add-ons that the codes of tickets open, paid or still held."""
    addons = OrderLine.objects.live().filter(kind=OrderLine.Kind.ADDON, booked_with__in=tickets)
    return addons.filter(order__state__in=Order.STATES_HOLDING)


def has_money(order: Order, lines: Iterable[OrderLine]) -> bool:
    """Return whether money came for an order, or for those that lines are of."""
    orders = {order.pk, *(line.order_id for line in lines)}
    return Payment.objects.filter(order__in=orders, state=MoneyState.CONFIRMED).exists()


def goes_back(lines: Collection[OrderLine], at: datetime) -> bool:
    """Return whether their holder may give lines back at a moment.

    Something has to go back of each ticket that cost something; where there is none, of any of the lines.
    """
    tickets = [line for line in lines if line.kind == OrderLine.Kind.ADMISSION]
    if tickets:
        return all(delivery_queries.is_refundable(line, at) for line in tickets)
    return any(delivery_queries.is_refundable(line, at) for line in lines)


def needs_approval(lines: Iterable[OrderLine], at: datetime) -> bool:
    """Return whether the office has to agree before something of the lines goes back."""
    asked = (line for line in lines if (sold := delivery_queries.sold_as(line)) and sold.refund_needs_approval)
    return any(line.cents and delivery_queries.is_refundable(line, at) for line in asked)


def found_by(orders: QuerySet[Order], typed: str) -> QuerySet[Order]:
    """Return those of the orders that somebody of the office means who typed this.

    A code with or without blanks, a part of a name or an address, a name on a ticket without its accents, the code of a
    ticket, the reference of a bank, or an amount that was asked for, came, or went back.
    """
    text = typed.strip()
    plain = "".join(text.split()).replace("-", "")
    where = Q(name__icontains=text) | Q(email__icontains=text)
    where |= Q(payments__reference__iexact=text) | Q(refunds__reference__iexact=text)
    if len(plain) >= _SHORTEST_CODE:
        where |= Q(code__istartswith=plain) | Q(tickets__short_code__iexact=plain)
    if words := collation.words_of(text):
        named = Q()
        for word in words:
            named &= Q(tickets__words__contains=f" {word}")
        where |= named
    if (cents := parse_amount(text)) is not None:
        where |= Q(total_cents=cents) | Q(payments__amount_cents=cents) | Q(refunds__amount_cents=cents)
    return orders.filter(pk__in=Order.objects.filter(where).values("pk"))


@dataclass(frozen=True, slots=True)
class Totals:
    """What orders come to together: how many, what they cost, what came for them, what went back; by currency cents."""

    orders: int
    cents: int
    came: int
    went: int


def totals_of(orders: QuerySet[Order]) -> Totals:
    """Return what the orders of a list come to together; what expired or was only held costs nothing."""
    these = orders.order_by().values("pk")
    sold = Order.objects.filter(pk__in=these).exclude(state__in=[Order.State.HELD, Order.State.EXPIRED])
    came = Payment.objects.filter(order__in=these, state=MoneyState.CONFIRMED)
    went = Refund.objects.filter(order__in=these, state__in=Refund.OWED)
    return Totals(
        orders=these.count(),
        cents=sold.aggregate(sum=Sum("total_cents"))["sum"] or 0,
        came=came.aggregate(sum=Sum("amount_cents"))["sum"] or 0,
        went=went.aggregate(sum=Sum("amount_cents"))["sum"] or 0,
    )


def later_orders(order: Order) -> QuerySet[Order]:
    """Return what was bought later for an order and goes on, the oldest first."""
    return order.extensions.filter(state__in=Order.STATES_HOLDING).order_by("pk")


def has_addons(order: Order) -> bool:
    """Return whether something is listed that can be bought for a ticket of an order; no query while warm."""
    if not (order.edition.is_current and is_selling()):
        return False
    return any(one.kind == Product.Kind.ADDON and one.is_sale for one in catalogue())


def has_sessions(order: Order, now: datetime) -> bool:
    """Return whether places in sessions are booked now in the edition of an order; no query while warm."""
    if not order.edition.is_current:
        return False
    return any(one.admission == Product.Admission.OCCURRENCE and one.opens <= now < one.closes for one in catalogue())


def broken_sets(lines: Collection[OrderLine]) -> bool:
    """Return whether a set would be torn that is given back as a whole or not at all."""
    whole = {line.parent_id for line in lines if delivery_queries.is_part(line) and not _may_go_alone(line)}
    ending = {line.pk for line in lines}
    parts = OrderLine.objects.live().filter(parent__in=whole, kind__in=_PLACES)
    return bool(whole) and parts.exclude(pk__in=ending).exists()


def _of_its_set(ticket: Ticket) -> list[int]:
    """Return the primary keys of the tickets that go back with one: those of its set, unless its parts go alone."""
    line = ticket.line
    if not delivery_queries.is_part(line) or _may_go_alone(line):
        return [ticket.pk]
    valid = Ticket.objects.filter(line__parent=line.parent_id, state=Ticket.State.VALID)
    return list(valid.values_list("pk", flat=True))


def _may_go_alone(line: OrderLine) -> bool:
    """Return whether a part of a set is given back without the others, as the organiser says of the set."""
    sold = delivery_queries.sold_as(line)
    return bool(sold and sold.parts_go_back)


def _ending(lines: list[OrderLine]) -> list[OrderLine]:
    """Return lines with what ends along: sets of which nothing stays, and fees. Sets of which something does, stay."""
    sets = {parent for line in lines if (parent := line.parent_id) and delivery_queries.is_part(line)}
    sets |= {line.pk for line in lines if line.kind == OrderLine.Kind.SET}
    if sets:
        parts = OrderLine.objects.live().filter(parent__in=sets, kind__in=_PLACES)
        staying = set(parts.exclude(pk__in=[line.pk for line in lines]).values_list("parent_id", flat=True))
        empty = _whole(OrderLine.objects.live().filter(pk__in=sets - staying))
        lines = sorted([*(one for one in lines if one.pk not in sets), *empty], key=lambda line: line.pk)
    return _with_fees(lines)


def _with_fees(lines: list[OrderLine]) -> list[OrderLine]:
    """Return lines with the fees that end along: those that go back, and of what waits to be paid all."""
    paid = Order.State.PAID
    return [*lines, *(fee for fee in _fees_along(lines) if fee.goes_back or fee.order.state != paid)]


def _fees_along(lines: Collection[OrderLine]) -> list[OrderLine]:
    """Return the fees of lines that are none of them: of each place, and of orders of which nothing else is left."""
    ending = {line.pk for line in lines}
    orders = {line.order_id for line in lines if line.order.total_cents}
    if not orders:
        return []
    fees = OrderLine.objects.live().filter(order__in=orders, kind=OrderLine.Kind.FEE, goes_back__isnull=False)
    found = [fee for fee in _whole(fees) if fee.pk not in ending]
    if all(fee.parent_id is not None for fee in found):
        return [fee for fee in found if fee.parent_id in ending]
    sold = OrderLine.objects.live().filter(order__in=orders, kind__in=_GIVEN_BACK).exclude(pk__in=ending)
    staying = set(sold.values_list("order_id", flat=True))
    return [fee for fee in found if (fee.parent_id in ending if fee.parent_id else fee.order_id not in staying)]


def _whole(lines: QuerySet[OrderLine]) -> list[OrderLine]:
    """Fetch lines with what decides how much goes back."""
    fetched = lines.select_related("order", "product", "day", "occurrence", "ticket", "parent__product")
    steps = ("product__refund_steps", "product__days", "parent__product__refund_steps")
    return list(fetched.prefetch_related(*steps).order_by("pk").distinct())

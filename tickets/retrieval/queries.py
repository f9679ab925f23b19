"""Finding the orders of a mail address."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from festival.models import Day, Edition
from festival.typed.mail_addresses import mail_identity
from program.models import Occurrence
from tickets.models import Order, OrderLine, Ticket

_GOOGLE = r"(gmail|googlemail)\.com"


@dataclass(frozen=True, slots=True)
class FoundLine:
    """So many of one thing for one day or session."""

    name: str
    day: Day | None
    occurrence: Occurrence | None
    count: int


@dataclass(frozen=True, slots=True)
class FoundOrder:
    """An order and what it holds, or held before it ended."""

    order: Order
    lines: tuple[FoundLine, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The orders of an address: those of the current edition, and those of others that are still good.

    What can still be used stands first, and of that the newest.
    """

    edition: Edition
    current: tuple[FoundOrder, ...]
    earlier: tuple[FoundOrder, ...]

    @property
    def orders(self) -> tuple[FoundOrder, ...]:
        """All of them."""
        return self.current + self.earlier


def last_orders(address: str) -> list[Order]:
    """Return the last order of each spelling of the mailbox that has one worth telling, the last used first."""
    wanted = mail_identity(address)
    found: dict[str, Order] = {}
    rows = _told().filter(email__iregex=_pattern(wanted)).select_related("edition")
    for order in rows.order_by("-created_at", "-pk"):
        if mail_identity(order.email) == wanted:
            found.setdefault(order.email.lower(), order)
    return list(found.values())


def orders_of(address: str) -> Found | None:
    """Return the orders of exactly this address, whatever its capitals; None if there is none."""
    rows = _told().filter(email__iexact=address).select_related("edition").prefetch_related(*_SHOWN)
    orders = list(rows.order_by("-created_at", "-pk"))
    if not orders:
        return None
    orders.sort(key=lambda order: order.state not in Order.STATES_HOLDING)
    shown = [FoundOrder(order, tuple(_lines(order))) for order in orders]
    current = tuple(found for found in shown if found.order.edition.is_current)
    edition = (current[0] if current else shown[0]).order.edition
    return Found(edition, current, tuple(found for found in shown if not found.order.edition.is_current))


_SHOWN = (
    Prefetch("lines", OrderLine.objects.select_related("day", "occurrence__session", "ticket")),
    Prefetch("tickets", Ticket.objects.select_related("line__day", "line__occurrence__session")),
)


def _told() -> QuerySet[Order]:
    """All orders of the current edition, however they ended; of others those that are good."""
    return Order.objects.filter(Q(edition__is_current=True) | Q(state=Order.State.PAID))


def _lines(order: Order) -> Iterator[FoundLine]:
    has_ended = order.state not in Order.STATES_HOLDING
    counted: Counter[tuple[str, Day | None, Occurrence | None]] = Counter()
    for line in _of_holder(order):
        if line.kind in {OrderLine.Kind.FEE, OrderLine.Kind.DISCOUNT} or (line.cancelled_at and not has_ended):
            continue
        counted[str(line.product_name), line.day, line.occurrence] += 1
    for (name, day, occurrence), count in counted.items():
        yield FoundLine(name, day, occurrence, count)


def _of_holder(order: Order) -> Iterator[OrderLine]:
    """Yield what the order has: not what was passed on from it, but what was passed on to it."""
    for line in order.lines.all():
        if not hasattr(line, "ticket") or line.ticket.order_id == order.pk:
            yield line
    yield from (ticket.line for ticket in order.tickets.all() if ticket.line.order_id != order.pk)


def _pattern(identity: str) -> str:
    """Return what every spelling of a mailbox fits, and a few others perhaps; read by SQLite and PostgreSQL alike."""
    local, _at, host = identity.rpartition("@")
    if host == "gmail.com":
        return rf"^{r'\.?'.join(map(re.escape, local))}(\+[^@]*)?@{_GOOGLE}$"
    return rf"^{re.escape(local)}(\+[^@]*)?@{re.escape(host)}$"

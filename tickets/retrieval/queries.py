"""Finding the orders of a mail address."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from festival.models import Day, Edition
from festival.typed.mail_addresses import mail_identity
from program.models import Occurrence
from tickets.delivery import links
from tickets.delivery.queries import live_lines
from tickets.models import Guest, Order, OrderLine, Ticket

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
class FoundGuest:
    """What somebody of a group has, who filled in their own with this address; the order is somebody else's."""

    guest: Guest
    lines: tuple[FoundLine, ...]

    @property
    def address(self) -> str:
        """The page of their own."""
        return links.own_address(self.guest)


@dataclass(frozen=True, slots=True)
class Found:
    """The orders of an address: those of the current edition, and those of others that are still good.

    What can still be used stands first, and of that the newest. `guests` are those of groups with this address.
    """

    edition: Edition
    current: tuple[FoundOrder, ...]
    earlier: tuple[FoundOrder, ...]
    guests: tuple[FoundGuest, ...] = ()

    @property
    def orders(self) -> tuple[FoundOrder, ...]:
        """All of them."""
        return self.current + self.earlier


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling of a mailbox that has something: in which language it is told, the order, when it was used."""

    email: str
    language: str
    order: Order
    used_at: datetime


def spellings(address: str) -> list[Spelling]:
    """Return each spelling of the mailbox that has an order worth telling, or is a guest's, the last used first."""
    wanted = mail_identity(address)
    orders = _told().filter(email__iregex=_pattern(wanted)).select_related("edition")
    guests = _guests().filter(email__iregex=_pattern(wanted))
    rows = [Spelling(order.email, order.language, order, order.created_at) for order in orders]
    rows += [Spelling(one.email, one.language, one.order, one.filled_at or one.order.created_at) for one in guests]
    found: dict[str, Spelling] = {}
    for one in sorted(rows, key=lambda one: (one.used_at, one.order.pk), reverse=True):
        if mail_identity(one.email) == wanted:
            found.setdefault(one.email.lower(), one)
    return list(found.values())


def orders_of(address: str) -> Found | None:
    """Return the orders of exactly this address, whatever its capitals, and what it has as a guest; None if nothing."""
    rows = _told().filter(email__iexact=address).select_related("edition").prefetch_related(*_SHOWN)
    orders = list(rows.order_by("-created_at", "-pk"))
    orders.sort(key=lambda order: order.state not in Order.STATES_HOLDING)
    shown = [FoundOrder(order, tuple(_lines(order))) for order in orders]
    current = tuple(found for found in shown if found.order.edition.is_current)
    earlier = tuple(found for found in shown if not found.order.edition.is_current)
    guests = tuple(
        FoundGuest(guest, tuple(_counted(lines)))
        for guest in _guests().filter(email__iexact=address).prefetch_related(_LINES).order_by("-filled_at", "-pk")
        if (lines := live_lines(guest))
    )
    editions = [one.order.edition for one in (current or shown)] + [one.guest.order.edition for one in guests]
    return Found(editions[0], current, earlier, guests) if editions else None


_LINES = Prefetch("lines", OrderLine.objects.select_related("day", "occurrence__session", "ticket"))
_SHOWN = (
    _LINES,
    Prefetch("tickets", Ticket.objects.select_related("line__day", "line__occurrence__session")),
)


def _told() -> QuerySet[Order]:
    """All orders of the current edition, however they ended; of others those that are good."""
    return Order.objects.filter(Q(edition__is_current=True) | Q(state=Order.State.PAID))


def _guests() -> QuerySet[Guest]:
    """Guests who have filled in their own, of orders that are good."""
    filled = Guest.objects.exclude(filled_at=None).filter(order__state=Order.State.PAID)
    return filled.select_related("order__edition")


def _lines(order: Order) -> Iterator[FoundLine]:
    has_ended = order.state not in Order.STATES_HOLDING
    return _counted(line for line in _of_holder(order) if has_ended or line.cancelled_at is None)


def _counted(lines: Iterable[OrderLine]) -> Iterator[FoundLine]:
    counted: Counter[tuple[str, Day | None, Occurrence | None]] = Counter()
    for line in lines:
        if line.kind not in {OrderLine.Kind.FEE, OrderLine.Kind.DISCOUNT}:
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

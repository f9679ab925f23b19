"""What giving something back comes to, and what waits for the office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, Q, QuerySet

from festival.models import AuditEntry
from tickets.delivery import queries as delivery_queries
from tickets.models import MoneyState, Order, OrderLine, Provider, Refund, RefundRequest, Ticket, Transfer
from tickets.orders import queries as order_queries, taking_back


@dataclass(frozen=True, slots=True)
class Quote:
    """What goes back when lines are given back: cents of what they cost, of which `back` are sent to who paid.

    `is_asked_of_office`: the office has to agree.
    """

    lines: Sequence[OrderLine]
    cents: int
    back: int
    is_asked_of_office: bool
    fees_kept: int = 0  # cents of fees that stay, besides

    @property
    def kept(self) -> int:
        """How many cents do not go back."""
        return self.cents - self.back

    @property
    def places(self) -> int:
        """How many tickets go: more than one where a ticket is given back with its set."""
        return sum(line.kind == OrderLine.Kind.ADMISSION for line in self.lines)

    @property
    def extras(self) -> list[OrderLine]:
        """What goes along with the tickets."""
        return [line for line in self.lines if line.kind == OrderLine.Kind.ADDON]


def quote(order: Order, only: Ticket | None, *, now: datetime) -> Quote:
    """Return what giving back an order, or `only` one of its tickets, comes to now.

    Nothing for what was not paid, and to nobody for what the pot gave.
    """
    lines = order_queries.lines_to_cancel(order, only)
    paid = delivery_queries.without_gifts(lines)
    if not any(line.cents for line in paid) or not order_queries.has_money(order, paid):
        return Quote(lines, 0, 0, is_asked_of_office=False)
    backs = taking_back.by_rule(paid, now)
    asked = order_queries.needs_approval(paid, now)
    cents = sum(line.cents for line in paid if line.order.state == Order.State.PAID)
    kept = order_queries.kept_fees(paid)
    return Quote(lines, cents, sum(backs.values()), is_asked_of_office=asked, fees_kept=kept)


def answer_now(request: RefundRequest) -> int:
    """Return how many cents go back if a request is accepted now: by the rules of the moment of asking."""
    lines = order_queries.lines_to_cancel(request.order, request.ticket)
    return sum(taking_back.by_rule(lines, request.asked_at).values())


def open_requests(edition_id: int | None) -> QuerySet[RefundRequest]:
    """Return the requests of an edition that wait for an answer, the oldest first."""
    waiting = RefundRequest.objects.filter(state=RefundRequest.State.OPEN, order__edition=edition_id)
    return waiting.select_related("order__edition", "ticket").order_by("asked_at", "pk")


def to_send(edition_id: int | None) -> QuerySet[Refund]:
    """Return the refunds of an edition that somebody of the office has to send, the oldest first."""
    unsent = Refund.objects.filter(
        state__in=[MoneyState.CREATED, MoneyState.PENDING], order__edition=edition_id
    ).exclude(provider=Provider.STRIPE)
    return unsent.select_related("order").order_by("created_at", "pk")


def under_way(edition_id: int | None) -> QuerySet[Refund]:
    """Return the refunds of an edition that a service is sending."""
    sent = Refund.objects.filter(state__in=[MoneyState.CREATED, MoneyState.PENDING], order__edition=edition_id)
    return sent.filter(provider=Provider.STRIPE).select_related("order").order_by("created_at", "pk")


def unclear(edition_id: int | None) -> QuerySet[Refund]:
    """Return the refunds that were made at a service, and of which nobody has said what for."""
    made = Refund.objects.filter(Q(reason=Refund.Reason.OUTSIDE, clarified_at=None), order__edition=edition_id)
    return made.select_related("order").order_by("created_at", "pk")


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to an order: an entry of the audit log, or what somebody noted."""

    at: datetime
    by: str
    entry: AuditEntry | None = None
    note: str = ""


def timeline(order: Order) -> list[Happened]:
    """Return what happened to an order, its tickets and its money, with the notes about it; the last first."""
    subjects: list[Model] = [
        order,
        *order.payments.all(),
        *order.refunds.all(),
        *order.refund_requests.all(),
        *Ticket.objects.filter(Q(order=order) | Q(line__order=order)),
        *Transfer.objects.filter(giver=order),
    ]
    numbers: dict[str, list[str]] = {}
    for row in subjects:
        numbers.setdefault(row._meta.label, []).append(str(row.pk))
    which = Q(pk__in=[])
    for kind, pks in numbers.items():
        which |= Q(subject_type__iexact=kind, subject_id__in=pks)
    entries = AuditEntry.objects.filter(which).exclude(verb="order.noted").order_by("pk")  # the notes say it
    found = [Happened(one.at, one.actor_name or one.actor, entry=one) for one in entries]
    found += [Happened(one.at, one.by, note=one.text) for one in order.notes.all()]
    return sorted(found, key=lambda one: (one.at, one.entry is None), reverse=True)

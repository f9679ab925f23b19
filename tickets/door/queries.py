"""What the door reads. One scan is judged with two queries, and a third once a minute for the public key."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import Exists, FilteredRelation, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from festival.models import Edition
from festival.time import clock
from tickets.door.verdicts import Direction, Facts
from tickets.models import Checkin, CheckinList, Device, Gate, OrderLine, Product, SigningKey, Ticket

KEY_SECONDS = 60  # a withdrawn key or right is noticed at the door within this time


@dataclass(frozen=True, slots=True)
class TicketAtDoor:
    """A ticket seen from one list. `first_day` and `last_day` say when it is valid; None when it has no day at all.

    `admission` is the scan by which its visitor is counted, `entries` and `exits` how often it went in and out.
    """

    ticket: Ticket
    admission: Checkin | None
    entries: int
    exits: int
    is_listed: bool
    is_for_day: bool
    first_day: date | None
    last_day: date | None

    @property
    def product(self) -> Product:
        """What was sold."""
        product = self.ticket.line.product
        if product is None:
            raise ValueError(f"ticket {self.ticket.pk} comes of a line without a product")
        return product

    def facts(self) -> Facts:
        """Return what the rule needs to know."""
        order = self.ticket.line.order
        ended = {order.State.CANCELLED, order.State.EXPIRED}
        return Facts(
            edition=self.ticket.edition.number,
            issue=self.ticket.issue,
            is_cancelled=self.ticket.state == Ticket.State.CANCELLED or order.state in ended,
            is_paid=order.state == order.State.PAID,
            is_listed=self.is_listed,
            is_for_day=self.is_for_day,
            entries=self.entries,
            exits=self.exits,
        )


def device_at_door(device_id: UUID) -> Device | None:
    """Return the phone with its gate, list and edition."""
    return Device.objects.select_related("gate", "list__edition", "list__day").filter(pk=device_id).first()


def find_ticket(checkin_list: CheckinList, **lookup: str | int) -> TicketAtDoor | None:
    """Return the ticket that `lookup` (`number=`, `short_code=` or `pk=`) names, as the list sees it, in one query.

    Numbers are those of the list's edition; a short code may be of any.
    """
    if "number" in lookup:
        lookup["edition"] = checkin_list.edition_id
    on_list = CheckinList.products.through.objects.filter(
        checkinlist_id=checkin_list.pk, product_id=OuterRef("line__product_id")
    )
    days = Product.days.through.objects.filter(product_id=OuterRef("line__product_id")).order_by().values("product_id")
    tickets: QuerySet[Any] = Ticket.objects.filter(**lookup).annotate(
        is_listed=Exists(on_list),
        is_for_day=Exists(days.filter(day_id=checkin_list.day_id)),
        first_day=Subquery(days.annotate(found=Min("day__date")).values("found")),
        last_day=Subquery(days.annotate(found=Max("day__date")).values("found")),
        entries=_passages(checkin_list, Direction.IN),
        exits=_passages(checkin_list, Direction.OUT),
        admission=FilteredRelation("checkins", condition=Q(checkins__list=checkin_list, checkins__counts=True)),
    )
    related = ("edition", "line__order", "line__product__section", "line__price", "line__day", "line__occurrence")
    row = tickets.select_related(*related, "admission__gate").first()
    return _at_door(row, checkin_list) if row is not None else None


def _passages(checkin_list: CheckinList, direction: Direction) -> Coalesce:
    rows = Checkin.objects.filter(list=checkin_list, ticket=OuterRef("pk"), direction=direction).order_by()
    last = rows.values("ticket").annotate(last=Max("passage")).values("last")
    return Coalesce(Subquery(last), 0)


def _at_door(row: Any, checkin_list: CheckinList) -> TicketAtDoor:
    """See a ticket from a list: one for a day or a session is for that day only, whatever its product allows."""
    first, last, is_for_day = row.first_day, row.last_day, row.is_for_day
    if only := _only_day(row.line, checkin_list.edition):
        first = last = only
        is_for_day = checkin_list.day is not None and checkin_list.day.date == only
    return TicketAtDoor(
        ticket=row,
        admission=getattr(row, "admission", None),
        entries=row.entries,
        exits=row.exits,
        is_listed=row.is_listed,
        is_for_day=is_for_day or checkin_list.day_id is None,
        first_day=first,
        last_day=last,
    )


def _only_day(line: OrderLine, edition: Edition) -> date | None:
    if line.occurrence is not None:
        return today(edition, now=line.occurrence.starts_at)
    return line.day.date if line.day is not None else None


def last_entry(scan: Checkin) -> Checkin | None:
    """Return the admission on the list and with the ticket of `scan` that came last."""
    entries = Checkin.objects.filter(list=scan.list_id, ticket=scan.ticket_id, verdict=Checkin.Verdict.ADMITTED)
    return entries.select_related("gate").order_by("-passage").first()


def public_key(edition_id: int, kid: int) -> tuple[bytes, bool] | None:
    """Return the raw public key `kid` of an edition and whether it was withdrawn; remembered for a minute."""
    name = f"door-key:{edition_id}:{kid}"
    found: tuple[bytes, bool] | None = cache.get(name)
    if found is None:
        row = SigningKey.objects.filter(edition_id=edition_id, kid=kid).values_list("public", "revoked_at").first()
        if row is None:
            return None
        found = bytes(row[0]), row[1] is not None
        cache.set(name, found, KEY_SECONDS)
    return found


def today(edition: Edition, *, now: datetime) -> date:
    """Return the festival day that the aware moment `now` belongs to."""
    return clock.festival_day_of(now, edition.day_starts_at)


def lists_today_first(edition: Edition, *, today: date) -> list[CheckinList]:
    """Return the edition's lists: those of today and of the whole week, those to come, those that are over."""
    lists = CheckinList.objects.filter(edition=edition).select_related("day").prefetch_related("day__hours__section")
    dated = [(row.day.date if row.day else today, row) for row in lists]
    return [row for _date, row in sorted(dated, key=lambda pair: (pair[0] < today, pair[0], pair[1].pk))]


def gates(edition: Edition) -> QuerySet[Gate]:
    """Return the edition's gates."""
    return Gate.objects.filter(edition=edition)


def admitted_count(list_id: int) -> int:
    """Return how many visitors were admitted on a list; who comes in again is counted once."""
    return Checkin.objects.filter(list_id=list_id, counts=True).count()

"""What the door reads. One scan is judged with two queries, and a third once a minute for the public key."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Exists, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from festival.models import Edition
from festival.time import clock
from tickets.door.verdicts import Facts, Standing
from tickets.models import Checkin, CheckinList, Device, Gate, Order, OrderLine, Product, SigningKey, Ticket

KEY_SECONDS = 60  # a withdrawn key or right is noticed at the door within this time
_ORDER = ("edition", "order", "line__order", "line__product__section", "line__price", "line__day", "line__occurrence")


@dataclass(frozen=True, slots=True)
class Admission:
    """The scan that let a ticket in last: when, at which gate (may be empty), with which phone."""

    at: datetime
    gate: str
    device_id: UUID
    device_name: str


@dataclass(frozen=True, slots=True)
class TicketAtDoor:
    """A ticket seen from one list at one moment. `first_day` and `last_day` say when it is valid; None without a day.

    `admission` is the last that still holds. `other_list` (id and name) would let its product in today.
    """

    ticket: Ticket
    standing: Standing
    admission: Admission | None
    is_listed: bool
    is_valid_today: bool
    is_list_today: bool
    first_day: date | None
    last_day: date | None
    other_list: tuple[int, str] | None

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
            is_valid_today=self.is_valid_today,
            is_list_today=self.is_list_today,
            standing=self.standing,
        )


def device_at_door(device_id: UUID) -> Device | None:
    """Return the phone with its gate, list and edition."""
    return Device.objects.select_related("gate", "list__edition", "list__day").filter(pk=device_id).first()


def list_beside(checkin_list: CheckinList, pk: int) -> CheckinList | None:
    """Return the list `pk` if it is of the same edition as `checkin_list`, with edition and day."""
    beside = CheckinList.objects.select_related("edition", "day").filter(edition=checkin_list.edition_id, pk=pk)
    return beside.first()


def find_tickets(checkin_list: CheckinList, where: Q, *, now: datetime, limit: int = 2) -> list[TicketAtDoor]:
    """Return the first tickets that `where` names, as the list sees them at `now`, in one query.

    A practice list lets train for its day on any other.
    """
    day = today(checkin_list.edition, now=now)
    judged = (checkin_list.day.date if checkin_list.day else None) if checkin_list.is_practice else day
    on_list = Product.objects.filter(_let_in_by(checkin_list), pk=OuterRef("line__product_id"))
    days = Product.days.through.objects.filter(product_id=OuterRef("line__product_id")).order_by().values("product_id")
    mine = Q(occurrence=None) | Q(occurrence=OuterRef("line__occurrence_id"))
    lets_in = Q(products=OuterRef("line__product_id")) | Q(zone__products=OuterRef("line__product_id"))
    others = _lists_of(checkin_list.edition, day).filter(mine, lets_in)
    other = others.exclude(pk=checkin_list.pk)
    tickets: QuerySet[Any] = Ticket.objects.filter(where).annotate(
        is_listed=Exists(on_list),
        has_day=Exists(days.filter(day__date=judged, day__edition=checkin_list.edition_id)),
        first_day=Subquery(days.annotate(found=Min("day__date")).values("found")),
        last_day=Subquery(days.annotate(found=Max("day__date")).values("found")),
        other_list=Subquery(other.values("pk")[:1]),
        other_name=Subquery(other.values("name")[:1]),
        **_extras(checkin_list, judged),
        **_standing(checkin_list),
    )
    rows = tickets.select_related(*_ORDER).order_by("pk")[:limit]
    return [_at_door(row, checkin_list, judged=judged, day=day) for row in rows]


def find_ticket(checkin_list: CheckinList, *, now: datetime, **lookup: Any) -> TicketAtDoor | None:
    """Return the ticket that `lookup` (`number=`, `short_code=` or `pk=`) names, as the list sees it at `now`.

    Numbers are those of the list's edition; a short code may be of any.
    """
    if "number" in lookup:
        lookup["edition"] = checkin_list.edition_id
    return next(iter(find_tickets(checkin_list, Q(**lookup), now=now, limit=1)), None)


def if_unchanged(ticket: Ticket) -> RawSQL:
    """Return what writes the ticket's primary key, or null when it was cancelled or made anew meanwhile.

    On PostgreSQL the statement waits for whoever changes the ticket, and whoever wants to change it waits for its end;
    on SQLite one writes at a time.
    """
    table, held = Ticket._meta.db_table, " FOR SHARE" if connection.vendor == "postgresql" else ""
    look = f'SELECT id FROM "{table}" WHERE id = %s AND state = %s AND issue = %s{held}'  # noqa: S608 -- our own table
    return RawSQL(look, (ticket.pk, Ticket.State.VALID.value, ticket.issue))  # noqa: S611 -- nothing typed is in it


def _lists_of(edition: Edition, day: date) -> QuerySet[CheckinList]:
    """Return the lists that may be used on a day: its own first, then those of the whole week."""
    usable = CheckinList.objects.filter(edition=edition, is_practice=False)
    return usable.filter(Q(day__date=day) | Q(day=None)).order_by(Coalesce("day_id", 0).desc(), "pk")


def _let_in_by(checkin_list: CheckinList, product: str = "") -> Q:
    """Return what products the list lets in: its own, and those that open its zone; `product` is the way to them."""
    own = Q(**{f"{product}checkin_lists": checkin_list.pk})
    return own if checkin_list.zone_id is None else own | Q(**{f"{product}zones": checkin_list.zone_id})


def _extras(checkin_list: CheckinList, judged: date | None) -> dict[str, Any]:
    """Return what finds whether something that was bought for a ticket opens the list, and whether on that day."""
    bought = OrderLine.objects.live().filter(
        _let_in_by(checkin_list, "product__"),
        kind=OrderLine.Kind.ADDON,
        booked_with=OuterRef("pk"),
        order__state=Order.State.PAID,
    )
    whole = Q(day=None) & (Q(product__days=None) | Q(product__days__date=judged))
    on_day = bought.filter(Q(day__date=judged) | whole) if judged else bought
    return {
        "has_extra": Exists(bought),
        "has_extra_today": Exists(on_day),
        "extra_day": Subquery(bought.order_by("day__date").values("day__date")[:1]),
    }


def _standing(checkin_list: CheckinList) -> dict[str, Any]:
    """Return what finds where a ticket stands, and the last admission that was not taken back."""
    moves = Checkin.objects.filter(list=checkin_list, ticket=OuterRef("pk"), step__isnull=False).order_by()
    sums = moves.values("ticket")
    admissions = moves.filter(verdict=Checkin.Verdict.ADMITTED, undone_by=None).order_by("-step")

    def total(expression: Any) -> Coalesce:
        found = Subquery(sums.annotate(found=expression).values("found"), output_field=IntegerField())
        return Coalesce(found, 0)

    return {
        "steps": total(Max("step")),
        "counted": total(Sum("counts")),
        "inside": total(Sum("inside")),
        "in_at": Subquery(admissions.values("at")[:1]),
        "in_gate": Subquery(admissions.values("gate__name")[:1]),
        "in_device": Subquery(admissions.values("device_id")[:1]),
        "in_device_name": Subquery(admissions.values("device_name")[:1]),
    }


def _at_door(row: Any, checkin_list: CheckinList, *, judged: date | None, day: date) -> TicketAtDoor:
    """See a ticket from a list: one for a day or a session is for that day only, whatever its product allows.

    What has no day at all is valid on every one; `judged` is None where every day is right.
    """
    first, last, is_valid = row.first_day, row.last_day, row.has_day or row.first_day is None
    if only := _only_day(row.line, checkin_list.edition):
        first = last = only
        is_valid = only == judged
    is_extra = row.has_extra and not (row.is_listed and is_valid)
    if is_extra:
        first, last, is_valid = row.extra_day or first, row.extra_day or last, row.has_extra_today
    is_list_today = checkin_list.is_practice or checkin_list.day is None or checkin_list.day.date == day
    admission = None
    if row.in_at is not None:
        admission = Admission(row.in_at, str(row.in_gate or ""), row.in_device, row.in_device_name)
    return TicketAtDoor(
        ticket=row,
        standing=Standing(row.steps, bool(row.counted), bool(row.inside)),
        admission=admission,
        is_listed=(row.is_listed or is_extra) and checkin_list.occurrence_id in {None, row.line.occurrence_id},
        is_valid_today=is_valid or judged is None,
        is_list_today=is_list_today,
        first_day=first,
        last_day=last,
        other_list=(row.other_list, str(row.other_name)) if row.other_list else None,
    )


def _only_day(line: OrderLine, edition: Edition) -> date | None:
    if line.occurrence is not None:
        return today(edition, now=line.occurrence.starts_at)
    return line.day.date if line.day is not None else None


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


def keys_of_number(number: int, kid: int) -> list[bytes]:
    """Return the raw public keys `kid` of the edition with this number; there is one, or none."""
    keys = SigningKey.objects.filter(edition__number=number, kid=kid).values_list("public", flat=True)
    return [bytes(key) for key in keys]


def today(edition: Edition, *, now: datetime) -> date:
    """Return the festival day that the aware moment `now` belongs to."""
    return clock.festival_day_of(now, edition.day_starts_at)


def lists_today_first(edition: Edition, *, today: date) -> list[CheckinList]:
    """Return the edition's lists: of today and of the whole week, those to come, those that are over, for practice."""
    lists = CheckinList.objects.filter(edition=edition).select_related("day").prefetch_related("day__hours__section")
    dated = [(row.is_practice, row.day.date if row.day else today, row) for row in lists]
    return [row for *_order, row in sorted(dated, key=lambda each: (each[0], each[1] < today, each[1], each[2].pk))]


def list_for_today(phone_list: CheckinList, *, now: datetime) -> CheckinList | None:
    """Return the list of the day of `now` that lets in most of what the phone's own list does; None when none does."""
    products = CheckinList.products.through.objects.filter(checkinlist_id=phone_list.pk).values("product_id")
    alike = Count("products", filter=Q(products__in=products), distinct=True)
    day = today(phone_list.edition, now=now)
    of_a_day = _lists_of(phone_list.edition, day).filter(occurrence=None).exclude(pk=phone_list.pk)
    lists = of_a_day.annotate(alike=alike).filter(alike__gt=0)
    return lists.order_by("-alike", Coalesce("day_id", 0).desc(), "pk").first()


def gates(edition: Edition) -> QuerySet[Gate]:
    """Return the edition's gates."""
    return Gate.objects.filter(edition=edition)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many visitors a list has let in, each counted once however often they come in, and how many are inside."""

    admitted: int
    inside: int


def counts(list_id: int) -> Counts:
    """Return the two numbers of a list."""
    moves = Checkin.objects.filter(list_id=list_id, step__isnull=False)
    sums = moves.aggregate(admitted=Coalesce(Sum("counts"), 0), inside=Coalesce(Sum("inside"), 0))
    return Counts(**sums)


def last_move(device_id: UUID, *, since: datetime) -> Checkin | None:
    """Return what this phone let in or out last, from `since` on; None when that was taken back."""
    moves = Checkin.objects.filter(device_id=device_id, step__isnull=False, at__gte=since).select_related(
        "ticket", "undone_by"
    )
    last = moves.exclude(verdict=Checkin.Verdict.UNDONE).order_by("-at", "-step").first()
    return None if last is None or hasattr(last, "undone_by") else last

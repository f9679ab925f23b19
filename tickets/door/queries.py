"""What the door reads. One scan is judged with two queries, and a third once a minute for the public key."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import Exists, FilteredRelation, Max, Min, OuterRef, Q, QuerySet, Subquery

from festival.models import Edition
from festival.time import clock
from festival.time.days import festival_day
from tickets.door.verdicts import Facts
from tickets.models import Checkin, CheckinList, Device, Gate, Position, Product, SigningKey

KEY_SECONDS = 60  # a withdrawn key or right is noticed at the door within this time


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket seen from one list. `first_day` and `last_day` say when it is valid; None when it has no day at all."""

    position: Position
    admission: Checkin | None
    is_listed: bool
    is_for_day: bool
    first_day: date | None
    last_day: date | None

    def facts(self) -> Facts:
        """Return what the rule needs to know."""
        order = self.position.order
        return Facts(
            edition=order.edition.number,
            issue=self.position.issue,
            is_cancelled=self.position.cancelled_at is not None or order.state in {"cancelled", "expired"},
            is_paid=order.state == order.State.PAID,
            is_listed=self.is_listed,
            is_for_day=self.is_for_day,
            is_inside=self.admission is not None,
        )


def device_at_door(device_id: UUID) -> Device | None:
    """Return the phone with its gate, list and edition."""
    return _devices().filter(pk=device_id).first()


def device_and_scan(device_id: UUID, scan_id: UUID) -> tuple[Device | None, Checkin | None]:
    """Return the phone as above, and the scan `scan_id` if this phone has sent it before, in one query."""
    scan = FilteredRelation("checkins", condition=Q(checkins__pk=scan_id))
    devices: QuerySet[Any] = _devices().filter(pk=device_id).annotate(same_scan=scan)
    device = devices.select_related("same_scan").first()
    return device, getattr(device, "same_scan", None)


def _devices() -> QuerySet[Device]:
    return Device.objects.select_related("gate", "list__edition", "list__day")


def find_ticket(checkin_list: CheckinList, **lookup: str | int) -> Ticket | None:
    """Return the ticket that `lookup` (`ticket=`, `short_code=` or `pk=`) names, as the list sees it, in one query."""
    on_list = CheckinList.products.through.objects.filter(
        checkinlist_id=checkin_list.pk, product_id=OuterRef("product_id")
    )
    days = Product.days.through.objects.filter(product_id=OuterRef("product_id")).order_by().values("product_id")
    admission = Q(checkins__list=checkin_list, checkins__verdict=Checkin.Verdict.ADMITTED)
    positions: QuerySet[Any] = Position.objects.filter(**lookup).annotate(
        is_listed=Exists(on_list),
        is_for_day=Exists(days.filter(day_id=checkin_list.day_id)),
        first_day=Subquery(days.annotate(found=Min("day__date")).values("found")),
        last_day=Subquery(days.annotate(found=Max("day__date")).values("found")),
        admission=FilteredRelation("checkins", condition=admission),
    )
    related = ("order__edition", "product__section", "price", "day", "admission__gate", "admission__device")
    row = positions.select_related(*related).first()
    if row is None:
        return None
    admitted = getattr(row, "admission", None)
    if row.day is not None:  # a ticket with a day is for that day only, whatever its product allows
        return Ticket(row, admitted, row.is_listed, row.day_id == checkin_list.day_id, row.day.date, row.day.date)
    return Ticket(row, admitted, row.is_listed, row.is_for_day, row.first_day, row.last_day)


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
    return festival_day(now.astimezone(clock.zone()), edition.day_starts_at)


def lists_today_first(edition: Edition, *, today: date) -> list[CheckinList]:
    """Return the edition's lists: today's, then those to come, then those that are over."""
    lists = CheckinList.objects.filter(edition=edition).select_related("day").prefetch_related("day__hours__section")
    return sorted(lists, key=lambda row: (row.day.date < today, row.day.date, row.pk))


def gates(edition: Edition) -> QuerySet[Gate]:
    """Return the edition's gates."""
    return Gate.objects.filter(edition=edition)


def admitted_count(list_id: int) -> int:
    """Return how many were admitted on a list."""
    return Checkin.objects.filter(list_id=list_id, verdict=Checkin.Verdict.ADMITTED).count()

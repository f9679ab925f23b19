"""What the door reads. One scan is judged with two queries, and a third once a minute for the public key."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.db.models import Exists, FilteredRelation, Max, Min, OuterRef, Q, QuerySet, Subquery

from festival.models import Edition
from tickets.models import Checkin, CheckinList, Device, Gate, Position, Product, SigningKey
from tickets.verdicts import Facts, event_day

KEY_SECONDS = 60  # a withdrawn key or right is noticed at the door within this time


def device_at_door(device_id: UUID, *, scan_id: UUID | None = None) -> Device | None:
    """Return the phone with its gate, list and edition.

    Its attribute `same_scan` is the scan `scan_id` if this phone has sent it before, else None.
    """
    return (
        Device.objects.filter(pk=device_id)
        .annotate(same_scan=FilteredRelation("checkins", condition=Q(checkins__pk=scan_id)))
        .select_related("gate", "list__edition", "list__day__section", "same_scan")
        .first()
    )


def find_ticket(checkin_list: CheckinList, **lookup: str | int) -> Position | None:
    """Return the ticket that `lookup` (`ticket=`, `short_code=` or `pk=`) names, with what `facts` needs to see it from a list."""
    on_list = CheckinList.products.through.objects.filter(
        checkinlist_id=checkin_list.pk, product_id=OuterRef("product_id")
    )
    days = Product.days.through.objects.filter(product_id=OuterRef("product_id")).order_by().values("product_id")
    admission = Q(checkins__list=checkin_list, checkins__verdict=Checkin.Verdict.ADMITTED)
    return (
        Position.objects.filter(**lookup)
        .annotate(
            is_listed=Exists(on_list),
            is_for_any_day=Exists(days.filter(day_id=checkin_list.day_id)),
            first_day=Subquery(days.annotate(found=Min("day__date")).values("found")),
            last_day=Subquery(days.annotate(found=Max("day__date")).values("found")),
            admission=FilteredRelation("checkins", condition=admission),
        )
        .select_related("order__edition", "product__section", "price", "day", "admission__gate", "admission__device")
        .first()
    )


def facts(position: Position, checkin_list: CheckinList) -> Facts:
    """Return what the rule needs to know of a ticket that `find_ticket` found. A ticket with a day is for that day only."""
    is_for_day = position.day_id == checkin_list.day_id if position.day_id else position.is_for_any_day  # type: ignore[attr-defined]
    order = position.order
    return Facts(
        edition=order.edition.number,
        issue=position.issue,
        is_cancelled=position.cancelled_at is not None or order.state in {order.State.CANCELLED, order.State.EXPIRED},
        is_paid=order.state == order.State.PAID,
        is_listed=position.is_listed,  # type: ignore[attr-defined]
        is_for_day=is_for_day,
        is_inside=position.admission is not None,  # type: ignore[attr-defined]
    )


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
    return event_day(now.astimezone(ZoneInfo(settings.TIME_ZONE)), starts_at=edition.day_starts_at)


def lists_today_first(edition: Edition, *, now: datetime) -> list[CheckinList]:
    """Return the edition's lists: today's, then those to come, then those that are over."""
    current = today(edition, now=now)
    lists = CheckinList.objects.filter(edition=edition).select_related("day__section")
    return sorted(lists, key=lambda row: (row.day.date < current, row.day.date, row.pk))


def gates(edition: Edition) -> QuerySet[Gate]:
    """Return the edition's gates."""
    return Gate.objects.filter(edition=edition)


def admitted_count(list_id: int) -> int:
    """Return how many were admitted on a list."""
    return Checkin.objects.filter(list_id=list_id, verdict=Checkin.Verdict.ADMITTED).count()


def latest_scans(device_id: UUID, list_id: int, *, limit: int = 5) -> Sequence[Checkin]:
    """Return the last scans of a phone on a list, newest first."""
    scans = Checkin.objects.filter(device_id=device_id, list_id=list_id).select_related("position__product")
    return scans.order_by("-received_at")[:limit]

"""The calendar file of an order: one entry per day, with the opening hours (RFC 5545)."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from festival.models import Day, closing_moment, hours_of
from festival.time import clock
from tickets.models import Order, Position, Product


def order_calendar(order: Order, positions: Sequence[Position]) -> bytes:
    """Return the iCalendar file of the order's valid tickets; the same bytes as long as the order stays the same.

    The UID is made of order, product and day, so that opening the file again changes the entry instead of doubling it.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Kermesse//Tickets//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    with override(order.language):
        visits = _visits(positions)
        for product, day in visits:
            calendar.add_component(_event(order, product, day))
    if visits:
        year = visits[0][1].date.year  # the changes of that year are enough; all of them would be 2 KB
        calendar.add_missing_timezones(date(year, 1, 1), date(year + 1, 1, 1))
    return calendar.to_ical()


def _visits(positions: Sequence[Position]) -> list[tuple[Product, Day]]:
    visits: dict[tuple[int, int], tuple[Product, Day]] = {}
    for position in positions:
        if position.cancelled_at is None:
            for day in [position.day] if position.day else position.product.days.all():
                visits.setdefault((position.product_id, day.pk), (position.product, day))
    return sorted(visits.values(), key=lambda visit: (visit[1].date, visit[0].pk))


def _event(order: Order, product: Product, day: Day) -> icalendar.Event:
    zone = clock.zone()
    event = icalendar.Event()
    event.add("uid", f"{order.code}-{product.slug}-{day.date:%Y%m%d}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", order.created_at.astimezone(ZoneInfo("UTC")))
    opens, closes = hours_of(day, product.section) or (datetime.combine(day.date, time(), zone), closing_moment(day))
    event.add("dtstart", opens)
    event.add("dtend", closes)
    event.add("summary", f"{product.section.name} · {order.edition.name}")
    event.add("location", product.place or order.edition.city)
    description = _("Show the QR code of your ticket at the entrance. Order %(code)s.")
    event.add("description", description % {"code": order.code})
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    event.add("categories", [str(product.section.name)])
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", product.name)
    alarm.add("trigger", timedelta(hours=-2))
    event.add_component(alarm)
    return event

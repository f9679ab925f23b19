"""The calendar file of an order: one entry per day, with the opening hours, and per session (RFC 5545)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.utils.translation import gettext as _, override

from festival.models import closing_moment, hours_of
from festival.time import clock
from festival.typed import cleaning
from tickets.models import Order, Product, Ticket


@dataclass(frozen=True, slots=True)
class _Visit:
    """One entry: `key` stays the same whatever moves."""

    key: str
    product: Product
    start: datetime
    end: datetime
    title: str


def order_calendar(order: Order, tickets: Sequence[Ticket]) -> bytes:
    """Return the iCalendar file of the order's valid tickets; the same bytes as long as the order stays the same.

    The UID is made of order, product and day or session, so that opening the file again changes the entry instead of
    doubling it.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Kermesse//Tickets//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    with override(order.language):
        visits = _visits(tickets)
        for visit in visits:
            calendar.add_component(_event(order, visit))
    if visits:
        year = visits[0].start.year  # the changes of that year are enough; all of them would be 2 KB
        calendar.add_missing_timezones(date(year, 1, 1), date(year + 1, 1, 1))
    return cleaning.writable(calendar.to_ical().decode()).encode()


def _visits(tickets: Sequence[Ticket]) -> list[_Visit]:
    visits: dict[str, _Visit] = {}
    for ticket in tickets:
        if ticket.state == Ticket.State.VALID and (product := ticket.line.product):
            for visit in _visits_of(ticket, product):
                visits.setdefault(visit.key, visit)
    return sorted(visits.values(), key=lambda visit: (visit.start, visit.key))


def _visits_of(ticket: Ticket, product: Product) -> Iterator[_Visit]:
    line = ticket.line
    if occurrence := line.occurrence:
        key = f"{product.slug}-{occurrence.uuid}"
        yield _Visit(key, product, occurrence.starts_at, occurrence.ends_at, str(occurrence.session.title))
        return
    for day in [line.day] if line.day else product.days.all():
        whole_day = datetime.combine(day.date, time(), clock.zone()), closing_moment(day)
        start, end = hours_of(day, product.section) or whole_day
        yield _Visit(f"{product.slug}-{day.date:%Y%m%d}", product, start, end, str(product.section.name))


def _event(order: Order, visit: _Visit) -> icalendar.Event:
    product, zone = visit.product, clock.zone()
    event = icalendar.Event()
    event.add("uid", f"{order.code}-{visit.key}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", order.created_at.astimezone(ZoneInfo("UTC")))
    event.add("dtstart", visit.start.astimezone(zone))
    event.add("dtend", visit.end.astimezone(zone))
    event.add("summary", f"{visit.title} · {order.edition.name}")
    event.add("location", str(product.place) or order.edition.city)
    description = _("Show the QR code of your ticket at the entrance. Order %(code)s.")
    event.add("description", description % {"code": order.code})
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    event.add("categories", [str(product.section.name)])
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", str(product.name))
    alarm.add("trigger", timedelta(hours=-2))
    event.add_component(alarm)
    return event

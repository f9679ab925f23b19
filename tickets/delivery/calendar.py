"""The calendar file of an order: one entry per day, with the opening hours, and per session (RFC 5545, 5546)."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _, override

from festival.calendars import files
from festival.calendars.files import CalendarEvent
from festival.time import clock
from program.published.addresses import programme_path
from tickets.delivery import queries, visits
from tickets.delivery.visits import Entry
from tickets.models import Guest, Order, Ticket


def order_calendar(order: Order, tickets: Sequence[Ticket], *, now: datetime, guest: Guest | None = None) -> bytes:
    """Return the iCalendar file of the order's tickets; the same bytes as long as nothing of it changes.

    The UID is made of order, product and day or session, so that opening the file again changes the entry instead of
    doubling it; what is cancelled or passed on stays in it and says so. `now` dates what changed since the last file.
    `guest` is whose alone the tickets are: it is in their language, and says nothing of what the buyer has passed on.
    """
    given = [] if guest else queries.transfers_of(order)[0]
    language = guest.language if guest else order.language
    gone = {transfer.ticket: transfer.at for transfer in given}
    entries = visits.entries_of(order, tickets, now=now, gone=gone)
    with override(language):
        calendar = files.new_calendar("Tickets", language)
        if _method(order):
            calendar.add("method", _method(order))
        events = [_event(order, entry, language) for entry in entries]
    return files.write(calendar, events, clock.zone(), quiet=order.created_at)


def content_type(order: Order) -> str:
    """Return the type of the file: that of a message names its method, too (RFC 6047, 2.4)."""
    method = f"; method={_method(order)}" if _method(order) else ""
    return f"text/calendar; charset=utf-8{method}"


def _method(order: Order) -> str:
    """Return the METHOD: only who is named as its sender may publish a calendar (RFC 5546, 3.2.1)."""
    return "PUBLISH" if order.edition.organiser_email else ""


def _event(order: Order, entry: Entry, language: str) -> CalendarEvent:
    product, edition = entry.product, order.edition
    title = f"{entry.title} · {edition.name}"
    # TRANSLATORS: stands in front of the title in a calendar.
    cancelled = _("CANCELLED")
    description = _("Show the QR code of your ticket at the entrance. Order %(code)s.") % {"code": order.code}
    if entry.is_cancelled:
        description = _("This ticket no longer lets anybody in. Order %(code)s.") % {"code": order.code}
    day = entry.start.astimezone(clock.zone()).date() if isinstance(entry.start, datetime) else entry.start
    return CalendarEvent(
        uid=f"{order.code}-{entry.key}@{urlsplit(settings.BASE_URL).hostname}",
        summary=f"{cancelled} – {title}" if entry.is_cancelled else title,
        start=entry.start,
        end=entry.end,
        sequence=entry.sequence,
        stamp=entry.stamp,
        is_cancelled=entry.is_cancelled,
        description=description,
        location=str(entry.place) or edition.city,
        url=settings.BASE_URL + programme_path("program-day", day),
        categories=(str(product.section.name),),
        language=language,
        languages={"summary": entry.title.language(language), "location": entry.place.language(language)},
        takes_time=False,
        organiser=(edition.organiser_name, edition.organiser_email),
    )

"""The calendar file of an order."""

import datetime as dt

import icalendar
import pytest

from tests.factories.festival import DayFactory, SectionFactory
from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import NOW, OrderFactory, ProductFactory, TicketFactory, cancel
from tickets.delivery import calendar as calendars, queries as delivery_queries
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(village):
    order = OrderFactory(edition=village.edition)
    TicketFactory.create_batch(2, order=order, product=village)
    return order


def tickets_in(order):
    return Ticket.objects.filter(line__order=order).order_by("pk")


def test_the_calendar_has_one_entry_a_day(order):
    calendar = icalendar.Calendar.from_ical(calendars.order_calendar(order, delivery_queries.tickets_of(order)))

    (event,) = calendar.walk("VEVENT")
    assert event["UID"] == f"{order.code}-village-jour-20270502@testserver"
    assert event["DTSTART"].dt.isoformat() == "2027-05-02T10:00:00+02:00"
    assert event["DTEND"].dt.isoformat() == "2027-05-02T19:00:00+02:00"
    assert event["DTSTART"].params["TZID"] == "Europe/Paris"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Paris"]


def test_the_calendar_of_a_pass_has_all_days_and_the_night(village):
    section = SectionFactory(slug="fest")
    days = [
        DayFactory(date=dt.date(2027, 5, 5), hours__section=section, hours__closes=dt.time(21)),
        DayFactory(date=dt.date(2027, 5, 6), hours__section=section, hours__closes=dt.time(4)),
    ]
    fest = ProductFactory(slug="pass", section=section, admission="all_days", days=days)
    order = TicketFactory(product=fest, day=None).line.order

    calendar = icalendar.Calendar.from_ical(calendars.order_calendar(order, delivery_queries.tickets_of(order)))

    assert [event["DTEND"].dt.isoformat() for event in calendar.walk("VEVENT")] == [
        "2027-05-05T21:00:00+02:00",
        "2027-05-07T04:00:00+02:00",
    ]


def test_the_calendar_stays_the_same_while_the_order_does(order):
    first, second = (calendars.order_calendar(order, delivery_queries.tickets_of(order)) for _ in range(2))

    assert first == second
    assert len(first) < 2000
    assert all(len(line) <= 75 for line in first.split(b"\r\n"))


def test_a_cancelled_ticket_is_in_no_calendar(order):
    for ticket in tickets_in(order):
        cancel(ticket)

    assert b"VEVENT" not in calendars.order_calendar(order, delivery_queries.tickets_of(order))


def test_a_place_in_a_session_has_the_time_and_the_name_of_the_session(village):
    product = ProductFactory(slug="atelier", admission="occurrence", days=[])
    occurrence = OccurrenceFactory(session__title="Atelier", starts_at=NOW, ends_at=NOW + dt.timedelta(hours=2))
    order = TicketFactory(product=product, day=None, occurrence=occurrence).line.order

    calendar = icalendar.Calendar.from_ical(calendars.order_calendar(order, delivery_queries.tickets_of(order)))

    (event,) = calendar.walk("VEVENT")
    assert event["UID"] == f"{order.code}-atelier-{occurrence.uuid}@testserver"
    assert event["DTSTART"].dt.isoformat() == "2027-05-02T11:30:00+02:00"
    assert event["DTEND"].dt.isoformat() == "2027-05-02T13:30:00+02:00"
    assert event["SUMMARY"].startswith("Atelier · ")

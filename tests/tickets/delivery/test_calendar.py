import datetime as dt

import icalendar
import pytest
from django.test import override_settings

from festival.models import OpeningHours
from tests.factories.festival import DayFactory
from tests.factories.program import OccurrenceFactory, paris
from tests.factories.tickets import NOW, OrderFactory, ProductFactory, TicketFactory, cancel
from tickets.delivery import queries
from tickets.delivery.calendar import content_type, order_calendar
from tickets.models import Order

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(days=1)


def written(order, now=NOW):
    order = Order.objects.select_related("edition").get(pk=order.pk)
    return order_calendar(order, queries.tickets_of(order), now=now)


def events(order, now=NOW):
    return icalendar.Calendar.from_ical(written(order, now)).walk("VEVENT")


def revision(event):
    return int(event["SEQUENCE"]), event.decoded("LAST-MODIFIED"), event.decoded("DTSTAMP")


def test_a_day_is_an_entry_with_the_hours_of_its_doors():
    order = OrderFactory()
    for _ in range(2):
        TicketFactory(order=order)

    (event,) = events(order)

    assert event["uid"] == f"{order.code}-{order.lines.first().product.number}-20270502@testserver"
    assert (event.start, event.end) == (paris("2027-05-02T10:00"), paris("2027-05-02T19:00"))
    assert event["location"] == "Halle des Sources, 75015 Paris"
    assert order.code in event["description"]
    assert order.secret not in written(order).decode()
    assert event["url"] == "http://testserver/fr/programme/2027-05-02/"
    assert event.walk("VALARM") == []


def test_a_pass_has_an_entry_for_each_of_its_days():
    order = OrderFactory()
    TicketFactory(order=order, product=ProductFactory(slug="pass", admission="all_days"))

    assert [event.start.day for event in events(order)] == [2, 3]


def test_a_session_is_an_entry_of_its_own_time():
    order = OrderFactory()
    occurrence = OccurrenceFactory(session__title={"fr": "Réparer", "en": "Mend"})
    product = ProductFactory(slug="atelier", admission="occurrence", days=[])
    TicketFactory(order=order, product=product, occurrence=occurrence)

    (event,) = events(order)

    assert (event.start, event.end) == (occurrence.starts_at, occurrence.ends_at)
    assert event["summary"].startswith("Réparer")


def test_a_day_without_hours_is_a_whole_one():
    order = OrderFactory()
    day = DayFactory(date=dt.date(2027, 5, 6), hours=False)
    TicketFactory(order=order, product=ProductFactory(slug="x", days=[day]))

    (event,) = events(order)

    assert (event.start, event.end) == (dt.date(2027, 5, 6), dt.date(2027, 5, 7))


def test_it_speaks_the_language_of_the_order():
    order = OrderFactory(language="en")
    TicketFactory(order=order)

    (event,) = events(order)

    assert event["description"].startswith("Show the QR code")
    assert "The Village" in event["summary"]
    assert event["summary"].params["LANGUAGE"] == "en"


def test_the_same_order_is_the_same_bytes():
    order = OrderFactory()
    TicketFactory(order=order)

    assert written(order) == written(order, LATER)


@pytest.mark.parametrize("through", ["a form", "the database"])
def test_other_hours_of_the_doors_are_a_revision(through):
    order = OrderFactory()
    TicketFactory(order=order)
    (before,) = events(order)
    hours = OpeningHours.objects.filter(day__date=dt.date(2027, 5, 2))
    if through == "a form":
        row = hours.get()
        row.opens = dt.time(11)
        row.save()
    else:
        hours.update(opens=dt.time(11))

    (after,) = events(order, LATER)

    assert after["uid"] == before["uid"]
    assert after.start == paris("2027-05-02T11:00")
    assert (revision(before), revision(after)) == ((0, NOW, NOW), (1, LATER, LATER))
    assert written(order, LATER + dt.timedelta(days=1)) == written(order, LATER)


def test_a_revision_is_later_than_the_last_one_even_when_the_clock_stands_still():
    order = OrderFactory()
    TicketFactory(order=order)
    events(order)
    ProductFactory().place = {"fr": "Ailleurs", "en": "Elsewhere"}
    product = order.lines.get().product
    product.place = {"fr": "Ailleurs", "en": "Elsewhere"}
    product.save()

    (event,) = events(order, NOW)

    assert event["location"] == "Ailleurs"
    assert revision(event)[:2] == (1, NOW + dt.timedelta(seconds=1))


def test_an_order_of_later_is_not_dated_before_it_was_made():
    first, second = OrderFactory(), OrderFactory(created_at=LATER)
    TicketFactory(order=first)
    TicketFactory(order=second)
    events(first)

    (event,) = events(second, LATER)

    assert revision(event) == (0, LATER, LATER)


def test_what_is_cancelled_says_so():
    order = OrderFactory()
    ticket = TicketFactory(order=order)
    other = TicketFactory(order=order)
    (before,) = events(order)
    cancel(ticket)
    (one_left,) = events(order, LATER)
    cancel(other)

    (after,) = events(order, LATER)

    assert (one_left["status"], revision(one_left)) == ("CONFIRMED", revision(before))
    assert (after["uid"], after["status"], after["sequence"]) == (before["uid"], "CANCELLED", 1)
    assert after["summary"].startswith("ANNULÉ – ")
    assert after["description"].startswith("Ce billet ne fait plus entrer personne.")


def test_an_order_that_was_cancelled_as_a_whole_says_so():
    order = OrderFactory(state="cancelled")
    TicketFactory(order=order, cancelled_at=NOW)

    assert [event["status"] for event in events(order)] == ["CANCELLED"]


def test_a_session_that_is_cancelled_is_told():
    order = OrderFactory()
    occurrence = OccurrenceFactory()
    product = ProductFactory(slug="atelier", admission="occurrence", days=[])
    TicketFactory(order=order, product=product, occurrence=occurrence)
    events(order)
    occurrence.session.cancelled_at = LATER
    occurrence.session.save()

    (event,) = events(order, LATER)

    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)


def test_a_day_that_is_taken_off_a_pass_is_told_and_may_come_back():
    order = OrderFactory()
    product = ProductFactory(slug="pass", admission="all_days")
    TicketFactory(order=order, product=product)
    events(order)
    gone = product.days.last()
    product.days.remove(gone)
    without = events(order, LATER)
    product.days.add(gone)

    again = events(order, LATER + dt.timedelta(days=1))

    assert [(event["status"], event["sequence"]) for event in without] == [("CONFIRMED", 0), ("CANCELLED", 1)]
    assert [(event["status"], event["sequence"]) for event in again] == [("CONFIRMED", 0), ("CONFIRMED", 2)]


def test_it_is_a_message_of_its_organiser_or_no_message():
    """RFC 5546 3.2.1: whoever publishes is named; RFC 6047 2.4: the type names the method."""
    order = OrderFactory()
    TicketFactory(order=order)
    calendar = icalendar.Calendar.from_ical(written(order))
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "PUBLISH"
    assert event["ORGANIZER"] == "mailto:bonjour@joursc.example.org"
    assert event["ORGANIZER"].params["CN"] == "Les Jours Communs"
    assert content_type(order) == "text/calendar; charset=utf-8; method=PUBLISH"

    order.edition.organiser_email = ""
    order.edition.save()

    assert b"METHOD" not in written(order)
    assert b"ORGANIZER" not in written(order)
    assert content_type(order) == "text/calendar; charset=utf-8"


@override_settings(TIME_ZONE="America/Toronto")
def test_its_zone_is_the_festivals():
    order = OrderFactory()
    TicketFactory(order=order)

    calendar = icalendar.Calendar.from_ical(written(order))

    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["America/Toronto"]
    assert b"DTSTART;TZID=America/Toronto:20270502T100000" in written(order)

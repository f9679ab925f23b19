import icalendar
import pytest

from tests.factories.festival import DayFactory
from tests.factories.program import OccurrenceFactory, paris
from tests.factories.tickets import OrderFactory, ProductFactory, TicketFactory, cancel
from tickets.delivery import queries
from tickets.delivery.calendar import order_calendar

pytestmark = pytest.mark.django_db


def events(order):
    calendar = icalendar.Calendar.from_ical(order_calendar(order, queries.tickets_of(order)))
    return calendar.walk("VEVENT")


def test_a_day_is_an_entry_with_the_hours_of_its_doors():
    order = OrderFactory()
    for _ in range(2):
        TicketFactory(order=order)

    (event,) = events(order)

    assert event["uid"] == f"{order.code}-village-jour-20270502@testserver"
    assert (event.start, event.end) == (paris("2027-05-02T10:00"), paris("2027-05-02T19:00"))
    assert event["location"] == "Halle des Sources, 75015 Paris"
    assert order.code in event["description"]
    assert len(event.walk("VALARM")) == 1


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
    day = DayFactory(date=paris("2027-05-06T00:00").date(), hours=False)
    TicketFactory(order=order, product=ProductFactory(slug="x", days=[day]))

    (event,) = events(order)

    assert event.start == paris("2027-05-06T00:00")
    assert event.end > event.start


def test_it_speaks_the_language_of_the_order():
    order = OrderFactory(language="en")
    TicketFactory(order=order)

    (event,) = events(order)

    assert event["description"].startswith("Show the QR code")
    assert "The Village" in event["summary"]


def test_what_is_cancelled_is_no_visit():
    order = OrderFactory()
    cancel(TicketFactory(order=order))

    assert events(order) == []


def test_the_same_order_is_the_same_bytes():
    order = OrderFactory()
    TicketFactory(order=order)

    assert order_calendar(order, queries.tickets_of(order)) == order_calendar(order, queries.tickets_of(order))

"""What tickets let people in to, and since when; what calendars make of it is tried in `test_calendar.py`."""

import datetime as dt

import pytest

from tests.factories.festival import DayFactory
from tests.factories.tickets import NOW, OrderFactory, ProductFactory, TicketFactory, cancel
from tickets.delivery import queries, visits
from tickets.models import Visit

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(days=1)


def entries(order, now=NOW):
    return visits.entries_of(order, queries.tickets_of(order), now=now)


def test_two_tickets_of_one_day_are_one_visit():
    order = OrderFactory()
    for _ in range(2):
        TicketFactory(order=order)

    (entry,) = entries(order)

    assert (entry.key, entry.is_cancelled, entry.sequence, entry.stamp) == (
        f"{order.lines.first().product.number}-20270502",
        False,
        0,
        NOW,
    )


def test_visits_are_shared_by_the_orders_of_a_product():
    for _ in range(2):
        entries(TicketFactory().line.order)

    assert [row.key for row in Visit.objects.all()] == ["20270502"]


def test_nothing_is_written_while_nothing_changed(django_assert_num_queries):
    order = TicketFactory().line.order
    tickets = queries.tickets_of(order)
    entries(order)

    with django_assert_num_queries(1):
        visits.entries_of(order, tickets, now=LATER)


def test_a_day_whose_hours_nobody_typed_is_whole():
    day = DayFactory(date=dt.date(2027, 5, 6), hours=False)
    order = TicketFactory(product=ProductFactory(slug="x", days=[day])).line.order

    (entry,) = entries(order)

    assert (entry.start, entry.end) == (dt.date(2027, 5, 6), dt.date(2027, 5, 7))


def test_a_visit_is_over_when_its_last_ticket_is():
    order = OrderFactory()
    first, second = TicketFactory(order=order), TicketFactory(order=order)
    cancel(first)
    (still,) = entries(order)
    cancel(second)

    (over,) = entries(order, LATER)

    assert (still.is_cancelled, still.sequence) == (False, 0)
    assert (over.is_cancelled, over.sequence) == (True, 1)

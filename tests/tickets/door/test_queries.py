"""What the door reads."""

import datetime as dt

import pytest

from tests.factories.door import open_door, token
from tests.factories.festival import DayFactory, EditionFactory
from tests.factories.tickets import NOW, CheckinListFactory, OrderFactory, ProductFactory, TicketFactory
from tickets.door import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def door():
    return open_door()


def test_a_number_is_looked_for_in_the_edition_of_the_list(door):
    ticket = door.ticket()
    past = EditionFactory(number=2026, is_current=False)
    other = TicketFactory(order=OrderFactory(edition=past), product=ProductFactory(edition=past, slug="vieux"))
    assert ticket.number == other.number == 1

    assert queries.find_ticket(door.list, number=1).ticket == ticket
    assert queries.find_ticket(door.list, short_code=other.short_code).ticket == other
    assert queries.find_ticket(door.list, number=2) is None


def test_a_ticket_is_seen_from_the_list_in_one_query(door, django_assert_num_queries):
    ticket = door.ticket()
    door.scan(token(ticket))

    with django_assert_num_queries(1):
        found = queries.find_ticket(door.list, pk=ticket.pk)
        assert (found.entries, found.exits, found.is_listed, found.is_for_day) == (1, 0, True, True)
        assert (found.admission.gate, found.product, found.first_day) == (
            door.phone.gate,
            door.product,
            door.list.day.date,
        )
        assert found.facts().is_inside


def test_lists_of_today_and_of_the_week_come_first():
    edition = EditionFactory()
    lists = {
        slug: CheckinListFactory(
            edition=edition, slug=slug, day=DayFactory(edition=edition, date=dt.date(2027, 5, day)) if day else None
        )
        for slug, day in (("past", 1), ("next", 3), ("today", 2), ("week", None))
    }
    CheckinListFactory(edition=EditionFactory(number=2028, is_current=False), day=None, slug="future")

    found = queries.lists_today_first(edition, today=dt.date(2027, 5, 2))

    assert [row.slug for row in found] == ["today", "week", "next", "past"]
    assert lists["today"] == found[0]


def test_a_festival_day_ends_in_the_night():
    late = dt.datetime(2027, 5, 3, 0, 30, tzinfo=dt.UTC)  # 02:30 in Paris

    assert queries.today(EditionFactory(), now=late) == dt.date(2027, 5, 2)
    assert queries.today(EditionFactory(), now=NOW) == dt.date(2027, 5, 2)


def test_the_last_time_in_is_found(door):
    door.list.reentry = "free"
    door.list.save()
    ticket = door.ticket()
    scans = [door.scan(token(ticket)).scan for _ in range(3)]

    assert queries.last_entry(scans[0]) == scans[2]

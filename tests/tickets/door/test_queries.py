import datetime as dt
import uuid

import pytest

from tests.factories.door import open_door, token
from tests.factories.festival import DayFactory, EditionFactory
from tests.factories.program import OccurrenceFactory, paris
from tests.factories.tickets import CheckinListFactory, GateFactory, ProductFactory, TicketFactory, signing_key
from tickets.door import queries

pytestmark = pytest.mark.django_db


def test_a_phone_comes_with_its_list():
    door = open_door()

    assert queries.device_at_door(door.phone.pk).list == door.list
    assert queries.device_at_door(uuid.uuid4()) is None


def test_a_ticket_is_found_by_number_code_or_row_in_one_query(django_assert_num_queries):
    door = open_door()
    ticket = door.ticket()

    for lookup in ({"number": ticket.number}, {"short_code": ticket.short_code}, {"pk": ticket.pk}):
        with django_assert_num_queries(1):
            seen = queries.find_ticket(door.list, **lookup)
            facts = seen.facts()
        assert (seen.ticket, seen.is_listed, seen.is_for_day, seen.admission) == (ticket, True, True, None)
        assert (facts.is_paid, facts.is_cancelled, facts.entries, facts.exits) == (True, False, 0, 0)


def test_numbers_are_those_of_the_lists_edition():
    door = open_door()
    ticket = door.ticket()
    other = CheckinListFactory(edition=EditionFactory(number=2028, is_current=False), day=None)

    assert queries.find_ticket(other, number=ticket.number) is None
    assert queries.find_ticket(other, short_code=ticket.short_code).is_listed is False


def test_a_day_ticket_is_for_its_day_alone():
    door = open_door()
    tomorrow = door.product.days.last()

    seen = queries.find_ticket(door.list, pk=door.ticket(day=tomorrow).pk)

    assert (seen.is_for_day, seen.first_day, seen.last_day) == (False, tomorrow.date, tomorrow.date)


def test_a_pass_is_for_each_of_its_days():
    door = open_door()
    product = ProductFactory(slug="pass", admission="all_days")
    door.list.products.add(product)

    seen = queries.find_ticket(door.list, pk=TicketFactory(product=product).pk)

    assert (seen.is_for_day, seen.first_day, seen.last_day) == (True, dt.date(2027, 5, 2), dt.date(2027, 5, 3))


def test_a_ticket_to_a_session_is_for_the_day_on_which_its_night_began():
    door = open_door()
    product = ProductFactory(slug="atelier", admission="occurrence", days=[])
    party = OccurrenceFactory(starts_at=paris("2027-05-03T01:00"), ends_at=paris("2027-05-03T02:00"))

    seen = queries.find_ticket(door.list, pk=TicketFactory(product=product, occurrence=party, day=None).pk)

    assert (seen.is_for_day, seen.first_day) == (True, dt.date(2027, 5, 2))


def test_entries_are_counted_and_the_last_is_known():
    door = open_door()
    ticket = door.ticket()
    door.scan(token(ticket))

    seen = queries.find_ticket(door.list, pk=ticket.pk)

    assert (seen.entries, seen.admission.ticket_id) == (1, ticket.pk)
    assert queries.last_entry(seen.admission) == seen.admission
    assert queries.admitted_count(door.list.pk) == 1


def test_a_ticket_of_a_line_without_a_product_is_a_mistake_of_ours():
    door = open_door()
    seen = queries.find_ticket(door.list, pk=door.ticket().pk)
    seen.ticket.line.product = None

    with pytest.raises(ValueError, match=f"ticket {seen.ticket.pk} "):
        _ = seen.product


def test_a_key_is_remembered_for_a_minute(django_assert_num_queries):
    edition = EditionFactory()
    assert queries.public_key(edition.pk, 0) is None
    key = signing_key(edition)

    assert queries.public_key(edition.pk, key.kid) == (bytes(key.public), False)
    with django_assert_num_queries(0):
        queries.public_key(edition.pk, key.kid)


def test_lists_of_today_come_first_and_those_that_are_over_last():
    days = {number: DayFactory(date=dt.date(2027, 5, number)) for number in (1, 2, 3)}
    lists = {number: CheckinListFactory(day=day, slug=f"l{number}") for number, day in days.items()}
    week = CheckinListFactory(day=None, slug="semaine")

    found = queries.lists_today_first(days[1].edition, today=dt.date(2027, 5, 2))

    assert found == [lists[2], week, lists[3], lists[1]]


def test_gates_are_those_of_the_edition():
    gate = GateFactory()
    GateFactory(edition=EditionFactory(number=2028, is_current=False))

    assert list(queries.gates(gate.edition)) == [gate]


def test_after_midnight_it_is_still_the_day_of_the_party():
    edition = EditionFactory()

    assert queries.today(edition, now=paris("2027-05-03T04:59")) == dt.date(2027, 5, 2)
    assert queries.today(edition, now=paris("2027-05-03T05:00")) == dt.date(2027, 5, 3)

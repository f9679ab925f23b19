import datetime as dt
import uuid

import pytest

from tests.factories.door import open_door, token
from tests.factories.festival import DayFactory, EditionFactory
from tests.factories.program import OccurrenceFactory, paris
from tests.factories.tickets import NOW, CheckinListFactory, GateFactory, ProductFactory, TicketFactory, signing_key
from tickets.door import queries
from tickets.door.queries import Counts
from tickets.door.verdicts import Standing

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
            seen = find(door, **lookup)
            facts = seen.facts()
        assert (seen.ticket, seen.is_listed, seen.is_valid_today, seen.admission) == (ticket, True, True, None)
        assert (facts.is_paid, facts.is_cancelled, facts.standing) == (True, False, Standing())


def find(door, *, now=NOW, **lookup):
    return queries.find_ticket(door.list, now=now, **lookup)


def test_numbers_are_those_of_the_lists_edition():
    door = open_door()
    ticket = door.ticket()
    other = CheckinListFactory(edition=EditionFactory(number=2028, is_current=False), day=None)

    assert queries.find_ticket(other, now=NOW, number=ticket.number) is None
    assert queries.find_ticket(other, now=NOW, short_code=ticket.short_code).is_listed is False


def test_a_day_ticket_is_for_its_day_alone():
    door = open_door()
    tomorrow = door.product.days.last()

    seen = find(door, pk=door.ticket(day=tomorrow).pk)

    assert (seen.is_valid_today, seen.first_day, seen.last_day) == (False, tomorrow.date, tomorrow.date)


def test_a_pass_is_for_each_of_its_days():
    door = open_door()
    product = ProductFactory(slug="pass", admission="all_days")
    door.list.products.add(product)
    ticket = TicketFactory(product=product)

    seen = find(door, pk=ticket.pk)

    assert (seen.is_valid_today, seen.first_day, seen.last_day) == (True, dt.date(2027, 5, 2), dt.date(2027, 5, 3))
    assert not find(door, pk=ticket.pk, now=NOW + dt.timedelta(days=2)).is_valid_today


def test_what_has_no_day_is_valid_on_every_one():
    door = open_door()
    product = ProductFactory(slug="benevoles", admission="all_days", days=[])

    assert find(door, pk=TicketFactory(product=product).pk).is_valid_today


def test_a_ticket_to_a_session_is_for_the_day_on_which_its_night_began():
    door = open_door()
    product = ProductFactory(slug="atelier", admission="occurrence", days=[])
    party = OccurrenceFactory(starts_at=paris("2027-05-03T01:00"), ends_at=paris("2027-05-03T02:00"))

    seen = find(door, pk=TicketFactory(product=product, occurrence=party, day=None).pk)

    assert (seen.is_valid_today, seen.first_day) == (True, dt.date(2027, 5, 2))


def test_the_day_is_that_of_the_moment_whatever_the_list_is_for():
    door = open_door()
    ticket = door.ticket()

    at = {hour: find(door, pk=ticket.pk, now=paris(f"2027-05-03T{hour}")) for hour in ("04:59", "05:00")}

    assert (at["04:59"].is_valid_today, at["04:59"].is_list_today) == (True, True)
    assert (at["05:00"].is_valid_today, at["05:00"].is_list_today) == (False, False)


def test_a_practice_list_trains_for_its_day_on_any_other():
    door = open_door()
    door.change_list(is_practice=True)
    ticket, tomorrow = door.ticket(), door.ticket(day=door.product.days.last())
    before = NOW - dt.timedelta(days=60)

    assert (find(door, pk=ticket.pk, now=before).is_valid_today, find(door, pk=ticket.pk).is_list_today) == (True, True)
    assert not find(door, pk=tomorrow.pk, now=before).is_valid_today
    door.change_list(day=None)
    assert find(door, pk=tomorrow.pk, now=before).is_valid_today


def test_where_a_ticket_stands_is_known():
    door = open_door()
    ticket = door.ticket()
    door.scan(token(ticket))

    seen = find(door, pk=ticket.pk)

    assert (seen.standing, seen.admission.at) == (Standing(1, is_counted=True, is_inside=True), NOW)
    assert (seen.admission.gate, seen.admission.device_id) == (str(door.phone.gate), door.phone.pk)
    assert queries.counts(door.list.pk) == Counts(admitted=1, inside=1)


def test_the_list_that_lets_the_product_in_today_is_known():
    door = open_door()
    monday = CheckinListFactory(day=door.product.days.last(), products=[door.product], name="Lundi")
    CheckinListFactory(day=None, slug="essai", products=[door.product], is_practice=True)
    ticket = door.ticket()

    assert find(door, pk=ticket.pk).other_list is None
    assert find(door, pk=ticket.pk, now=NOW + dt.timedelta(days=1)).other_list == (monday.pk, "Lundi")


def test_the_list_for_today_lets_in_most_of_the_same():
    door = open_door()
    other = ProductFactory(slug="fest")
    monday = door.product.days.last()
    CheckinListFactory(day=monday, slug="fest-lundi", products=[other])
    alike = CheckinListFactory(day=monday, slug="village-lundi", products=[door.product])

    assert queries.list_for_today(door.list, now=NOW + dt.timedelta(days=1)) == alike
    assert queries.list_for_today(door.list, now=NOW + dt.timedelta(days=5)) is None


def test_the_last_that_this_phone_moved_is_known_for_a_while():
    door = open_door()
    code = token(door.ticket())
    moved = door.scan(code).scan
    door.scan(code)

    assert queries.last_move(door.phone.pk, since=NOW) == moved
    assert queries.last_move(door.phone.pk, since=NOW + dt.timedelta(seconds=1)) is None
    door.undo(moved)
    assert queries.last_move(door.phone.pk, since=NOW) is None


def test_a_ticket_of_a_line_without_a_product_is_a_mistake_of_ours():
    door = open_door()
    seen = find(door, pk=door.ticket().pk)
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


def test_the_list_of_a_session_lets_in_what_is_booked_for_it():
    door = open_door()
    place = ProductFactory(slug="place", admission="occurrence", days=[])
    session, other = (
        OccurrenceFactory(starts_at=paris(f"2027-05-02T{hour}:00"), ends_at=paris(f"2027-05-02T{hour}:50"))
        for hour in (14, 16)
    )
    door.list.products.add(place)
    mine, elsewhere = (TicketFactory(product=place, occurrence=one) for one in (session, other))

    door.change_list(day=None, occurrence=session)

    assert find(door, pk=mine.pk).is_listed
    assert not find(door, pk=elsewhere.pk).is_listed
    assert not find(door, pk=door.ticket(day=door.product.days.first()).pk).is_listed


def test_a_phone_is_not_sent_to_the_list_of_another_session():
    door = open_door()
    place = ProductFactory(slug="place", admission="occurrence", days=[])
    session, other = (
        OccurrenceFactory(starts_at=paris(f"2027-05-02T{hour}:00"), ends_at=paris(f"2027-05-02T{hour}:50"))
        for hour in (14, 16)
    )
    beside = CheckinListFactory(day=None, slug="atelier", occurrence=other, products=[place, door.product])
    ticket = TicketFactory(product=place, occurrence=session)

    assert find(door, pk=ticket.pk).other_list is None
    beside.occurrence = session
    beside.save()
    assert find(door, pk=ticket.pk).other_list == (beside.pk, str(beside.name))
    assert queries.list_for_today(door.list, now=NOW) is None

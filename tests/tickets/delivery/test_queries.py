import datetime as dt

import pytest

from tests.factories.door import open_door, token
from tests.factories.festival import DayFactory
from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import NOW, OrderFactory, PaymentFactory, ProductFactory, TicketFactory, cancel
from tickets.catalogue import row_cache
from tickets.catalogue.terms import Facts
from tickets.delivery import queries
from tickets.models import Product, RefundStep
from tickets.orders.placing import Buyer
from tickets.selfservice import passing_on

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_all_that_tickets_show_is_read_at_once(django_assert_num_queries, count):
    order = OrderFactory()
    day = ProductFactory()
    whole = ProductFactory(slug="pass", admission="all_days")
    session = ProductFactory(slug="atelier", admission="occurrence", days=[])
    occurrence = OccurrenceFactory()
    tickets = []
    for _ in range(count):
        tickets += [
            TicketFactory(order=order, product=day),
            TicketFactory(order=order, product=whole, day=None),
            TicketFactory(order=order, product=session, occurrence=occurrence, day=None),
        ]
    TicketFactory()

    row_cache.products([day.pk, whole.pk, session.pk])
    with django_assert_num_queries(4):  # tickets; sessions and rooms
        found = queries.tickets_of(order)
        for ticket in found:
            assert ticket.line.order is order
            _ = ticket.edition.name, ticket.line.product.section.name, ticket.line.price
            _ = [list(each.hours.all()) for each in ([ticket.line.day] if ticket.line.day else [])]
            if ticket.line.product == whole:
                _ = [list(each.hours.all()) for each in ticket.line.product.days.all()]

    assert found == tickets


@pytest.mark.parametrize("count", [1, 3])
def test_what_an_address_had_before_is_read_with_two_queries(village, django_assert_num_queries, count):
    for _ in range(count):
        TicketFactory(order=OrderFactory(edition=village.edition), product=village)
    order = OrderFactory(edition=village.edition)
    TicketFactory(order=order, product=village)

    with django_assert_num_queries(2):
        earlier = queries.earlier_orders(order)

    assert [places for _code, places in earlier] == [1] * count


def facts(ticket, now=NOW):
    order = ticket.line.order
    return queries.facts_of(order, queries.tickets_of(order), now=now)[ticket.pk]


def test_a_free_ticket_of_a_day_to_come_can_be_given_back():
    assert facts(TicketFactory()) == Facts(
        is_live=True,
        is_used=False,
        is_over=False,
        is_named=False,
        is_transferable=True,
        is_refundable=True,
    )


def test_what_its_product_says_holds_for_a_ticket():
    ticket = TicketFactory()
    Product.objects.update(named=True, transferable=False)

    assert (facts(ticket).is_named, facts(ticket).is_transferable) == (True, False)


@pytest.mark.parametrize(
    ("fields", "last"),
    [
        ({}, NOW.replace(hour=17, minute=0)),
        ({"product__admission": "all_days"}, NOW.replace(day=3, hour=17, minute=0)),
        ({"product__admission": "all_days", "product__days": []}, None),
    ],
)
def test_a_ticket_is_over_when_the_doors_of_its_last_day_close(fields, last):
    ticket = TicketFactory(**fields)

    if last is None:
        assert not facts(ticket, NOW + dt.timedelta(days=9000)).is_over
    else:
        assert not facts(ticket, last - dt.timedelta(seconds=1)).is_over
        assert facts(ticket, last).is_over


def test_a_session_is_over_when_it_ends():
    occurrence = OccurrenceFactory()
    product = ProductFactory(slug="atelier", admission="occurrence", days=[])
    ticket = TicketFactory(product=product, occurrence=occurrence, day=None)

    assert not facts(ticket, occurrence.ends_at - dt.timedelta(seconds=1)).is_over
    assert facts(ticket, occurrence.ends_at).is_over


def test_a_day_without_hours_is_over_with_its_night(django_assert_num_queries):
    day = DayFactory(date=dt.date(2027, 5, 6), hours=False)
    ticket = TicketFactory(product=ProductFactory(slug="x", days=[day]))
    order = ticket.line.order
    tickets = queries.tickets_of(order)

    with django_assert_num_queries(1):  # scans
        found = queries.facts_of(order, tickets, now=NOW)

    assert not found[ticket.pk].is_over
    assert facts(ticket, dt.datetime(2027, 5, 7, 3, tzinfo=dt.UTC)).is_over


def test_who_came_in_has_used_it_unless_it_was_for_practice_or_taken_back():
    door = open_door()
    ticket = door.ticket()
    door.change_list(is_practice=True)
    door.scan(token(ticket))
    assert not facts(ticket).is_used
    door.change_list(is_practice=False)
    assert facts(ticket).is_used

    other = door.ticket()
    scan = door.scan(token(other)).scan
    assert facts(other).is_used
    door.undo(scan)
    assert not facts(other).is_used


@pytest.mark.unsound
@pytest.mark.parametrize(
    ("payments", "is_given"),
    [
        ([], False),
        ([("pot", "pending")], False),
        ([("pot", "confirmed")], True),
        ([("pot", "confirmed"), ("transfer", "failed")], True),
        ([("pot", "confirmed"), ("transfer", "confirmed")], False),
        ([("transfer", "confirmed")], False),
    ],
)
def test_what_the_pot_alone_paid_is_given(payments, is_given):
    line = TicketFactory(cents=5500).line
    for provider, state in payments:
        PaymentFactory(order=line.order, provider=provider, state=state)

    assert queries.paid_by_pot([line]) == ({line.order_id} if is_given else set())
    assert queries.without_gifts([line]) == ([] if is_given else [line])


def test_what_was_free_was_not_given(django_assert_num_queries):
    line = TicketFactory().line
    with django_assert_num_queries(0):
        assert queries.without_gifts([line]) == [line]


@pytest.mark.unsound
@pytest.mark.parametrize(
    ("until", "is_refundable"), [(None, False), (NOW, False), (NOW + dt.timedelta(seconds=1), True)]
)
def test_what_was_paid_goes_back_until_the_date_of_its_product(until, is_refundable):
    ticket = TicketFactory(cents=5500)
    if until:
        RefundStep.objects.create(product=ticket.line.product, until=until)

    assert facts(ticket).is_refundable is is_refundable


def test_a_cancelled_ticket_is_not_live():
    ticket, other = TicketFactory(), TicketFactory()
    cancel(ticket)
    other.line.order.state = "cancelled"

    assert not facts(ticket).is_live
    assert not facts(other).is_live
    assert queries.valid_tickets_of(ticket.line.order) == 0


def test_of_no_ticket_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert queries.facts_of(OrderFactory.build(), [], now=NOW) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_what_was_passed_on_is_read_at_once(django_assert_num_queries, count):
    order = OrderFactory()
    tickets = TicketFactory.create_batch(count, order=order)
    for ticket in tickets:
        passing_on.pass_on(ticket=ticket, order=order, to=Buyer("Zoé", "zoe@example.org", "fr"), now=NOW)

    with django_assert_num_queries(2):  # transfers, with their tickets
        given, is_received = queries.transfers_of(order)
        for transfer in given:
            _ = transfer.receiver.name, transfer.ticket.line.product.section.name
            _ = list(transfer.ticket.line.day.hours.all())

    assert [transfer.ticket for transfer in given] == tickets
    assert not is_received
    assert queries.transfers_of(given[0].receiver) == ([], True)

import pytest

from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import OrderFactory, ProductFactory, TicketFactory
from tickets.delivery import queries

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

    with django_assert_num_queries(4):
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

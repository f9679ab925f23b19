"""The tickets of an order."""

import pytest

from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import OrderFactory, ProductFactory, TicketFactory
from tickets.delivery import queries

pytestmark = pytest.mark.django_db


def test_tickets_come_in_order_with_all_that_they_show(village, django_assert_num_queries):
    order = OrderFactory(edition=village.edition)
    whole = ProductFactory(slug="pass", admission="all_days")
    atelier = ProductFactory(slug="atelier", admission="occurrence", days=[])
    made = [
        TicketFactory(order=order, product=village),
        TicketFactory(order=order, product=whole),
        TicketFactory(order=order, product=atelier, day=None, occurrence=OccurrenceFactory()),
    ]
    TicketFactory(product=village)

    with django_assert_num_queries(4):  # tickets; days of the pass and their hours; hours of the day
        found = queries.tickets_of(order)
        for ticket in found:
            line = ticket.line
            assert line.order.edition == ticket.edition
            assert [line.day, line.occurrence and line.occurrence.session, line.product.section, line.price]
        assert [len(day.hours.all()) for day in found[1].line.product.days.all()] == [1, 1]
        assert len(found[0].line.day.hours.all()) == 1

    assert found == made

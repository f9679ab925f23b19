"""Finding orders."""

import datetime as dt

import pytest

from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import NOW, OrderFactory, PaymentFactory, ProductFactory, QuotaFactory, TicketFactory
from tickets.orders import queries

pytestmark = pytest.mark.django_db


def test_an_order_opens_by_code_and_secret_alone():
    order = OrderFactory()

    assert queries.order_by_secret(order.code, order.secret) == order
    assert queries.order_by_secret(order.code, order.secret[:-1] + "x") is None
    assert queries.order_by_secret("XXXXXX", order.secret) is None
    assert queries.order_of_form(order.form_key) == order


def test_only_what_waited_too_long_is_due():
    second = dt.timedelta(seconds=1)
    late, later = (OrderFactory(state=state, expires_at=NOW - second) for state in ("held", "pending"))
    OrderFactory(state="pending", expires_at=NOW + second)
    for state in ("paid", "expired", "cancelled"):
        OrderFactory(state=state, expires_at=NOW - second)

    assert queries.due(NOW) == [late, later]


def test_a_session_is_bookable_through_the_products_of_its_quota():
    occurrence = OccurrenceFactory()
    product, other = ProductFactory(slug="atelier"), ProductFactory(slug="autre")
    QuotaFactory(products=[product], occurrence=occurrence)

    assert queries.is_bookable(product, occurrence)
    assert not queries.is_bookable(other, occurrence)
    assert not queries.is_bookable(product, OccurrenceFactory())


@pytest.mark.unsound
@pytest.mark.parametrize(
    ("state", "is_money"), [("created", False), ("pending", False), ("confirmed", True), ("failed", False)]
)
def test_money_that_came_is_money(state, is_money):
    line = TicketFactory(cents=5500).line
    PaymentFactory(order=line.order, state=state)

    assert queries.has_money(line.order, ()) is is_money
    assert queries.has_money(OrderFactory(), [line]) is is_money

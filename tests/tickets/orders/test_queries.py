import datetime as dt
import uuid

import pytest

from tests.factories.festival import EditionFactory
from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import NOW, OrderFactory, ProductFactory, QuotaFactory
from tickets.models import Order
from tickets.orders import queries

pytestmark = pytest.mark.django_db


def test_an_order_opens_to_its_secret_alone():
    order = OrderFactory()

    assert queries.order_by_secret(order.code, order.secret) == order
    assert queries.order_by_secret(order.code, order.secret[:-1] + "x") is None
    assert queries.order_by_secret("NICHTS", order.secret) is None


def test_a_form_finds_its_order():
    order = OrderFactory()

    assert queries.order_of_form(order.form_key) == order
    assert queries.order_of_form(uuid.uuid4()) is None


def test_orders_are_due_when_their_time_is_over_the_oldest_first():
    held = OrderFactory(state=Order.State.HELD, expires_at=NOW)
    older = OrderFactory(state=Order.State.PENDING, expires_at=NOW - dt.timedelta(days=1))
    OrderFactory(state=Order.State.HELD, expires_at=NOW + dt.timedelta(seconds=1))
    OrderFactory()

    assert queries.due(NOW) == [older, held]


def test_a_session_is_booked_through_a_product_whose_quota_names_both():
    occurrence = OccurrenceFactory()
    product, other = (ProductFactory(slug=slug, admission="occurrence", days=[]) for slug in ("atelier", "autre"))
    QuotaFactory(products=[product], occurrence=occurrence)

    assert queries.is_bookable(product, occurrence)
    assert not queries.is_bookable(other, occurrence)
    occurrence.cancelled_at = NOW
    assert not queries.is_bookable(product, occurrence)
    occurrence.cancelled_at, occurrence.edition = None, EditionFactory(number=2028, is_current=False)
    assert not queries.is_bookable(product, occurrence)

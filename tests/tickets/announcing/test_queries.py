"""What can be waited for."""

import datetime as dt

import pytest

from tests.factories.tickets import NOW, PriceFactory, ProductFactory, SaleAlertFactory
from tickets.announcing import queries
from tickets.catalogue.pricing import Opening
from tickets.catalogue.queries import offer

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("fields", "cents", "opening"),
    [
        ({"sale_opens": NOW + DAY}, 0, Opening.AHEAD),
        ({"sale_opens": NOW + DAY}, 5500, Opening.AHEAD),
        ({}, 5500, Opening.AHEAD),
        ({}, 0, Opening.NOW),
        ({"sale_closes": NOW}, 0, Opening.NEVER),
        ({"sale_closes": NOW}, 5500, Opening.NEVER),
        ({"sale_opens": NOW + DAY, "requires_approval": True}, 0, Opening.NEVER),
        ({"sale_opens": NOW + DAY, "admission": "occurrence"}, 0, Opening.NEVER),
        ({"kind": "addon"}, 800, Opening.AHEAD),
    ],
)
def test_what_can_be_waited_for(fields, cents, opening):
    product = ProductFactory(free=False, **fields)
    PriceFactory(product=product, cents=cents)

    assert queries.opening(offer(product.slug, now=NOW)) is opening


def test_a_secret_finds_its_alert_alone():
    alert = SaleAlertFactory()

    assert queries.alert_by_secret(alert.secret) == alert
    assert queries.alert_by_secret("x" * 43) is None


@pytest.mark.parametrize("count", [1, 3])
def test_those_to_be_told_are_read_at_once(django_assert_num_queries, count):
    product = ProductFactory(sale_opens=NOW)
    for number in range(count):
        SaleAlertFactory(product=product, email=f"{number}@example.org", confirmed_at=NOW)
    queries.due(NOW, limit=9)

    with django_assert_num_queries(2):  # stock, alerts
        assert [alert.product.edition for alert in queries.due(NOW, limit=9)] == [product.edition] * count

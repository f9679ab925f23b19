"""What the steps of a purchase read."""

import datetime as dt

import pytest

from festival.core.writing import writing
from tests.factories.tickets import NOW, LineFactory, OrderFactory
from tests.remembered import remembered
from tickets.buying import queries
from tickets.models import Product, RefundStep
from tickets.orders.wording import refund_rules
from tickets.payments.queries import summary_of

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def order(fest, lunch):
    order = OrderFactory(edition=fest.edition, state="held", expires_at=NOW, is_basket=True)
    LineFactory(order=order, product=fest, cents=11000, day=None)
    LineFactory(order=order, product=lunch, kind="addon", cents=1200, day=fest.days.first())
    return order


def test_only_what_is_listed_now_can_be_bought(fest, lunch):
    Product.objects.filter(pk=lunch.pk).update(is_listed=False)

    assert list(queries.products([fest.pk, lunch.pk, 99_999])) == [fest.pk]


def test_names_are_for_tickets_that_carry_one(order, fest):
    assert [line.product for line in queries.named_lines(summary_of(order))] == [fest]

    with writing(public=True):
        Product.objects.update(named=False)
    assert queries.named_lines(summary_of(order)) == []


def test_the_rules_of_what_is_paid_are_said_once_a_product(order, fest, lunch, django_assert_num_queries):
    with writing(public=True):
        RefundStep.objects.create(product=fest, until=NOW + dt.timedelta(days=1))
    summary = summary_of(order)

    with django_assert_num_queries(0):
        lines = queries.refund_lines(summary)
        said = refund_rules(lines, NOW)

    assert len(said) == len({line.product for line in lines if line.cents})
    assert any(str(fest.name) in sentence for sentence in said)

"""Held places: confirmed once, by whatever comes first."""

import datetime as dt

import pytest

from festival.models import closing_moment
from tests.factories.tickets import NOW, LineFactory, OrderFactory, ProductFactory, QuotaFactory
from tests.racing import at_once
from tests.remembered import remembered
from tickets.exceptions import HoldOver
from tickets.models import Order, Quota, Ticket
from tickets.orders import confirming
from tickets.orders.expiring import expire_due

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
@remembered
def held(village):
    order = OrderFactory(state="held", expires_at=LATER)
    LineFactory(order=order, product=village)
    return order


def test_confirming_twice_gives_the_tickets_once(held):
    for _ in range(2):
        confirming.confirm(order=held, now=NOW)

    assert (Order.objects.get().state, Ticket.objects.count()) == ("paid", 1)


def test_at_the_very_moment_it_is_over(held):
    assert expire_due(LATER) == 1
    assert set(Quota.objects.values_list("taken", flat=True)) == {0}

    confirming.confirm(order=held, now=LATER)

    assert Order.objects.get().state == "paid"


def test_when_the_sale_is_over_too_nothing_is_given(held):
    expire_due(LATER)
    held.lines.get().product.__class__.objects.update(sale_closes=LATER)

    with pytest.raises(HoldOver):
        confirming.confirm(order=held, now=LATER)

    assert Order.objects.get().state == "expired"


@pytest.mark.parametrize("state", ["cancelled"])
def test_what_was_cancelled_stays_so(state):
    with pytest.raises(HoldOver):
        confirming.confirm(order=OrderFactory(state=state), now=NOW)


def test_an_order_that_ended_has_its_address_for_good(held):
    with pytest.raises(HoldOver):
        confirming.correct_address(order=held, email="x@example.org", now=LATER)

    assert Order.objects.get().email == "camille@example.org"


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_and_the_end_at_once():
    product = ProductFactory()
    QuotaFactory(products=[product], day=product.days.first(), size=5)
    order = OrderFactory(state="held", expires_at=LATER)
    LineFactory(order=order, product=product)

    def click(number):
        if number == 0:
            return expire_due(LATER)
        return confirming.confirm(order=Order.objects.get(pk=order.pk), now=LATER - dt.timedelta(seconds=1))

    at_once(8, click)

    state = Order.objects.get().state
    assert (Ticket.objects.count(), Quota.objects.get().taken) == ((1, 1) if state == "paid" else (0, 0))


def test_for_a_day_that_is_over_nothing_is_given(held):
    expire_due(LATER)
    held.lines.get().product.__class__.objects.update(sale_closes=NOW + dt.timedelta(days=30))

    with pytest.raises(HoldOver):
        confirming.confirm(order=held, now=closing_moment(held.lines.get().day))

    assert Ticket.objects.count() == 0

"""Stock under a rush, on SQLite, where writers queue for the file lock."""

import uuid

import pytest

from tests.racing import at_once
from tests.tickets.races import buy, rush, sold, village
from tickets.models import Order, Quota, Ticket

pytestmark = pytest.mark.django_db(transaction=True)


def test_forty_buyers_for_ten_places_get_exactly_ten():
    outcomes = rush(buyers=40, places=10)

    assert sold(outcomes) == 10
    assert Order.objects.count() == 10
    assert Quota.objects.get().taken == 10
    assert sorted(Ticket.objects.values_list("number", flat=True)) == list(range(1, 11))


def test_the_same_form_twenty_times_is_one_order():
    product, day = village(places=100)
    form_token = uuid.uuid4()

    outcomes = at_once(20, lambda number: buy(product, day, form_token=form_token))

    assert {order.pk for order in outcomes} == {Order.objects.get().pk}
    assert Ticket.objects.count() == 1

"""Stock under a rush, on PostgreSQL, where careless code really oversells."""

import uuid

from tests.racing import at_once
from tests.tickets.races import buy, careless_take, rush, sold, village
from tickets.models import Order, Position, Quota, Series
from tickets.orders import invariants


def test_eighty_buyers_for_ten_places_get_exactly_ten():
    outcomes = rush(buyers=80, places=10)

    assert sold(outcomes) == 10
    assert Order.objects.count() == 10
    assert Quota.objects.get().taken == 10
    assert sorted(Position.objects.values_list("ticket", flat=True)) == list(range(1, 11))
    assert invariants.violations() == []


def test_the_rush_oversells_with_a_careless_stock():
    """The control: if this one sells ten too, the test above proves nothing."""
    outcomes = rush(buyers=80, places=10, take=careless_take)

    assert sold(outcomes) > 10
    assert any("taken" in line for line in invariants.violations())


def test_the_same_form_twenty_times_is_one_order():
    product, day = village(places=100)
    form_token = uuid.uuid4()

    outcomes = at_once(20, lambda number: buy(product, day, form_token=form_token))

    assert {order.pk for order in outcomes} == {Order.objects.get().pk}
    assert Position.objects.count() == 1
    assert Quota.objects.get().taken == 1
    assert Series.objects.get().last == 1
    assert invariants.violations() == []

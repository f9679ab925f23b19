"""What is kept of an order for a short time only."""

import datetime as dt

import pytest

from tests.factories.tickets import NOW, OrderFactory
from tickets.models import Order
from tickets.orders.forgetting import forget_networks
from tickets.orders.queries import network_key

pytestmark = pytest.mark.django_db


def test_the_trace_of_a_network_goes_after_two_weeks(settings):
    settings.NETWORKS_KEPT_DAYS = 14
    old = OrderFactory(network=network_key("198.51.100.7"), created_at=NOW - dt.timedelta(days=14))
    new = OrderFactory(network=network_key("198.51.100.7"), created_at=NOW - dt.timedelta(days=13))

    assert forget_networks(NOW) == 1
    assert dict(Order.objects.values_list("pk", "network")) == {old.pk: "", new.pk: network_key("198.51.100.7")}


def test_the_trace_names_nobody(settings):
    key = network_key("198.51.100.7")
    assert (len(key), key == network_key("198.51.100.7"), key == network_key("198.51.100.8")) == (16, True, False)

    settings.SECRET_KEY = "another"

    assert network_key("198.51.100.7") != key

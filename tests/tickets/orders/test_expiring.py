"""Orders that were not paid in time give their places back, once."""

import datetime as dt

import pytest

from festival.models import AuditEntry
from tests.factories.tickets import NOW, LineFactory, OrderFactory
from tests.remembered import remembered
from tickets.models import Order, Quota
from tickets.orders import expiring
from tickets.orders.queries import network_key

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
@remembered
def waiting(village):
    order = OrderFactory(edition=village.edition, state="pending", expires_at=NOW)
    LineFactory.create_batch(2, order=order, product=village)
    return order


def taken():
    return list(Quota.objects.order_by("pk").values_list("taken", flat=True))


def test_nothing_expires_early(waiting):
    assert expiring.expire_due(NOW - SECOND) == 0
    assert taken() == [2, 0]


@pytest.mark.parametrize("state", ["held", "pending"])
def test_what_waited_too_long_expires_and_gives_its_places_back_once(waiting, state):
    Order.objects.update(state=state)

    assert [expiring.expire_due(NOW) for _ in range(2)] == [1, 0]

    assert Order.objects.get().state == "expired"
    assert taken() == [0, 0]
    entry = AuditEntry.objects.get(verb="order.expired")
    assert (entry.actor, entry.subject_id) == ("system:tick", str(waiting.pk))


def test_what_was_paid_at_the_same_moment_stays_paid(waiting, monkeypatch):
    """Another process marks it paid between our look and our UPDATE."""
    found = expiring.queries.due(NOW)
    Order.objects.update(state="paid")
    monkeypatch.setattr(expiring.queries, "due", lambda now: found)

    assert expiring.expire_due(NOW) == 0

    assert taken() == [2, 0]
    Order.objects.update(state="pending")


def test_what_is_paid_never_expires(village):
    OrderFactory(edition=village.edition, expires_at=NOW)

    assert expiring.expire_due(NOW) == 0


def test_the_trace_of_a_network_goes_after_two_weeks(settings):
    settings.NETWORKS_KEPT_DAYS = 14
    old = OrderFactory(network=network_key("198.51.100.7"), created_at=NOW - dt.timedelta(days=14))
    new = OrderFactory(network=network_key("198.51.100.7"), created_at=NOW - dt.timedelta(days=13))

    assert expiring.forget_networks(NOW) == 1
    assert dict(Order.objects.values_list("pk", "network")) == {
        old.pk: "",
        new.pk: network_key("198.51.100.7"),
    }


def test_the_trace_names_nobody(settings):
    key = network_key("198.51.100.7")
    assert (
        len(key),
        key == network_key("198.51.100.7"),
        key == network_key("198.51.100.8"),
    ) == (16, True, False)

    settings.SECRET_KEY = "another"

    assert network_key("198.51.100.7") != key

"""Orders that were not paid in time give their places back, once."""

import datetime as dt

import pytest

from festival.models import AuditEntry
from tests.factories.tickets import NOW, LineFactory, OrderFactory, PaymentFactory, ProductFactory, RefundFactory
from tests.remembered import remembered
from tests.tickets.questions.conftest import ask
from tickets.models import Answer, Order, Quota
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


@pytest.fixture
def left(village):
    """A basket that somebody left after their name, which expired thirty days ago."""
    order = OrderFactory(
        edition=village.edition, state="expired", is_basket=True, expires_at=NOW - dt.timedelta(days=30)
    )
    LineFactory(order=order, product=village, holder="Zoé", counted=False)
    return order


def forgotten():
    order = Order.objects.get()
    return (order.name, order.email, order.lines.get().holder) == ("", "", "")


def test_name_and_address_of_a_basket_that_was_left_are_forgotten(left):
    assert [expiring.forget_baskets(NOW) for _ in range(2)] == [1, 0]

    assert forgotten()


@pytest.mark.parametrize(
    "changes",
    [
        {"expires_at": NOW - dt.timedelta(days=30) + SECOND},
        {"state": "held"},
        {"is_basket": False},
        {"state": "pending"},
    ],
)
def test_whatever_else_keeps_its_name(left, changes):
    Order.objects.update(**changes)

    assert expiring.forget_baskets(NOW) == 0
    assert not forgotten()
    Order.objects.update(state="expired")


@pytest.mark.parametrize(("state", "is_kept"), [("confirmed", True), ("pending", True), ("failed", False)])
def test_whose_money_came_is_not_forgotten(left, state, is_kept):
    payment = PaymentFactory(order=left, amount_cents=100, state=state)
    if state == "confirmed":
        RefundFactory(payment=payment, amount_cents=100)

    assert expiring.forget_baskets(NOW) == (0 if is_kept else 1)


def test_how_long_is_a_setting(left, settings):
    settings.BASKETS_KEPT_DAYS = 31

    assert expiring.forget_baskets(NOW) == 0


def test_what_was_answered_goes_with_the_name(left):
    question = ask(ProductFactory(edition=left.edition), "secours", subject="order")
    Answer.objects.create(question=question, order=left, value="Maman", asked="?", version=1, given_at=NOW)

    assert expiring.forget_baskets(NOW) == 1
    assert not Answer.objects.exists()

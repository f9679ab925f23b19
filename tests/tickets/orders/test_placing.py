"""Registering: exact, once, and only what is on offer."""

import datetime as dt
import uuid

import pytest
from django_tasks_db.models import DBTaskResult

from tests.factories.festival import DayFactory
from tests.factories.tickets import NOW, PriceFactory, QuotaFactory
from tickets.catalogue import stock
from tickets.exceptions import (
    DayNotOffered,
    DayPassed,
    NotFree,
    SaleClosed,
    SaleNotOpen,
    SoldOut,
    TooManyPlaces,
)
from tickets.models import Order, Position, Product, Quota
from tickets.orders import placing

pytestmark = pytest.mark.django_db
CAMILLE = placing.Buyer("Camille Dupont-N’Guessan", "camille@example.org", "fr")


def register(product, **changes):
    product = Product.objects.get(pk=product.pk)
    wish = {
        "day": product.days.first(),
        "places": 1,
        "buyer": CAMILLE,
        "form_token": uuid.UUID(int=1),
        "now": NOW,
    }
    return placing.register_free(product=product, **(wish | changes))


def taken(product):
    return list(Quota.objects.filter(product=product).order_by("pk").values_list("taken", flat=True))


def test_an_order_holds_numbered_tickets_and_their_places(village):
    order = register(village, places=3)

    assert (order.state, order.total_cents, order.language, order.created_at) == ("paid", 0, "fr", NOW)
    assert [(p.ticket, p.attendee_name, p.cents) for p in order.positions.all()] == [
        (1, CAMILLE.name, 0),
        (2, CAMILLE.name, 0),
        (3, CAMILLE.name, 0),
    ]
    assert taken(village) == [3, 0]


def test_the_mail_waits_in_the_outbox_of_the_same_transaction(village):
    order = register(village)

    task = DBTaskResult.objects.get()
    assert (task.task_path, task.args_kwargs["args"]) == ("tickets.delivery.tasks.send_order_mail", [order.pk])


def test_the_same_form_again_is_the_same_order(village):
    assert register(village) == register(village)
    assert taken(village) == [1, 0]
    assert DBTaskResult.objects.count() == 1


def test_the_same_form_again_is_the_same_order_even_when_full_or_closed(village):
    order = register(village, places=10)

    assert register(village, places=10, now=village.sale_closes) == order


@pytest.mark.parametrize("change", [{"places": 2}, {"buyer": placing.Buyer("Aïcha", "aicha@example.org", "fr")}])
def test_the_same_form_with_another_wish_is_another_order(village, change):
    first = register(village)

    assert register(village, **change) != first


def test_numbers_go_on_without_a_hole_after_a_refusal(village):
    register(village, places=9)
    with pytest.raises(SoldOut):
        register(village, places=2)
    register(village, day=village.days.last(), places=2)

    assert list(Position.objects.order_by("ticket").values_list("ticket", flat=True)) == list(range(1, 12))


def test_sold_out_says_how_many_are_left_and_writes_nothing(village):
    register(village, places=9)

    with pytest.raises(SoldOut) as caught:
        register(village, places=2)

    assert caught.value.left == 1
    assert (Order.objects.count(), DBTaskResult.objects.count()) == (1, 1)
    assert taken(village) == [9, 0]


def test_a_quota_of_the_whole_product_limits_too(village):
    QuotaFactory(product=village, day=None, size=3)
    register(village, places=3)

    with pytest.raises(SoldOut):
        register(village, day=village.days.last())
    assert taken(village) == [3, 0, 3]


def test_a_product_without_quota_is_not_limited(village):
    village.quotas.all().delete()

    assert register(village, places=10).positions.count() == 10


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"now": dt.datetime(2027, 1, 12, 8, 59, tzinfo=dt.UTC)}, SaleNotOpen),
        ({"now": dt.datetime(2027, 5, 4, 15, tzinfo=dt.UTC)}, SaleClosed),
        ({"now": dt.datetime(2027, 5, 2, 17, tzinfo=dt.UTC)}, DayPassed),
        ({"day": None}, DayNotOffered),
        ({"places": 0}, TooManyPlaces),
        ({"places": 11}, TooManyPlaces),
    ],
)
def test_what_is_not_possible(village, change, error):
    with pytest.raises(error):
        register(village, **change)
    assert not Order.objects.exists()


def test_a_day_of_another_product_is_not_offered(village):
    with pytest.raises(DayNotOffered):
        register(village, day=DayFactory(date=dt.date(2027, 5, 4)))


@pytest.mark.parametrize("price", [{"cents": 500}, {"cents": 0, "max_cents": 500}])
def test_what_costs_something_is_not_given_away(village, price):
    PriceFactory(product=village, slug="autre", **price)

    with pytest.raises(NotFree):
        register(village)


def test_what_needs_approval_is_not_given_at_once(village):
    Product.objects.update(requires_approval=True)

    with pytest.raises(NotFree):
        register(village)


def test_places_come_back(village):
    register(village, places=4)
    order = Order.objects.get()
    order.positions.update(cancelled_at=NOW)

    stock.give_back(stock.quotas_of(product=village, day_id=order.positions.first().day_id), 4)

    assert taken(village) == [0, 0]


def test_numbers_outside_a_sale_are_refused(village, monkeypatch):
    monkeypatch.setattr(stock.transaction.get_connection(), "in_atomic_block", False)

    with pytest.raises(RuntimeError, match="within the transaction"):
        stock.next_numbers(1)


def test_a_mail_can_be_sent_again(village):
    order = register(village)
    Order.objects.update(mailed_at=NOW)

    placing.resend_order_mail(order=order)

    assert Order.objects.get().mailed_at is None
    assert DBTaskResult.objects.count() == 2

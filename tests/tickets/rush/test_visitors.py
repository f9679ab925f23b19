"""Visitors of a rush: real pages, real forms."""

import pytest

from tests.tickets.rush.conftest import come
from tickets.models import Order
from tickets.rush.rules import ACCEPTED, LOOKED, Errand
from tickets.rush.visitors import Target

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("errand", "state", "answers"), [(Errand.FREE, "paid", [200, 302, 200]), (Errand.PAID, "pending", [200, 302] * 3)]
)
def test_an_errand_is_done(shop, target, errand, state, answers):
    outcome = come(target, errand)

    order = Order.objects.get()
    assert (outcome.result, outcome.code, order.state) == (ACCEPTED, order.code, state)
    assert [answer.status for answer in outcome.answers][: len(answers)] == answers
    assert order.email == "visitor1@example.org"


def test_whoever_only_looks_orders_nothing(shop, target):
    assert come(target, Errand.LOOK).result == LOOKED
    assert not Order.objects.exists()


def test_another_page_than_expected_is_named(shop, live_server):
    assert come(Target.at(live_server.url, "/fr/nowhere/"), Errand.FREE).result == "HTTP 404 Not Found"

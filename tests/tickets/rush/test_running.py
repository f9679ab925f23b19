"""Visitors are let loose, and the floor is measured beside them."""

import pytest
from django.test import override_settings

from tests.tickets.rush.conftest import come
from tickets.models import Order
from tickets.rush import report, running
from tickets.rush.rules import ACCEPTED, SOLD_OUT, Arrival, Errand

pytestmark = pytest.mark.django_db(transaction=True)


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_a_rush_sells_what_there_is_and_no_more(shop, target):
    plan = [Arrival(number, 0, Errand.FREE) for number in range(6)]
    outcomes, seconds = running.let_loose(target, plan, seed=1)

    assert sorted(outcome.result for outcome in outcomes) == [ACCEPTED] * 2 + [SOLD_OUT] * 4
    found = report.Round(tuple(outcomes), seconds, cpu=0)
    assert report.violations(shop, [found]) == []
    first, *rest = report.round_lines(found, 0)
    assert "6 visitors" in first
    assert "2 orders accepted" in first
    assert "4 sold out" in first
    assert rest[-1] == "   No errors."
    assert come(target, Errand.PAID, 9).result == ACCEPTED
    assert [order.network for order in Order.objects.all()].count("") == 0
    assert len({order.network for order in Order.objects.all()}) == 3  # each comes from an address of their own


def test_the_floor_is_measured_beside_it(shop, target, monkeypatch):
    monkeypatch.setattr(running, "FLOOR_SECONDS", 0.3)
    monkeypatch.setattr(running, "FLOOR_THREADS", 2)
    floor = running.measure_floor(target)

    assert floor.views > 0
    assert floor.commits > 0
    assert report.floor_line(floor, "sqlite").startswith("Floor: ")

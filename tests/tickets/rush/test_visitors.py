"""Visitors of a rush, against the site in a thread of this process: real pages, real forms."""

import time
from random import Random

import pytest
from django.test import override_settings

from festival.models import Edition
from tests.factories.tickets import NOW
from tickets.models import Order, Quota
from tickets.rush import report, running, stage
from tickets.rush.rules import ACCEPTED, LOOKED, SOLD_OUT, Arrival, Errand
from tickets.rush.visitors import Target, visit

pytestmark = pytest.mark.django_db(transaction=True)
OFFICE = "/fr/billetterie/"


@pytest.fixture
def shop(db):
    Edition.objects.all().delete()
    return stage.build(places=2, now=NOW)


@pytest.fixture
def target(live_server):
    return Target.at(live_server.url, OFFICE)


def come(target, errand, number=1):
    arrival = Arrival(number, 0, errand)
    return visit(target, arrival, chance=Random(number), due=time.perf_counter())


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


@pytest.mark.unsound
def test_what_must_never_happen_is_named(shop, target):
    outcome = come(target, Errand.FREE)
    Quota.objects.filter(taken=1).update(size=0, taken=0)
    Order.objects.update(code="ANOTHER")

    found = report.violations(shop, [report.Round((outcome,), 1, 0)])
    assert any(line.startswith("Oversold") and "has 0 places and sold 1" in line for line in found)
    assert "1 orders were accepted, and 0 are in the books." in found


def test_a_server_that_is_not_there_is_named():
    outcome = come(Target.at("http://127.0.0.1:9", OFFICE), Errand.FREE)

    assert outcome.result == "no answer: ConnectionRefusedError"
    found = report.violations(Edition(pk=0), [report.Round((outcome,), 1, 0)])
    assert found == ["no answer: ConnectionRefusedError: 1", "No order was accepted."]


def test_another_page_than_expected_is_named(shop, live_server):
    assert come(Target.at(live_server.url, "/fr/nowhere/"), Errand.FREE).result == "HTTP 404 Not Found"


def test_the_floor_is_measured_beside_it(shop, target, monkeypatch):
    monkeypatch.setattr(running, "FLOOR_SECONDS", 0.3)
    monkeypatch.setattr(running, "FLOOR_THREADS", 2)
    floor = running.measure_floor(target)

    assert floor.views > 0
    assert floor.commits > 0
    assert report.floor_line(floor, "sqlite").startswith("Floor: ")

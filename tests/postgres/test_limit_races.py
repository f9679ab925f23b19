"""Limits and twins under a rush, on PostgreSQL."""

import datetime as dt
import uuid

from django.test import Client
from django.utils import timezone

from festival.core import limits
from festival.core.limits import Rate, RateLimited, Use
from festival.models import RateCount
from tests.racing import at_once
from tests.tickets.orders.test_views import office, wish
from tests.tickets.races import village
from tickets.models import Order, Product, Quota

NOW = dt.datetime(2027, 5, 2, 9, 30, tzinfo=dt.UTC)


def test_of_forty_at_once_exactly_the_limit_passes():
    seven, wide = Rate("race", limit=7, seconds=600), Rate("wide", limit=100, seconds=600)

    outcomes = at_once(40, lambda number: limits.count_all([Use(seven, "x"), Use(wide, f"{number}")], now=NOW))

    assert outcomes.count(None) == 7
    assert sum(isinstance(each, RateLimited) for each in outcomes) == 33


def test_forty_posts_of_one_form_are_one_order_and_forty_right_answers():
    village(places=100)

    answers = at_once(40, lambda number: Client().post(office(), wish()))

    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1
    assert (Order.objects.count(), Quota.objects.get().taken) == (1, 1)
    assert set(RateCount.objects.values_list("used", flat=True)) == {1}


def test_one_network_takes_exactly_what_it_may():
    village(places=500)
    Product.objects.update(places_per_network=20)

    def post(number):
        return Client().post(office(), wish(form_token=str(uuid.uuid4()), email=f"x{number}@example.org", places="3"))

    answers = at_once(24, post)

    statuses = [answer.status_code for answer in answers]
    assert (statuses.count(302), statuses.count(429)) == (6, 18)
    assert Quota.objects.get().taken == 18


def test_counting_uses_real_time_whatever_the_festival_shows():
    village(places=10)

    Client().post(office(), wish())

    assert all(row.ends_at > timezone.now() for row in RateCount.objects.all())

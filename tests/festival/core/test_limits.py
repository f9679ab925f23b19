"""How often something may be done."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import transaction

from festival.core import limits
from festival.core.limits import Rate, RateLimited, Use
from festival.models import RateCount
from tests.racing import at_once

pytestmark = pytest.mark.django_db
TWICE = Rate("test", limit=2, seconds=600)
START = dt.datetime(2027, 5, 2, 9, 30, tzinfo=dt.UTC)


def test_the_third_time_is_too_often_until_the_window_ends():
    for _ in range(2):
        limits.count(TWICE, "camille@example.org", now=START)

    with pytest.raises(RateLimited) as caught:
        limits.count(TWICE, "camille@example.org", now=START + dt.timedelta(minutes=4, seconds=30))

    assert (caught.value.scope, caught.value.seconds, caught.value.minutes) == ("test", 330, 6)
    limits.count(TWICE, "camille@example.org", now=START + dt.timedelta(minutes=10))


@pytest.mark.parametrize("spelling", ["CAMILLE@example.org", " camille@example.org ", "ｃamille@example.org"])
def test_another_spelling_is_the_same_subject(spelling):
    for _ in range(2):
        limits.count(TWICE, "camille@example.org", now=START)

    with pytest.raises(RateLimited):
        limits.count(TWICE, spelling, now=START)


@pytest.mark.parametrize("subject", ["", "\x00", "\ud800", "x" * 10_000, "'); DROP TABLE x; --"])
def test_any_subject_is_counted(subject):
    for _ in range(2):
        limits.count(TWICE, subject, now=START)

    with pytest.raises(RateLimited):
        limits.count(TWICE, subject, now=START)


def test_scopes_and_subjects_are_counted_apart():
    for _ in range(2):
        limits.count(TWICE, "camille@example.org", now=START)

    limits.count(TWICE, "aicha@example.org", now=START)
    limits.count(Rate("other", limit=1, seconds=600), "camille@example.org", now=START)


def test_what_is_refused_is_not_counted_so_less_may_still_be_had():
    ten = Rate("places", limit=10, seconds=3600)
    limits.count_all([Use(ten, "school", amount=8)], now=START)

    for amount in (3, 11, 1000):
        with pytest.raises(RateLimited):
            limits.count_all([Use(ten, "school", amount=amount)], now=START)

    limits.count_all([Use(ten, "school", amount=2)], now=START)
    assert RateCount.objects.get().used == 10


def test_of_several_the_one_that_lasts_longest_says_when_to_come_back():
    hour = Rate("hour", limit=1, seconds=3600)
    for _ in range(1):
        limits.count_all([Use(hour, "x"), Use(Rate("short", limit=1, seconds=60), "x")], now=START)

    with pytest.raises(RateLimited) as caught:
        limits.count_all([Use(hour, "x"), Use(Rate("short", limit=1, seconds=60), "x")], now=START)

    assert caught.value.scope == "hour"


def test_several_are_counted_with_one_statement(django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(1):
        limits.count_all([Use(TWICE, name) for name in "abc"], now=START)


def test_what_is_given_up_was_never_counted():
    for _ in range(5):
        with transaction.atomic():
            limits.count(TWICE, "x", now=START)
            transaction.set_rollback(True)

    assert not RateCount.objects.exists()


def test_nobody_makes_a_counter_start_anew_through_the_cache():
    for _ in range(2):
        limits.count(TWICE, "x", now=START)

    for number in range(1000):
        cache.set(f"stranger-{number}", number)
    cache.clear()

    with pytest.raises(RateLimited):
        limits.count(TWICE, "x", now=START)


def test_old_counters_go():
    limits.count(TWICE, "x", now=dt.datetime.now(dt.UTC))
    limits.count(TWICE, "x", now=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))

    assert limits.forget_old(START) == 1
    assert RateCount.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_the_limit_passes():
    five = Rate("race", limit=5, seconds=600)

    outcomes = at_once(12, lambda number: limits.count(five, "x", now=START))

    assert outcomes.count(None) == 5
    assert sum(isinstance(each, RateLimited) for each in outcomes) == 7

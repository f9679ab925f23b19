"""What of a choice cannot be had now: told before anybody tries."""

import datetime as dt

import pytest

from tests.factories.tickets import NOW, QuotaFactory
from tickets.catalogue import queries
from tickets.catalogue.choice import shortage
from tickets.models import Product, Quota

pytestmark = pytest.mark.django_db
MAY_2, MAY_3 = dt.date(2027, 5, 2), dt.date(2027, 5, 3)


def offer(village, now=NOW):
    return queries.offer(village.slug, now=now)


def said(found):
    return found and (type(found.error).__name__, getattr(found.error, "left", None), found.day)


@pytest.mark.parametrize(
    ("left", "count", "expected"),
    [(10, 10, None), (2, 2, None), (2, 3, ("SoldOut", 2, MAY_3)), (0, 1, ("SoldOut", 0, MAY_3))],
)
def test_of_each_chosen_day(village, left, count, expected):
    Quota.objects.filter(day__date=MAY_3).update(size=left)
    days = [cell.day.pk for cell in offer(village).days]

    assert said(shortage(offer(village), days, count)) == expected
    assert shortage(offer(village), days[:1], count) is None


def test_a_day_that_is_over(village):
    now = NOW + dt.timedelta(days=1)
    days = [cell.day.pk for cell in offer(village, now).days]

    assert said(shortage(offer(village, now), days, 1)) == ("DayPassed", None, MAY_2)
    assert shortage(offer(village, now), days[1:], 1) is None


def test_places_that_are_shared_by_all_days(village):
    QuotaFactory(products=[village], size=3)
    days = [cell.day.pk for cell in offer(village).days]

    assert shortage(offer(village), days, 1) is None
    assert said(shortage(offer(village), days, 2)) == ("SoldOut", 3, None)


def test_a_product_without_a_choice_of_days(village):
    Product.objects.update(admission="all_days")
    Quota.objects.filter(day__date=MAY_2).update(size=1)

    assert shortage(offer(village), [None], 1) is None
    assert said(shortage(offer(village), [None], 2)) == ("SoldOut", 1, None)


def test_what_nothing_limits(village):
    Quota.objects.all().delete()

    assert shortage(offer(village), [None], 10_000) is None

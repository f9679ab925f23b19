"""Stock under a rush, on PostgreSQL, where careless code really oversells."""

import datetime as dt
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from festival.core import series
from festival.core.audit import Actor
from tests.factories.festival import DayFactory, EditionFactory
from tests.factories.tickets import NOW, ProductFactory, QuotaFactory
from tests.racing import at_once
from tests.tickets.races import buy, careless_take, ready, rush, sold, village
from tickets.catalogue import invariants as stock_invariants, stock, stocking
from tickets.models import Order, OrderLine, Quota, Ticket
from tickets.orders import invariants


def violations():
    return stock_invariants.violations() + invariants.violations()


def test_eighty_buyers_for_ten_places_get_exactly_ten():
    outcomes = rush(buyers=80, places=10)

    assert sold(outcomes) == 10
    assert Order.objects.count() == 10
    assert Quota.objects.get().taken == 10
    assert sorted(Ticket.objects.values_list("number", flat=True)) == list(range(1, 11))
    assert violations() == []


def test_the_rush_oversells_with_a_careless_stock():
    """The control: if this one sells ten too, the test above proves nothing."""
    outcomes = rush(buyers=80, places=10, take=careless_take)

    assert sold(outcomes) > 10
    assert any("taken" in line for line in violations())


def test_the_same_form_twenty_times_is_one_order():
    product, day = village(places=100)
    form_token = uuid.uuid4()

    outcomes = at_once(20, lambda number: buy(product, day, form_token=form_token))

    assert {order.pk for order in outcomes} == {Order.objects.get().pk}
    assert Ticket.objects.count() == 1
    assert Quota.objects.get().taken == 1
    assert series.last(Ticket.SERIES, edition=product.edition) == 1
    assert violations() == []


def fest(*, places):
    """Return a free pass for three days and free tickets for one of them, which share the places of each day."""
    days = [DayFactory(edition=EditionFactory(), date=dt.date(2027, 5, day)) for day in (5, 6, 7)]
    closes = dt.datetime(2027, 5, 7, 12, tzinfo=dt.UTC)
    whole = ProductFactory(slug="pass", admission="all_days", days=days, sale_closes=closes)
    single = ProductFactory(slug="jour", days=days, sale_closes=closes)
    for day in days:
        QuotaFactory(products=[whole, single], day=day, size=places)
    return ready(whole), ready(single), days


def rush_for_the_fest(*, buyers, places, take=stock.take):
    """Let every fourth want a pass, the others one of the three days, all at once."""
    whole, single, days = fest(places=places)

    def one(number):
        if number % 4 == 0:
            return buy(whole, None, number=number, take=take)
        return buy(single, days[number % 3], number=number, take=take)

    return sold(at_once(buyers, one))


def people_on(date):
    """Return how many may come on a day, counted without any rule of ours."""
    passes = OrderLine.objects.filter(product__slug="pass").count()
    return passes + OrderLine.objects.filter(product__slug="jour", day__date=date).count()


DATES = [dt.date(2027, 5, day) for day in (5, 6, 7)]


def test_passes_and_day_tickets_share_the_days_exactly():
    rush_for_the_fest(buyers=80, places=12)

    # Day tickets alone are wanted oftener than there are places, so each day fills.
    assert [people_on(date) for date in DATES] == [12, 12, 12]
    assert list(Quota.objects.values_list("taken", flat=True)) == [12, 12, 12]
    assert violations() == []


def test_passes_and_day_tickets_oversell_with_a_careless_stock():
    """The control of the test above."""
    rush_for_the_fest(buyers=80, places=12, take=careless_take)

    assert max(people_on(date) for date in DATES) > 12
    assert any("taken" in line for line in violations())


def test_whoever_adds_a_quota_waits_for_the_sale_that_runs():
    """The sale has read its quotas and not taken yet: the new quota must count it, though it never drew on it."""
    product, day = village(places=10)

    def add_quota():
        quota = Quota(edition=product.edition, name="Tout", size=10)
        try:
            stocking.save_quota(quota=quota, products=[product], actor=Actor.system("race"), now=NOW)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        adding = []

        def slow_take(places):
            adding.append(pool.submit(add_quota))
            time.sleep(0.5)
            stock.take(places)

        buy(product, day, take=slow_take)
        adding[0].result(timeout=30)

    assert list(Quota.objects.order_by("pk").values_list("taken", flat=True)) == [1, 1]
    assert violations() == []

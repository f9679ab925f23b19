"""What the shop may say and ask."""

import dataclasses
import datetime as dt
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given, strategies as st

from tickets.catalogue import pricing
from tickets.catalogue.pricing import Opening, SaleState, Scarcity, Stock

OPENS = dt.datetime(2027, 1, 12, 9, tzinfo=dt.UTC)
CLOSES = dt.datetime(2027, 5, 4, 15, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (OPENS - SECOND, SaleState.SOON),
        (OPENS, SaleState.OPEN),
        (CLOSES - SECOND, SaleState.OPEN),
        (CLOSES, SaleState.CLOSED),
    ],
)
def test_sale_state(at, state):
    assert pricing.sale_state(opens=OPENS, closes=CLOSES, at=at) is state


@pytest.mark.parametrize(
    ("state", "is_sold_online", "opening"),
    [
        (SaleState.SOON, True, Opening.AHEAD),
        (SaleState.SOON, False, Opening.AHEAD),
        (SaleState.OPEN, True, Opening.NOW),
        (SaleState.OPEN, False, Opening.AHEAD),
        (SaleState.CLOSED, True, Opening.NEVER),
        (SaleState.CLOSED, False, Opening.NEVER),
    ],
)
def test_what_is_still_ahead(state, is_sold_online, opening):
    assert pricing.opening(state, is_sold_online=is_sold_online) is opening


@pytest.mark.parametrize(
    ("stock", "scarcity"),
    [
        (None, Scarcity.FREE),
        (Stock(10, 10), Scarcity.NONE),
        (Stock(10, 12), Scarcity.NONE),
        (Stock(10, 9), Scarcity.LAST),
        (Stock(10, 8), Scarcity.MANY),
        (Stock(2500, 2451), Scarcity.LAST),
        (Stock(2500, 2449), Scarcity.MANY),
        (Stock(1, 0), Scarcity.LAST),
        (Stock(0, 0), Scarcity.NONE),
    ],
)
def test_scarcity(stock, scarcity):
    assert pricing.scarcity(stock) is scarcity


def test_a_shrunk_quota_has_no_places_rather_than_fewer_than_none():
    assert Stock(size=5, taken=9).left == 0


def test_the_scarcest_quota_decides():
    assert pricing.tightest([Stock(900, 0), None, Stock(250, 240)]) == Stock(250, 240)
    assert pricing.tightest([None]) is None


@pytest.mark.parametrize(
    ("quota_day", "quota_occurrence", "days", "occurrence", "draws"),
    [
        (None, None, {1}, None, True),  # a quota of the whole product
        (None, None, set(), None, True),
        (None, None, set(), 7, True),
        (1, None, {1}, None, True),
        (1, None, {2}, None, False),
        (1, None, {1, 2, 3}, None, True),  # a pass draws on each of its days
        (1, None, set(), 7, False),  # a session is no day
        (None, 7, set(), 7, True),
        (None, 7, set(), 8, False),
        (None, 7, {1}, None, False),
    ],
)
def test_which_quotas_a_line_draws_on(quota_day, quota_occurrence, days, occurrence, draws):
    found = pricing.draws_on(quota_day=quota_day, quota_occurrence=quota_occurrence, days=days, occurrence=occurrence)

    assert found is draws


@dataclasses.dataclass
class Amount:
    cents: int
    max_cents: int | None = None


@pytest.mark.parametrize(
    ("prices", "free"),
    [
        ([], False),
        ([Amount(0)], True),
        ([Amount(0), Amount(0)], True),
        ([Amount(0), Amount(1)], False),
        ([Amount(0, 500)], False),
    ],
)
def test_is_free(prices, free):
    assert pricing.is_free(prices) is free


@pytest.mark.parametrize(
    ("cents", "rate", "vat"),
    [
        (0, 2000, 0),
        (5500, 0, 0),
        (1200, 2000, 200),
        (1100, 1000, 100),
        (1055, 550, 55),
        (1021, 210, 21),
        (1, 2000, 0),
        (3, 2000, 1),  # exactly half a cent is rounded up,
        (-3, 2000, -1),  # and away from zero in a refund
        (-1200, 2000, -200),
        (100, 9999, 50),
    ],
)
def test_included_vat(cents, rate, vat):
    assert pricing.included_vat(cents, rate) == vat


@given(cents=st.integers(-(10**9), 10**9), rate=st.integers(0, 9999))
def test_included_vat_is_the_nearest_cent_of_the_exact_share(cents, rate):
    vat = pricing.included_vat(cents, rate)

    exact = Fraction(cents * rate, 10_000 + rate)
    assert abs(vat - exact) <= Fraction(1, 2)
    assert pricing.included_vat(-cents, rate) == -vat
    assert abs(vat) <= abs(cents)


@given(lines=st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from([0, 210, 550, 1000, 2000])), max_size=20))
def test_net_and_tax_by_rate_add_up_to_what_is_asked(lines):
    by_rate: dict[int, list[int]] = {}
    for cents, rate in lines:
        net, vat = by_rate.setdefault(rate, [0, 0])
        tax = pricing.included_vat(cents, rate)
        by_rate[rate] = [net + cents - tax, vat + tax]

    assert sum(net + vat for net, vat in by_rate.values()) == sum(cents for cents, _rate in lines)


@pytest.mark.parametrize(
    ("confirmation", "stock", "places", "needed"),
    [
        ("never", Stock(10, 10), 1, False),
        ("always", None, 1, True),
        ("always", Stock(10, 0), 1, True),
        ("filling", None, 1, False),
        ("filling", Stock(10, 7), 1, False),
        ("filling", Stock(10, 7), 2, True),
        ("filling", Stock(10, 8), 1, True),
        ("filling", Stock(0, 0), 1, True),
    ],
)
def test_places_are_held_when_the_organiser_wants_it(confirmation, stock, places, needed):
    found = pricing.needs_confirmation(confirmation=confirmation, percent=80, stock=stock, places=places)

    assert found is needed


@pytest.mark.parametrize(
    ("lowest", "highest", "cents", "is_offered"),
    [
        (1200, None, 1200, True),
        (1200, None, 1201, False),
        (600, 5000, 599, False),
        (600, 5000, 600, True),
        (600, 5000, 5000, True),
        (600, 5000, 5001, False),
    ],
)
def test_what_a_price_asks_or_lets_choose(lowest, highest, cents, is_offered):
    price = SimpleNamespace(cents=lowest, max_cents=highest)

    assert pricing.is_offered(price, cents) is is_offered


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), max_size=5))
def test_so_many_places_are_affordable_as_their_lowest_price_fits(cents, prices):
    found = pricing.affordable(cents, prices)
    paid = [price for price in prices if price > 0]

    assert found == 0 if not paid else found * min(paid) <= cents < (found + 1) * min(paid)


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (200, [1, 1, 1], [67, 67, 66]),
        (7, [2, 0, 5], [2, 0, 5]),
        (10, [8000, 2000], [8, 2]),
        (10, [0, 0], [10, 0]),
        (0, [3, 4], [0, 0]),
        (5, [], []),
    ],
)
def test_an_amount_is_cut_in_proportion_to_the_cent(total, weights, parts):
    assert pricing.apportioned(total, weights) == parts


@pytest.mark.parametrize(
    ("stock", "count", "lots"),
    [
        (Stock(10, 0), 2, Stock(5, 0)),
        (Stock(11, 4), 2, Stock(5, 2)),
        (Stock(11, 10), 2, Stock(5, 5)),
        (Stock(1, 0), 2, Stock(0, 0)),
    ],
)
def test_places_are_counted_in_lots(stock, count, lots):
    assert stock.in_lots(count) == lots

"""What the shop may say and ask."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.catalogue import pricing
from tickets.catalogue.pricing import SaleState, Scarcity, Stock

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


def test_a_ticket_for_one_day_uses_the_product_and_its_day():
    stocks = {None: Stock(9, 0), 1: Stock(5, 0), 2: Stock(4, 0)}

    assert pricing.applicable(stocks, 2) == [Stock(9, 0), Stock(4, 0)]
    assert pricing.applicable(stocks, None) == [Stock(9, 0), Stock(5, 0), Stock(4, 0)]


@given(st.lists(st.integers(0, 10**7)))
def test_a_total_is_never_less_than_a_line(cents):
    assert pricing.total(cents) >= max(cents, default=0)

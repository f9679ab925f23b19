"""What a fee comes to: of each place, of an order, of nothing."""

import pytest
from hypothesis import given, strategies as st

from tickets.fees.rules import Charge, Terms, amount, charges


def terms(cents=150, percent=0, *, is_per_place=True, on_free=False):
    return Terms(cents, percent, is_per_place=is_per_place, on_free=on_free)


@pytest.mark.parametrize(
    ("of", "price", "cents"),
    [
        (terms(), 6000, 150),
        (terms(), 0, 0),
        (terms(on_free=True), 0, 150),
        (terms(0, 250), 6000, 150),
        (terms(0, 250), 6020, 151),  # 150.5: halves up
        (terms(0, 250), 6019, 150),
        (terms(50, 100), 999, 60),
        (terms(0, 250, on_free=True), 0, 0),
    ],
)
def test_it_is_so_much_of_a_price(of, price, cents):
    assert amount(of, price) == cents


def test_each_place_has_its_own():
    assert charges(terms(0, 1000), [1000, 0, 55]) == [Charge(0, 100), Charge(2, 6)]


def test_an_order_has_it_once():
    assert charges(terms(200, 100, is_per_place=False), [1000, 0, 55]) == [Charge(None, 211)]


@pytest.mark.parametrize("prices", [[], [0, 0]])
def test_what_costs_nothing_carries_none(prices):
    assert charges(terms(), prices) == charges(terms(is_per_place=False), prices) == []


def test_nothing_without_a_place_even_where_free_places_carry_one():
    assert charges(terms(is_per_place=False, on_free=True), []) == []
    assert charges(terms(is_per_place=False, on_free=True), [0]) == [Charge(None, 150)]


@given(st.integers(0, 3000), st.lists(st.integers(0, 10_000_000), max_size=20))
def test_a_part_of_the_price_is_right_within_half_a_cent(percent, prices):
    for charge in charges(terms(0, percent), prices):
        assert abs(charge.cents * 10_000 - prices[charge.place] * percent) <= 5000

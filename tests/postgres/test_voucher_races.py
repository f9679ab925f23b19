"""The last uses of a code under a rush, on PostgreSQL, where careless code really oversteps."""

import pytest

from tests.factories.tickets import VoucherFactory
from tests.tickets.races import careless_take as careless_stock
from tests.tickets.vouchers.races import careless_take, rush, rush_for_kept
from tickets.catalogue import invariants as stock_invariants
from tickets.exceptions import SoldOut
from tickets.models import Order, Quota, Voucher, VoucherUse
from tickets.orders import invariants as order_invariants
from tickets.vouchers import invariants
from tickets.vouchers.faults import VoucherRefused


def sold_with_and_without(outcomes):
    with_code = sum(isinstance(outcome, Order) for outcome in outcomes[1::2])
    return with_code, sum(isinstance(outcome, Order) for outcome in outcomes) - with_code


@pytest.mark.parametrize("_round", range(3))
def test_what_a_code_keeps_is_had_with_it_alone(_round):
    outcomes = rush_for_kept()

    with_code, without = sold_with_and_without(outcomes)
    assert with_code + without == 10
    assert with_code >= 4
    assert {type(outcome) for outcome in outcomes} == {Order, SoldOut}
    assert Quota.objects.values_list("taken", "reserved").get() == (10, 0)
    assert invariants.violations() + stock_invariants.violations() + order_invariants.violations() == []


def test_the_rush_for_what_is_kept_oversells_with_careless_stock():
    """The control: if this one is right too, the test above proves nothing."""
    outcomes = rush_for_kept(take=careless_stock)

    assert sum(isinstance(outcome, Order) for outcome in outcomes) > 10 or stock_invariants.violations()


FIVE_LEFT = {"max_uses": 60, "used_before": 55}


def test_twenty_buyers_for_the_last_five_uses_get_exactly_five():
    VoucherFactory(**FIVE_LEFT)

    outcomes = rush(buyers=20)

    assert sum(isinstance(outcome, Order) for outcome in outcomes) == 5
    assert sum(isinstance(outcome, VoucherRefused) for outcome in outcomes) == 15
    assert (Order.objects.count(), VoucherUse.objects.count()) == (5, 5)
    assert Voucher.objects.values_list("used", "spent_cents").get() == (5, 10_000)
    assert invariants.violations() + stock_invariants.violations() + order_invariants.violations() == []


def test_a_budget_is_not_overdrawn_by_twenty_at_once():
    VoucherFactory(budget_cents=11_000)

    outcomes = rush(buyers=20)

    assert sum(isinstance(outcome, Order) for outcome in outcomes) in {5, 6}
    assert {type(outcome) for outcome in outcomes} == {Order, VoucherRefused}
    spent = Voucher.objects.get().spent_cents
    assert spent == sum(VoucherUse.objects.values_list("cents", flat=True)) <= 11_000
    assert invariants.violations() == []


def test_the_rush_oversteps_with_careless_counting():
    """The control: if this one gives five too, the tests above prove nothing."""
    VoucherFactory(**FIVE_LEFT)

    outcomes = rush(buyers=20, take=careless_take)

    assert sum(isinstance(outcome, Order) for outcome in outcomes) > 5
    assert any("it is for 60" in line for line in invariants.violations())

"""The last money of the pot under a rush, on PostgreSQL, where careless code really gives more than there is."""

import pytest

from tests.factories.tickets import NOW
from tests.racing import at_once
from tests.tickets.solidarity.conftest import OFFICE, ask, give, wish
from tests.tickets.solidarity.races import careless_take, pot_and_box, rush
from tickets.models import Order, Pot, PotRequest
from tickets.orders import cancelling, invariants as order_invariants
from tickets.payments import invariants as money_invariants
from tickets.solidarity import granting, invariants

GRANTED = PotRequest.State.GRANTED


@pytest.fixture
def shop():
    """The pot and the product by which one gives."""
    return pot_and_box()


def test_two_requests_for_the_last_money_get_exactly_one_ticket(shop):
    pot, box = shop
    give(box, 6000)

    found = rush(pot, people=2)

    assert sorted(request.state for request in found) == ["granted", "waiting"]
    assert Pot.objects.get().balance_cents == 0
    assert invariants.violations() + money_invariants.violations() + order_invariants.violations() == []


def test_twelve_requests_for_five_tickets_get_five(shop):
    pot, box = shop
    give(box, 30_500)

    found = rush(pot, people=12)

    assert sum(request.state == GRANTED for request in found) == 5
    assert Pot.objects.get().balance_cents == 500
    assert invariants.violations() == []


def test_the_rush_gives_too_much_with_careless_counting(shop):
    """The control: if this one gives one too, the tests above prove nothing."""
    pot, box = shop
    give(box, 6000)

    found = rush(pot, people=4, take=careless_take)

    assert sum(request.state == GRANTED for request in found) > 1
    assert any("more were given out" in line for line in invariants.violations())


def test_one_request_is_given_once_by_eight_at_once(shop):
    pot, box = shop
    give(box, 50_000)
    request = ask(wish(pot), automatic=False)

    outcomes = at_once(8, lambda _number: granting.grant(request=request, actor=OFFICE, now=NOW))

    assert sum(isinstance(outcome, Order) for outcome in outcomes) == 1
    assert Pot.objects.get().balance_cents == 44_000
    assert invariants.violations() == []


def test_a_gift_is_taken_back_or_given_out_never_both(shop):
    pot, box = shop
    gift = give(box, 6000)
    request = ask(wish(pot), automatic=False)
    line = gift.lines.get().pk

    def either(number):
        if number:
            return granting.grant(request=request, actor=OFFICE, now=NOW)
        return cancelling.refund(order=gift, lines=[line], cents=6000, actor=OFFICE, now=NOW)

    outcomes = at_once(2, either)

    assert sum(not isinstance(outcome, Exception) for outcome in outcomes) == 1
    assert Pot.objects.get().balance_cents == 0
    assert invariants.violations() + money_invariants.violations() == []

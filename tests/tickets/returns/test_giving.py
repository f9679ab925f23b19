"""A free amount goes back out of goodwill: tickets stay valid, taxes stay right, never more than was paid."""

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from festival.models import AuditEntry, OutgoingMail
from tests.factories.tickets import NOW
from tests.tickets.bought import OFFICE, balance, bought, fresh, meal, ordered, pay, went_back
from tests.tickets.buying.conftest import item
from tickets.models import OrderLine, Quota, Refund
from tickets.payments import invariants
from tickets.payments.faults import RefundTooHigh
from tickets.returns import giving

pytestmark = pytest.mark.django_db


def give(order, cents, told=""):
    return giving.give(order=order, cents=cents, told=told, actor=OFFICE, now=NOW)


def test_a_part_goes_back_and_all_tickets_stay(fest, lunch):
    order = bought(item(fest), meal(lunch))

    give(order, 2440, "Pardon pour la file.")

    after = fresh(order)
    assert (went_back(order), after.total_cents, balance(order)) == (2440, 9760, 9760)
    assert after.tickets.get().state == "valid"
    off = OrderLine.objects.filter(kind="discount").order_by("vat_rate").values_list("vat_rate", "cents", "vat_cents")
    assert list(off) == [(550, -2200, -115), (1000, -240, -22)]
    refund = Refund.objects.get()
    assert (refund.reason, refund.told) == ("goodwill", "Pardon pour la file.")
    assert OutgoingMail.objects.filter(kind="payment.refunded").count() == 1
    assert AuditEntry.objects.filter(verb="order.goodwill_given").count() == 1


def test_never_more_than_was_paid_and_has_not_gone_back(fest):
    order = bought(item(fest))
    give(order, 10000)

    for cents in (1001, 0, -5):
        with pytest.raises(RefundTooHigh) as error:
            give(order, cents)
        assert error.value.left == 1000

    give(order, 1000)
    assert giving.left_to_give(fresh(order)) == 0


def test_of_what_is_not_paid_nothing_goes_back(fest):
    order = ordered(item(fest))
    pay(order, 5000)

    with pytest.raises(RefundTooHigh):
        give(order, 1)


def test_it_goes_by_the_latest_payment_first(fest):
    order = ordered(item(fest))
    pay(order, 1000)
    pay(fresh(order), 10000)

    give(order, 10500)

    assert list(Refund.objects.order_by("pk").values_list("amount_cents", flat=True)) == [10000, 500]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 9000), max_size=5))
def test_any_amounts_leave_the_books_in_balance(fest, lunch, amounts):
    Quota.objects.update(size=10_000)
    order = bought(item(fest), meal(lunch, count=2))
    left = 13400
    for cents in amounts:
        if cents > left:
            with pytest.raises(RefundTooHigh):
                give(order, cents)
        else:
            give(order, cents)
            left -= cents

    assert invariants.violations() == []
    assert (fresh(order).total_cents, balance(order)) == (left, left)

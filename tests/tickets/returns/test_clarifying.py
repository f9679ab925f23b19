"""Saying what a refund made elsewhere was for; `tests/tickets/stripe/test_outside.py` tries it with Stripe itself."""

import pytest

from festival.core.writing import writing
from tests.factories.tickets import NOW
from tests.tickets.bought import OFFICE, balance, bought, fresh
from tests.tickets.buying.conftest import item
from tickets.exceptions import NotCancellable
from tickets.models import Payment, Refund
from tickets.payments import posting, refunding
from tickets.returns import clarifying

pytestmark = pytest.mark.django_db


def sent_back(order, cents):
    """Write down a refund as `stripe.outside` does."""
    with writing(public=False):
        held = refunding.hold(order.pk)
        refund = Refund.objects.create(
            order=held,
            payment=Payment.objects.get(order=order),
            provider="transfer",
            amount_cents=cents,
            state="confirmed",
            reason="outside",
            created_at=NOW,
            confirmed_at=NOW,
        )
        posting.refund(refund, posting.REFUND_BEGUN, now=NOW)
        posting.refund(refund, posting.REFUND_DONE, now=NOW)
        refunding.write_off(held, cents, now=NOW)
    return refund


def clarify(refund, lines):
    return clarifying.clarify(refund=refund, lines=lines, reason="", actor=OFFICE, now=NOW)


@pytest.mark.parametrize("cents", [1, 5500, 11000, 15000])
def test_whatever_went_back_no_further_money_moves(fest, cents):
    order = bought(item(fest, count=2))
    refund = sent_back(order, cents)

    assert clarify(refund, {order.lines.first().pk}) == 1

    assert (Refund.objects.count(), balance(order), fresh(order).total_cents) == (1, 22000 - cents, 22000 - cents)
    assert order.tickets.filter(state="valid").count() == 1


def test_the_last_ticket_ends_the_order(fest):
    order = bought(item(fest))

    line = order.lines.get()
    clarify(sent_back(order, 11000), {line.pk})

    assert fresh(order).state == "cancelled"


def test_a_line_of_another_order_is_none_of_it(fest):
    order, other = bought(item(fest)), bought(item(fest))
    refund = sent_back(order, 100)

    with pytest.raises(NotCancellable):
        clarify(refund, {other.lines.get().pk})

    refund.refresh_from_db()
    assert refund.clarified_at is None


def test_a_refund_of_our_own_is_not_asked_about(fest):
    order = bought(item(fest))
    refund = sent_back(order, 100)
    Refund.objects.update(reason="goodwill")

    with pytest.raises(NotCancellable):
        clarify(refund, ())

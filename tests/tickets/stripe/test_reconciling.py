"""Everything on its way is asked for: whatever was lost is found."""

import datetime as dt
import io
import logging

import pytest
from django.core.management import call_command

from tests.factories.tickets import NOW
from tests.tickets.stripe.conftest import begin
from tickets.models import MoneyState, Order, Payment, Refund
from tickets.payments import refunding, settling
from tickets.stripe import reconciling

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(minutes=5)


def test_all_events_were_lost(stripe_server, begun):
    stripe_server.books.pay(begun.reference)
    assert reconciling.reconcile(NOW) == 0  # its event may be on the way
    assert reconciling.reconcile(LATER) == 1
    assert Order.objects.get().state == "paid"
    assert reconciling.reconcile(LATER) == 0


def test_what_is_open_stays_so(stripe_server, begun):
    assert reconciling.reconcile(LATER) == 0
    assert Payment.objects.get().state == MoneyState.PENDING


def test_a_page_paid_in_the_moment_of_calling_off(stripe_server, begun):
    settling.call_off(payment=begun, now=NOW, actor=reconciling._ASKER)
    stripe_server.books.pay(begun.reference)
    assert reconciling.reconcile(LATER) == 1
    assert Order.objects.get().state == "paid"


def test_a_page_that_is_closed_is_asked_for_no_more(stripe_server, begun):
    settling.call_off(payment=begun, now=NOW, actor=reconciling._ASKER)
    stripe_server.books.expire(begun.reference)
    assert reconciling.reconcile(LATER) == 1
    assert Payment.objects.get().state == MoneyState.CANCELLED
    calls = len(stripe_server.books.calls)
    assert reconciling.reconcile(LATER) == 0
    assert len(stripe_server.books.calls) == calls


def test_one_that_fails_stops_no_other(stripe_server, begun, order, caplog):
    other = Payment.objects.create(order=order, provider="stripe", amount_cents=11000, created_at=NOW)
    begin(other, order)
    Payment.objects.filter(pk=begun.pk).update(reference="cs_test_gone")
    stripe_server.books.pay(other.reference)
    with caplog.at_level(logging.CRITICAL):
        assert reconciling.reconcile(LATER) == 1
    assert Order.objects.get().state == "paid"


def test_the_command_asks_for_all(stripe_server, begun):
    stripe_server.books.pay(begun.reference)
    Payment.objects.update(created_at=NOW)
    out = io.StringIO()
    call_command("reconcile", stdout=out)
    assert "1" in out.getvalue()


def in_state(server, state):
    """Let all refunds have a state before the next answer of the stand-in."""

    def change(_method, _path):
        for row in server.books.refunds.values():
            row["status"] = state

    server.app.interrupt = change


def test_refunds_on_their_way(stripe_server, owed):
    in_state(stripe_server, "pending")
    assert refunding.send_due(NOW) == 1
    assert Refund.objects.get().state == MoneyState.PENDING
    assert reconciling.reconcile(LATER) == 0

    in_state(stripe_server, "succeeded")
    assert reconciling.reconcile(LATER) == 1
    assert Refund.objects.get().state == MoneyState.CONFIRMED


def test_a_refund_that_failed_is_owed_by_transfer(stripe_server, owed):
    in_state(stripe_server, "failed")
    refunding.send_due(NOW)
    assert sorted(Refund.objects.values_list("provider", "state")) == [("stripe", "failed"), ("transfer", "created")]


def test_a_service_that_does_not_answer_is_asked_again(stripe_server, owed, settings, caplog):
    Refund.objects.update(state=MoneyState.PENDING)
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    with caplog.at_level(logging.CRITICAL):
        assert reconciling.reconcile(LATER) == 0
    settings.STRIPE_API_BASE = stripe_server.url
    assert reconciling.reconcile(LATER) == 1


def hundreds(order, count):
    """Begin payments of an order, all at once."""
    made = [
        Payment.objects.create(order=order, provider="stripe", amount_cents=11000, created_at=NOW)
        for _one in range(count)
    ]
    return [begin(payment, order) for payment in made]


def asked(server, word):
    return [path for method, path in server.books.calls if method == "GET" and word in path]


def test_what_began_together_is_asked_for_by_lists(stripe_server, order):
    payments = hundreds(order, 130)
    stripe_server.books.pay(payments[0].reference)
    stripe_server.books.expire(payments[129].reference)
    stripe_server.books.calls.clear()

    assert reconciling.reconcile(LATER) == 2

    assert len(asked(stripe_server, "/v1/checkout/sessions")) == 3  # the oldest hundred are on two pages of the list
    assert set(asked(stripe_server, "/v1/checkout/sessions")) == {"/v1/checkout/sessions"}
    payments[0].refresh_from_db()
    payments[129].refresh_from_db()
    assert (payments[0].state, payments[129].url) == (MoneyState.CONFIRMED, "")


def test_one_whose_page_was_opened_later_is_asked_for_by_itself(stripe_server, order):
    early, late = hundreds(order, 2)
    stripe_server.books.sessions[late.reference]["created"] += 86_400
    stripe_server.books.pay(late.reference)
    stripe_server.books.calls.clear()

    assert reconciling.reconcile(LATER) == 1
    assert asked(stripe_server, late.reference)
    assert not asked(stripe_server, early.reference)


def test_a_run_is_bounded_and_the_next_ones_go_on(stripe_server, order):
    for payment in hundreds(order, 5):
        stripe_server.books.expire(payment.reference)

    done = [reconciling.reconcile(LATER + minute * dt.timedelta(minutes=1), most=2) for minute in range(4)]

    assert max(done) == 2
    assert sum(done) == 5


def test_a_silent_service_ends_the_run(stripe_server, order, settings, caplog):
    hundreds(order, 3)
    Payment.objects.filter(pk__in=Payment.objects.order_by("pk")[:1]).update(created_at=NOW - dt.timedelta(hours=1))
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    with caplog.at_level(logging.ERROR):
        assert reconciling.reconcile(LATER) == 0
    assert len([record for record in caplog.records if record.name == reconciling.__name__]) == 1


@pytest.fixture
def paid(stripe_server, begun):
    stripe_server.books.pay(begun.reference)
    reconciling.ask_payment(payment=begun, now=NOW)
    return begun


def test_a_refund_made_by_hand_of_which_every_event_was_lost(stripe_server, paid):
    made = stripe_server.books.refund_by_hand(paid.reference, 3000)

    assert reconciling.reconcile(LATER) == 1

    refund = Refund.objects.get()
    assert (refund.reference, refund.amount_cents, refund.state, refund.reason) == (
        made["id"],
        3000,
        "confirmed",
        "outside",
    )
    assert reconciling.reconcile(LATER) == 0
    assert Refund.objects.count() == 1


def test_a_refund_of_our_own_is_none_of_them(stripe_server, owed):
    refunding.send_due(NOW)

    assert reconciling.reconcile(LATER) == 0
    assert Refund.objects.count() == 1


@pytest.mark.parametrize(("days", "found"), [(1, 0), (30, 1)])
def test_the_command_looks_further_back(stripe_server, paid, days, found):
    made = stripe_server.books.refund_by_hand(paid.reference, 3000)
    stripe_server.books.refunds[made["id"]]["created"] -= 10 * 86_400

    call_command("reconcile", "--days", str(days), stdout=io.StringIO())

    assert Refund.objects.count() == found


def test_a_refund_of_somebody_elses_sale_is_left_alone(stripe_server, paid):
    stripe_server.books.intents[stripe_server.books.sessions[paid.reference]["payment_intent"]]["metadata"] = {}
    stripe_server.books.refund_by_hand(paid.reference, 3000)

    assert reconciling.reconcile(LATER) == 0
    assert not Refund.objects.exists()


def test_more_than_was_paid_stops_nothing_else(stripe_server, paid, caplog):
    made = stripe_server.books.refund_by_hand(paid.reference, 3000)
    stripe_server.books.refunds[made["id"]]["amount"] = 30_000

    with caplog.at_level(logging.CRITICAL):
        assert reconciling.reconcile(LATER) == 0


def test_without_a_payment_by_card_nobody_is_asked(stripe_server, order):
    assert reconciling.reconcile(LATER) == 0
    assert not stripe_server.books.calls

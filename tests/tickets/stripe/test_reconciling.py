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

"""What holders and the office do at once to an order that was paid: money, tickets and limits come out right.

Each has a control without its guard, which must go wrong, or the test proves nothing.
"""

import datetime as dt
import threading
import uuid
from collections import Counter

import pytest

from festival.core.audit import Actor
from tests.factories.tickets import (
    NOW,
    LineFactory,
    OrderFactory,
    PaymentFactory,
    PriceFactory,
    ProductFactory,
    QuotaFactory,
    TicketFactory,
)
from tests.racing import abreast, at_once
from tests.tickets.races import look_only, ready
from tickets.catalogue import extending, invariants as stock_invariants
from tickets.exceptions import NotChangeable, TooManyPlaces
from tickets.models import Order, OrderLine, Quota, Refund, RefundStep, Ticket, Transfer
from tickets.orders import cancelling, expiring, invariants, placing, queries as order_queries, taking_back
from tickets.orders.placing import Buyer, Wish
from tickets.payments import invariants as money_invariants, queries, refunding, settling
from tickets.payments.faults import RefundTooHigh
from tickets.returns import giving
from tickets.selfservice import passing_on

OFFICE = Actor("user:1", "Noa")
ZOE = Buyer("Zoé", "zoe@example.org", "fr")


def violations():
    return stock_invariants.violations() + invariants.violations() + money_invariants.violations()


def paid():
    """Return an order of three tickets that was paid, 55 euros each; they are given back at any time."""
    product = ProductFactory()
    RefundStep.objects.create(product=product, until=NOW + dt.timedelta(days=1))
    QuotaFactory(products=[product], day=product.days.first())
    order = OrderFactory(edition=product.edition)
    TicketFactory.create_batch(3, order=order, product=product, cents=5500)
    PaymentFactory(order=order, amount_cents=16500)
    return order


def give(order, cents):
    return sum(one.amount_cents for one in giving.give(order=order, cents=cents, told="", actor=OFFICE, now=NOW))


def refund(order, line):
    lines = order_queries.lines_with_belongings(order, [line])
    cents = sum(taking_back.in_full(order, lines).values())
    return cancelling.refund(order=order, lines={line}, cents=cents, actor=OFFICE, now=NOW)


def test_free_amounts_and_lines_at_once_never_send_more_than_came():
    order = paid()
    lines = list(order.lines.values_list("pk", flat=True))

    outcomes = at_once(
        18,
        lambda number: give(order, 4000) if number % 2 else refund(Order.objects.get(pk=order.pk), lines[number % 3]),
    )

    assert all(isinstance(one, int | NotChangeable | RefundTooHigh) for one in outcomes)
    sent = sum(Refund.objects.values_list("amount_cents", flat=True))
    assert sent == sum(one for one in outcomes if isinstance(one, int)) <= 16500
    assert violations() == []


@pytest.mark.unsound
def test_control_without_the_hold_more_is_given_than_came(monkeypatch):
    order = paid()

    def careless(pk):
        found = Order.objects.select_related("edition").get(pk=pk)
        abreast()
        return found

    monkeypatch.setattr(refunding, "hold", careless)
    monkeypatch.setattr(refunding, "left_of", lambda payment: payment.amount_cents)

    at_once(8, lambda number: give(order, 9000))

    assert sum(Refund.objects.values_list("amount_cents", flat=True)) > 16500


@pytest.mark.parametrize("round_", range(6))
def test_an_addon_that_expires_while_it_is_paid_is_one_of_both_and_touches_nothing(round_):
    order = paid()
    lunch = ProductFactory(slug="dejeuner", kind="addon", edition=order.edition)
    QuotaFactory(products=[lunch], size=1)
    ticket = order.tickets.first()
    later = OrderFactory(edition=order.edition, state="pending", expires_at=NOW, is_basket=True, extends=order)
    LineFactory(order=later, product=lunch, kind="addon", cents=1200, booked_with=ticket)
    payment = PaymentFactory(order=later, amount_cents=1200, state="pending")
    before = Order.objects.filter(pk=order.pk).values().get()

    def act(number):
        if number % 2:
            return expiring.expire_due(NOW)
        return settling.settle(payment=payment, amount_cents=1200, reference="", now=NOW, actor=OFFICE)

    at_once(6, act)

    later.refresh_from_db()
    assert later.state == "paid", "it expired first and took its place again, or was paid first"
    assert queries.balance(later) == 1200
    assert Order.objects.filter(pk=order.pk).values().get() == before
    assert Quota.objects.get(products=lunch).taken == 1
    assert violations() == []


def hand_on(ticket, order, holding=taking_back.hold):
    return passing_on.pass_on(ticket=ticket, order=order, to=ZOE, now=NOW, holding=holding)


def give_back(ticket, order, holding=taking_back.hold):
    return cancelling.cancel(
        order=Order.objects.select_related("edition").get(pk=order.pk),
        actor=OFFICE,
        now=NOW,
        even_used=False,
        only=ticket,
        holding=holding,
    )


@pytest.mark.parametrize("round_", range(6))
def test_a_paid_ticket_is_passed_on_or_given_back_and_never_both(round_):
    order = paid()
    ticket = order.tickets.select_related("order__edition", "line__product").first()

    outcomes = at_once(8, lambda number: (hand_on if number % 2 else give_back)(ticket, order))

    refused = [one for one in outcomes if isinstance(one, NotChangeable)]
    assert len(refused) == 7, outcomes
    ticket.refresh_from_db()
    is_back = ticket.state == Ticket.State.CANCELLED
    assert (Refund.objects.count(), Transfer.objects.count()) == ((1, 0) if is_back else (0, 1))
    assert violations() == []


def overtake(order, monkeypatch, holding):
    """Pass a ticket on just when somebody who gives it back has looked; return what came of both."""
    ticket = order.tickets.select_related("order__edition", "line__product").first()
    looked, passed, look = threading.Event(), threading.Event(), order_queries.broken_sets

    def wait(lines):
        looked.set()
        passed.wait(1)  # for ever, where the other one waits for us
        return look(lines)

    def pass_on():
        looked.wait(5)
        try:
            return hand_on(ticket, order, holding)
        finally:
            passed.set()

    monkeypatch.setattr(order_queries, "broken_sets", wait)
    return at_once(2, lambda number: pass_on() if number else give_back(ticket, order, holding))


def test_who_looked_first_goes_first(monkeypatch):
    back, passed = overtake(paid(), monkeypatch, taking_back.hold)

    assert (back, type(passed), Transfer.objects.count()) == (1, NotChangeable, 0)


@pytest.mark.unsound
def test_control_without_the_hold_a_ticket_is_passed_on_and_given_back(monkeypatch):
    back, passed = overtake(paid(), monkeypatch, look_only)

    assert (back, type(passed), Refund.objects.count()) == (1, Transfer, 1)


def more(order, product, number):
    wish = Wish(
        product=product,
        places=1,
        buyer=Buyer(order.name, order.email, "fr"),
        form_token=uuid.uuid4(),
        day=product.days.first(),
        extends=order,
    )
    return placing.register_free(wish=wish, now=NOW)


def free_order(most):
    product = ProductFactory(max_per_order=most)
    PriceFactory(product=product)
    QuotaFactory(products=[product], day=product.days.first(), size=100)
    return TicketFactory(product=product, day=product.days.first()).order, ready(product)


def test_two_tabs_never_have_more_than_one_order_may():
    order, product = free_order(5)

    outcomes = at_once(12, lambda number: more(order, product, number))

    counted = Counter(type(one) for one in outcomes)
    assert counted == {Order: 4, TooManyPlaces: 8}
    assert OrderLine.objects.count() == 5
    assert violations() == []


@pytest.mark.unsound
def test_control_without_the_hold_two_tabs_have_more(monkeypatch):
    order, product = free_order(5)

    def careless(base, wanted, *, ticket=None):
        for one, count in wanted:
            if extending.left_of(base, one) < count:
                raise TooManyPlaces
        abreast()

    monkeypatch.setattr(extending, "admit", careless)

    at_once(12, lambda number: more(order, product, number))

    assert OrderLine.objects.count() > 5

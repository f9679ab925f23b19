"""Money at the same moment: said fifty times, against the end of its time, and two refunds of the same.

Each has a control without its guard, which must go wrong, or the test proves nothing.
"""

import datetime as dt
from collections import Counter

import pytest
from wagtail.models import Locale, Page

from festival.core.audit import Actor
from festival.models import OutgoingMail
from tests.factories.festival import DayFactory
from tests.factories.tickets import (
    NOW,
    LineFactory,
    OrderFactory,
    PaymentFactory,
    PaymentSettingsFactory,
    ProductFactory,
    QuotaFactory,
    TicketFactory,
)
from tests.racing import abreast, at_once
from tickets.catalogue import invariants as stock_invariants
from tickets.exceptions import NotCancellable
from tickets.models import Order, Payment, Quota, Refund, Ticket
from tickets.orders import cancelling, expiring, invariants
from tickets.payments import invariants as money_invariants, paying, queries, refunding, settling
from tickets.payments.settling import Outcome

BANK = Actor.system("bank")


def waiting(*, places=10):
    """Return the payment of an order of two places whose time ends now."""
    product = ProductFactory(named=False)
    day = product.days.first()
    if not Quota.objects.exists():
        QuotaFactory(products=[product], day=day, size=places)
    order = OrderFactory(edition=product.edition, state="pending", is_basket=True, expires_at=NOW)
    LineFactory.create_batch(2, order=order, product=product, cents=5500, day=day)
    return PaymentFactory(order=order, amount_cents=11000, state="pending")


def settle(payment, **changes):
    values = {"amount_cents": 11000, "reference": "", "now": NOW, "actor": BANK} | changes
    return settling.settle(payment=payment, **values)


def violations():
    return stock_invariants.violations() + invariants.violations() + money_invariants.violations()


def test_an_event_that_comes_fifty_times_at_once_pays_once():
    payment = waiting()

    outcomes = at_once(50, lambda number: settle(payment, reference="B1"))

    assert Counter(outcomes) == {Outcome.PAID: 1, Outcome.KNOWN: 49}
    assert (Ticket.objects.count(), OutgoingMail.objects.count()) == (2, 1)
    assert violations() == []


@pytest.mark.unsound
def test_control_without_the_comparison_it_pays_more_than_once(monkeypatch):
    payment = waiting()

    def careless(payment, amount_cents, reference, now):
        known = Payment.objects.get(pk=payment.pk).state == "confirmed"
        abreast()
        Payment.objects.filter(pk=payment.pk).update(state="confirmed", confirmed_at=now)
        return not known

    monkeypatch.setattr(settling, "_confirm", careless)
    monkeypatch.setattr(refunding, "hold", lambda order_id: Order.objects.select_related("edition").get(pk=order_id))

    outcomes = at_once(10, lambda number: settle(payment))

    assert outcomes.count(Outcome.KNOWN) < 9


def test_of_a_payment_and_the_end_of_its_time_none_undoes_the_other():
    seen = Counter()
    for _round in range(20):
        payment = waiting(places=100)

        at_once(6, lambda number, payment=payment: settle(payment) if number % 2 else expiring.expire_due(NOW))

        order = Order.objects.get(pk=payment.order_id)
        tickets = Ticket.objects.filter(line__order=order).count()
        # Whoever was first: it came in time, or late and took its places again, for there are some.
        assert (order.state, tickets) == ("paid", 2)
        seen[OutgoingMail.objects.filter(kind="order.expired", fact_id=str(order.pk)).count()] += 1
        assert violations() == []
    assert sum(seen.values()) == 20


def test_late_money_for_the_last_places_is_paid_or_goes_back_and_never_both():
    payments = [waiting(places=20) for _ in range(6)]
    expiring.expire_due(NOW)
    Quota.objects.update(size=6)

    outcomes = at_once(6, lambda number: settle(payments[number]))

    assert Counter(outcomes) == {Outcome.PAID: 3, Outcome.RETURNED: 3}
    assert (Quota.objects.get().taken, Refund.objects.count(), Ticket.objects.count()) == (6, 3, 6)
    assert violations() == []


def paid():
    product = ProductFactory()
    QuotaFactory(products=[product], day=product.days.first())
    order = OrderFactory(edition=product.edition)
    TicketFactory.create_batch(3, order=order, product=product, cents=5500)
    PaymentFactory(order=order, amount_cents=16500)
    return order, list(order.lines.order_by("pk").values_list("pk", flat=True))


def refund(order, lines):
    return cancelling.refund(order=order, lines=lines, cents=5500 * len(lines), actor=BANK, now=NOW)


def test_partial_refunds_at_once_never_send_more_than_came():
    order, lines = paid()
    wanted = [{lines[0]}, {lines[0], lines[1]}, {lines[1], lines[2]}, {lines[0], lines[1], lines[2]}]

    outcomes = at_once(20, lambda number: refund(order, wanted[number % 4]))

    assert all(isinstance(one, int | NotCancellable) for one in outcomes)
    sent = sum(Refund.objects.values_list("amount_cents", flat=True))
    assert sent == sum(one for one in outcomes if isinstance(one, int)) <= 16500
    assert violations() == []


@pytest.mark.unsound
def test_control_without_the_hold_more_goes_back_than_came(monkeypatch):
    order, lines = paid()

    def careless(order):
        abreast()
        return True

    monkeypatch.setattr(cancelling, "hold", careless)

    outcomes = at_once(10, lambda number: refund(order, {lines[0]}))

    assert outcomes.count(5500) > 1 or any(not isinstance(one, int | NotCancellable) for one in outcomes)


def test_twenty_posts_of_one_order_are_one_payment():
    payment = waiting()
    order = payment.order
    locale = Locale.objects.get_or_create(language_code="fr")[0]
    page = Page.add_root(instance=Page(title="CGV", slug="cgv", locale=locale))
    PaymentSettingsFactory(edition=order.edition, terms=False, terms_page=page)
    day = DayFactory(edition=order.edition, date=dt.date(2027, 5, 5))
    order.lines.first().product.days.add(day)
    order.lines.update(day=day)
    Quota.objects.update(taken=0)
    Payment.objects.all().delete()
    Order.objects.update(state="held", expires_at=NOW + dt.timedelta(minutes=20))
    terms = queries.terms_of(order.edition).version

    def post(number):
        fresh = Order.objects.select_related("edition").get(pk=order.pk)
        return paying.order_and_pay(order=fresh, way="transfer", total_cents=11000, terms=terms, return_url="", now=NOW)

    outcomes = at_once(20, post)

    assert {one.pk for one in outcomes} == {Payment.objects.get().pk}
    assert OutgoingMail.objects.count() == 1
    assert violations() == []

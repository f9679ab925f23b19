"""The whole way from an order to its money, broken off at every step: one page, one charge, nothing lost."""

import datetime as dt
import logging

import pytest
from django.utils import timezone

from festival.models import OutgoingMail
from tickets.models import MoneyState, Order, Payment
from tickets.orders import expiring
from tickets.payments import paying, queries
from tickets.payments.faults import ProviderFailed
from tickets.stripe import reconciling

pytestmark = pytest.mark.django_db


@pytest.fixture
def basket(order):
    """An order that is still chosen, by the real clock: Stripe compares with its own."""
    Order.objects.update(state="held", expires_at=timezone.now() + dt.timedelta(minutes=20))
    order.refresh_from_db()
    return order


def pay(order, now=None):
    terms = queries.terms_of(order.edition)
    return paying.order_and_pay(
        order=order,
        way="stripe",
        total_cents=order.total_cents,
        terms=terms.version,
        return_url="https://example.org/fr/commande/A/b/",
        now=now or timezone.now(),
    )


def test_the_hold_outlives_the_page(stripe_server, basket):
    payment = pay(basket)
    basket.refresh_from_db()
    session = stripe_server.books.sessions[payment.reference]
    assert (payment.state, payment.url) == (MoneyState.PENDING, session["url"])
    assert basket.expires_at.timestamp() - session["expires_at"] >= 9 * 60


@pytest.mark.parametrize("answers", [True, False])
def test_broken_off_before_or_after_the_call_one_page_is_opened(stripe_server, basket, answers):
    """The key is stored when the call is made; the next try goes on from there."""
    stored = []

    def interrupt(method, path):
        stored.append(Payment.objects.get().key)
        raise ConnectionError

    stripe_server.app.interrupt = interrupt
    stripe_server.app.key = "sk_test_tests" if answers else "closed"
    with pytest.raises(ProviderFailed):
        pay(basket)
    assert len(stripe_server.books.sessions) == (1 if answers else 0)
    assert Payment.objects.get().state == MoneyState.CREATED

    stripe_server.app.interrupt, stripe_server.app.key = (lambda _method, _path: None), "sk_test_tests"
    payment = pay(basket)

    assert list(stripe_server.books.sessions) == [payment.reference]
    assert Payment.objects.get().key == payment.key


def test_two_tabs_share_a_page(stripe_server, basket):
    assert pay(basket).url == pay(basket).url
    assert len(stripe_server.books.sessions) == 1


def test_paid_while_nobody_listens_and_the_time_is_over(stripe_server, basket, caplog):
    """The order has expired and its page was paid in its last second: it is paid, and has its places again."""
    payment = pay(basket)
    stripe_server.books.pay(payment.reference)
    later = timezone.now() + dt.timedelta(hours=2)
    assert expiring.expire_due(later) == 1
    with caplog.at_level(logging.CRITICAL):
        paying.close_pages(later)

    assert reconciling.reconcile(later) == 1
    assert (Order.objects.get().state, Payment.objects.get().state) == ("paid", "confirmed")
    assert sorted(OutgoingMail.objects.values_list("kind", flat=True)) == ["order.expired", "order.tickets"]

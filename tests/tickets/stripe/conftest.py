"""The stand-in for Stripe on a port of its own, an order that waits, and events as Stripe sends them."""

import datetime as dt
import json
import time

import pytest

from festival.demo.stripe_server.events import signature
from festival.demo.stripe_server.serving import serving
from tests.factories.tickets import NOW, LineFactory, OrderFactory, PaymentFactory, PaymentSettingsFactory
from tests.remembered import remembered
from tickets.models import Refund
from tickets.payments import providers
from tickets.stripe import reconciling

SECRET = "whsec_tests"
EVENTS = "/api/v1/stripe/events"


@pytest.fixture
def stripe_server(settings):
    """A running stand-in; nobody receives its events, unless `deliveries.url` says who."""
    with serving(key="sk_test_tests", secret=SECRET) as server:
        settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = "sk_test_tests", SECRET
        settings.STRIPE_API_BASE = server.url
        yield server


@pytest.fixture
@remembered
def order(village):
    """Two places of the Village for 110 euros, to be paid within an hour."""
    PaymentSettingsFactory(edition=village.edition)
    made = OrderFactory(
        edition=village.edition, state="pending", is_basket=True, expires_at=NOW + dt.timedelta(hours=1), language="fr"
    )
    LineFactory.create_batch(2, order=made, product=village, cents=5500)
    made.refresh_from_db()
    return made


@pytest.fixture
@remembered
def payment(order):
    """A payment by Stripe that is stored and not begun."""
    return PaymentFactory(order=order, provider="stripe", amount_cents=11000, created_at=NOW, state="created")


@pytest.fixture
def begun(stripe_server, payment, order):
    """The payment, with its page open."""
    return begin(payment, order)


@pytest.fixture
def owed(stripe_server, begun, order):
    """A refund of 110 euros that was not sent: the order was paid twice."""
    second = PaymentFactory(order=order, provider="stripe", amount_cents=11000, created_at=NOW, state="created")
    for paid in (begun, begin(second, order)):
        stripe_server.books.pay(paid.reference)
        reconciling.ask_payment(payment=paid, now=NOW)
    stripe_server.deliveries.made.clear()
    return Refund.objects.select_related("payment", "order").get()


def begin(payment, order, now=NOW):
    """Open the page of a payment and store what Stripe said; return the payment."""
    answer = providers.provider("stripe").begin(payment, order, "https://example.org/fr/commande/A/b/", now)
    payment.reference, payment.url, payment.expires_at = answer.reference, answer.url, answer.expires_at
    payment.state = "pending"
    payment.save()
    return payment


def send(client, event, *, secret=SECRET, at=None, header=None):
    """Post an event as Stripe does; return the status."""
    body = json.dumps(event).encode()
    header = signature(body, secret, time.time() if at is None else at) if header is None else header
    headers = {"Stripe-Signature": header} if header else {}
    return client.post(EVENTS, body, content_type="application/json", headers=headers).status_code

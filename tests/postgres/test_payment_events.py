"""One event fifty times at once, and everybody who asks at once: one transition, one mail, one page."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from festival.demo.stripe_server.serving import serving
from festival.models import OutgoingMail
from tests.factories.tickets import (
    NOW,
    LineFactory,
    OrderFactory,
    PaymentFactory,
    PaymentSettingsFactory,
    ProductFactory,
    QuotaFactory,
    StatementLineFactory,
)
from tests.racing import at_once
from tests.tickets.statements.conftest import BANKER
from tests.tickets.statements.files import camt, camt_entry
from tests.tickets.stripe.conftest import SECRET, begin, send
from tickets.models import LedgerTransaction, MoneyState, Order, Payment, ProviderEvent, StatementLine, Ticket
from tickets.payments import invariants, providers
from tickets.payments.settling import Outcome
from tickets.statements import crediting, reading, receiving
from tickets.stripe import reconciling

TIMES = 50


@pytest.fixture
def stripe_server(settings):
    with serving(key="sk_test_tests", secret=SECRET) as server:
        settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = "sk_test_tests", SECRET
        settings.STRIPE_API_BASE = server.url
        yield server


@pytest.fixture
def order():
    product = ProductFactory()
    for day in product.days.all():
        QuotaFactory(products=[product], day=day, size=10)
    PaymentSettingsFactory(edition=product.edition, terms=False)
    end = NOW + dt.timedelta(hours=1)
    made = OrderFactory(edition=product.edition, code="K7M4QX2V", state="pending", is_basket=True, expires_at=end)
    LineFactory.create_batch(2, order=made, product=product, cents=5500)
    made.refresh_from_db()
    return made


def is_paid_once():
    confirmed = Payment.objects.filter(state=MoneyState.CONFIRMED).count()
    return (
        Order.objects.get().state == "paid"
        and (confirmed, Ticket.objects.count()) == (1, 2)
        and OutgoingMail.objects.filter(kind="order.tickets").count() == 1
        and LedgerTransaction.objects.filter(payment__isnull=False).count() == 1
        and invariants.violations() == []
    )


def test_an_event_fifty_times_at_once(stripe_server, order):
    payment = begin(PaymentFactory(order=order, provider="stripe", amount_cents=11000, state="created"), order)
    stripe_server.books.pay(payment.reference)
    event = stripe_server.deliveries.made[-1]

    statuses = at_once(TIMES, lambda _number: send(Client(), event))

    assert statuses == [204] * TIMES
    assert ProviderEvent.objects.count() == 1
    # Whoever handles it: the task, the periodic job, the page of the buyer who comes back.
    states = at_once(20, lambda _number: reconciling.ask_payment(payment=payment, now=NOW))
    assert states == [MoneyState.CONFIRMED] * 20
    assert is_paid_once()


def test_twenty_tries_at_once_open_one_page(stripe_server, order):
    payment = PaymentFactory(order=order, provider="stripe", amount_cents=11000, state="created")
    now = timezone.now()
    Payment.objects.update(created_at=now)
    payment.created_at = now
    provider = providers.provider("stripe")

    answers = at_once(20, lambda _number: provider.begin(payment, order, "https://example.org/", now))

    opened = {answer.reference for answer in answers if not isinstance(answer, Exception)}
    assert len(opened) == 1
    assert list(stripe_server.books.sessions) == list(opened)


def test_a_line_of_a_statement_is_credited_by_one_of_twenty(order):
    PaymentFactory(order=order, amount_cents=11000, state="pending")
    line = StatementLineFactory()

    outcomes = at_once(20, lambda _: crediting.credit(line=line, order=order, due=11000, now=NOW, actor=BANKER))

    assert outcomes.count(Outcome.PAID) == 1
    assert is_paid_once()


def test_the_same_file_twenty_times_at_once(order):
    data = camt(*(camt_entry(own=f"B{number}") for number in range(30)))

    def take_in(_number):
        return receiving.receive(statement=reading.read(data), name="x", data=data, now=NOW, actor=BANKER).added

    assert sum(at_once(20, take_in)) == 30
    assert StatementLine.objects.count() == 30

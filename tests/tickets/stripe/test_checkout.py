"""The real SDK against the stand-in, over the loopback."""

import datetime as dt
import time

import pytest
import stripe
from django.utils import timezone

from festival.core.writing import writing
from tests.factories.tickets import NOW, LineFactory, RefundFactory
from tests.tickets.stripe.conftest import begin
from tickets.models import MoneyState, OrderLine, Payment, PaymentSettings
from tickets.payments import providers
from tickets.payments.faults import ProviderFailed
from tickets.stripe import checkout

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider():
    return providers.provider("stripe")


def sessions(server):
    return list(server.books.sessions.values())


def test_it_is_ready_with_both_keys_only(provider, order, settings):
    settings.STRIPE_SECRET_KEY = settings.STRIPE_WEBHOOK_SECRET = ""
    assert not provider.is_ready(order.edition)
    settings.STRIPE_SECRET_KEY = "sk"
    assert not provider.is_ready(order.edition)
    settings.STRIPE_WEBHOOK_SECRET = "whsec"
    assert provider.is_ready(order.edition)


def test_what_stripe_does_not_take_is_not_offered(provider, order):
    assert provider.offered_until(order, NOW) == NOW + checkout.PAGE_OPEN
    order.total_cents = 49
    assert provider.offered_until(order, NOW) is None


def test_a_page_says_what_is_paid_and_ends_before_the_hold(stripe_server, payment, order):
    answer = providers.provider("stripe").begin(payment, order, "https://example.org/o/", NOW)

    [session] = sessions(stripe_server)
    assert (answer.reference, answer.url) == (session["id"], f"{stripe_server.url}/pay/{session['id']}")
    assert answer.expires_at == NOW + checkout.PAGE_OPEN
    assert 43 * 60 < session["expires_at"] - time.time() <= 46 * 60
    assert (session["amount_total"], session["currency"]) == (11000, "eur")
    assert session["client_reference_id"] == str(payment.key)
    assert (session["customer_email"], session["locale"]) == (order.email, "fr")
    assert session["lines"] == [[str(order.lines.first().product_name), 2, 5500]]
    assert (session["success_url"], session["cancel_url"]) == ("https://example.org/o/paid/", "https://example.org/o/")


def test_what_takes_from_the_sum_is_shown_as_one_line(stripe_server, payment, order, village):
    LineFactory(order=order, product=village, kind=OrderLine.Kind.DISCOUNT, cents=-1000)
    payment.amount_cents = 10000

    begin(payment, order)

    [session] = sessions(stripe_server)
    assert [line[1:] for line in session["lines"]] == [[1, 10000]]
    assert order.code in session["lines"][0][0]


def test_the_rest_of_an_order_is_one_line(stripe_server, payment, order):
    payment.amount_cents = 4000
    begin(payment, order)
    assert [line[1:] for line in sessions(stripe_server)[0]["lines"]] == [[1, 4000]]


def test_asked_again_after_a_crash_there_is_one_page(stripe_server, order, provider):
    """Killed between the call and the row: the key was stored before, so the same call finds the same page."""
    now = timezone.now()
    payment = Payment.objects.create(order=order, provider="stripe", amount_cents=11000, created_at=now)

    first = provider.begin(payment, order, "https://example.org/o/", now)
    again = provider.begin(payment, order, "https://example.org/o/", now + dt.timedelta(minutes=3))

    assert first == again
    assert len(sessions(stripe_server)) == 1


def test_the_answer_is_lost_and_the_call_is_made_again(stripe_server, order, provider):
    """The connection breaks after Stripe has done it: the SDK asks again with the same key."""
    broken = []

    def interrupt(method, path):
        if path == "/v1/checkout/sessions" and not broken:
            broken.append(path)
            raise ConnectionError

    stripe_server.app.interrupt = interrupt
    now = timezone.now()
    payment = Payment.objects.create(order=order, provider="stripe", amount_cents=11000, created_at=now)

    answer = provider.begin(payment, order, "https://example.org/o/", now)

    assert broken
    assert [session["id"] for session in sessions(stripe_server)] == [answer.reference]


def test_asked_again_late_or_in_another_language_there_is_a_page(stripe_server, order, provider):
    now = timezone.now()
    payment = Payment.objects.create(order=order, provider="stripe", amount_cents=11000, created_at=now)
    first = provider.begin(payment, order, "https://example.org/fr/o/", now)

    other = provider.begin(payment, order, "https://example.org/en/o/", now)
    payment.created_at = now - dt.timedelta(minutes=20)
    late = provider.begin(payment, order, "https://example.org/de/o/", now + dt.timedelta(minutes=1))

    assert len({first.reference, other.reference, late.reference}) == 3
    assert late.expires_at == now + dt.timedelta(minutes=46)


def test_how_far_a_payment_is(stripe_server, begun, provider):
    assert provider.ask(begun).state == MoneyState.PENDING
    stripe_server.books.refuse(begun.reference)
    assert provider.ask(begun).state == MoneyState.PENDING
    stripe_server.books.pay(begun.reference)
    answer = provider.ask(begun)
    assert (answer.state, answer.amount_cents, answer.reference) == (MoneyState.CONFIRMED, 11000, begun.reference)


def test_money_that_takes_days(stripe_server, begun, provider):
    stripe_server.books.pay(begun.reference, later=True)
    assert provider.ask(begun).state == MoneyState.PENDING
    stripe_server.books.arrive(begun.reference, succeeds=False)
    assert provider.ask(begun).state == MoneyState.FAILED
    stripe_server.books.arrive(begun.reference)
    assert provider.ask(begun).state == MoneyState.CONFIRMED


def test_a_page_that_expired_failed(stripe_server, begun, provider):
    stripe_server.books.now = lambda: time.time() + 3600
    assert provider.ask(begun).state == MoneyState.FAILED


def test_a_payment_without_a_page_is_as_far_as_we_know(payment, provider):
    assert provider.ask(payment).state == MoneyState.CREATED
    provider.call_off(payment)


def test_calling_off_closes_the_page(stripe_server, begun, provider):
    provider.call_off(begun)
    assert sessions(stripe_server)[0]["status"] == "expired"
    provider.call_off(begun)


def test_a_page_that_was_paid_is_not_called_off_silently(stripe_server, begun, provider):
    stripe_server.books.pay(begun.reference)
    with pytest.raises(ProviderFailed):
        provider.call_off(begun)


def test_a_refund_is_sent_once(stripe_server, owed, provider):
    first, again = provider.refund(owed), provider.refund(owed)
    stripe_server.books.answers.clear()  # Stripe forgets keys after a day
    later = provider.refund(owed)

    assert first == again == later
    assert (first.state, first.amount_cents) == (MoneyState.CONFIRMED, 11000)
    assert [row["amount"] for row in stripe_server.books.refunds.values()] == [11000]


def test_a_refund_that_stripe_refuses(stripe_server, begun, provider):
    with pytest.raises(ProviderFailed):
        provider.refund(RefundFactory.build(payment=begun, order=begun.order, provider="stripe", amount_cents=1))
    stripe_server.books.pay(begun.reference)
    with pytest.raises(ProviderFailed):
        provider.refund(RefundFactory.build(payment=begun, order=begun.order, amount_cents=11001))


def test_whatever_goes_wrong_is_one_error(stripe_server, payment, order, settings, provider):
    payment.amount_cents = 10
    with pytest.raises(ProviderFailed, match="minimum"):
        begin(payment, order)
    settings.STRIPE_SECRET_KEY = "sk_wrong"
    with pytest.raises(ProviderFailed):
        begin(payment, order)
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    with pytest.raises(ProviderFailed):
        begin(payment, order)
    payment.reference = "cs_test_unknown"
    with pytest.raises(ProviderFailed):
        provider.ask(payment)


def test_a_key_that_is_in_use_is_an_error_and_makes_no_second_page(stripe_server, payment, order):
    stripe_server.app._in_flight.add(str(payment.key))
    with pytest.raises(ProviderFailed):
        begin(payment, order)
    assert not sessions(stripe_server)


def test_nobody_is_called_within_a_transaction(stripe_server, payment, order):
    """The control is every other test here: outside of it the same calls are made."""
    with writing(public=False), pytest.raises(RuntimeError):
        begin(payment, order)
    assert stripe_server.books.calls == []


def test_the_sdk_is_the_one_that_was_tried():
    assert int(stripe.VERSION.partition(".")[0]) >= 16


@pytest.mark.parametrize(("wants", "key", "is_offered"), [(True, "sk", True), (False, "sk", False), (True, "", False)])
def test_a_card_is_offered_where_the_edition_wants_it_and_the_keys_are_there(order, settings, wants, key, is_offered):
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = key, "whsec"
    PaymentSettings.objects.update(takes_card=wants)
    edition = type(order.edition).objects.select_related("payment_settings").get(pk=order.edition_id)

    assert providers.provider("stripe").is_ready(edition) is is_offered

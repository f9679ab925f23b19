"""Events double, late, in another order, lost, about nothing of ours: the state of things is what Stripe says it is."""

import itertools
import time
import uuid

import pytest

from festival.models import AuditEntry, OutgoingMail
from tests.factories.tickets import NOW, recount
from tests.tickets.stripe.conftest import begin, send
from tickets.models import MoneyState, Order, Payment, ProviderEvent, Refund, Ticket
from tickets.payments import providers, refunding, settling
from tickets.payments.faults import ProviderFailed
from tickets.stripe import handling, reconciling

pytestmark = pytest.mark.django_db


def mails():
    return sorted(OutgoingMail.objects.values_list("kind", flat=True))


def test_paid_on_the_page_and_told_by_an_event(stripe_server, begun, client, run_outbox):
    stripe_server.books.pay(begun.reference)
    for event in stripe_server.deliveries.made:
        assert send(client, event) == 204
    run_outbox()

    assert Order.objects.get().state == "paid"
    assert (Ticket.objects.count(), mails()) == (2, ["order.tickets"])
    assert not ProviderEvent.objects.filter(handled_at=None).exists()
    assert AuditEntry.objects.get(verb="payment.confirmed").actor == "system:stripe"


@pytest.mark.parametrize("numbers", list(itertools.permutations(range(3))))
def test_doubled_and_in_any_order(stripe_server, begun, client, run_outbox, numbers):
    stripe_server.books.refuse(begun.reference)
    stripe_server.books.pay(begun.reference)
    made = stripe_server.deliveries.made
    for number in (*numbers, *numbers):
        send(client, made[number])
    run_outbox()

    assert (Order.objects.get().state, mails(), ProviderEvent.objects.count()) == ("paid", ["order.tickets"], 3)


def test_handled_again_it_changes_nothing(stripe_server, begun, client):
    stripe_server.books.pay(begun.reference)
    send(client, stripe_server.deliveries.made[-1])
    pk = ProviderEvent.objects.get().pk
    handling.handle(pk, now=NOW)
    calls = len(stripe_server.books.calls)
    handling.handle(pk, now=NOW)
    assert (len(stripe_server.books.calls), mails()) == (calls, ["order.tickets"])


def test_killed_between_the_call_and_the_row_the_event_finds_the_payment(
    stripe_server, payment, order, client, run_outbox
):
    begin(payment, order)
    reference = payment.reference
    Payment.objects.update(reference="", url="", state="created")
    stripe_server.books.pay(reference)
    send(client, stripe_server.deliveries.made[-1])
    run_outbox()

    assert (Payment.objects.get().reference, Order.objects.get().state) == (reference, "paid")


def test_a_card_that_was_refused_leaves_it_waiting(stripe_server, begun, client, run_outbox):
    stripe_server.books.refuse(begun.reference)
    send(client, stripe_server.deliveries.made[0])
    run_outbox()
    assert (Payment.objects.get().state, Order.objects.get().state) == ("pending", "pending")


def test_a_page_that_expired_fails_the_payment_and_not_the_order(stripe_server, begun, client, run_outbox):
    stripe_server.books.expire(begun.reference)
    send(client, stripe_server.deliveries.made[0])
    run_outbox()
    assert (Payment.objects.get().state, Payment.objects.get().url, Order.objects.get().state) == (
        "failed",
        "",
        "pending",
    )


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("checkout.session.completed", {"id": "cs_other", "client_reference_id": str(uuid.uuid4())}),
        ("checkout.session.completed", {"id": "cs_other", "client_reference_id": "not a key"}),
        ("payment_intent.succeeded", {"id": "pi_other"}),
        ("refund.created", {"id": "re_other", "metadata": {"refund": str(uuid.uuid4())}}),
    ],
)
def test_what_is_not_ours_is_kept_and_nothing_more(stripe_server, begun, client, run_outbox, kind, row):
    send(client, {"object": "event", "id": "evt_x", "type": kind, "data": {"object": row}})
    run_outbox()
    assert ProviderEvent.objects.get().handled_at is not None
    assert Payment.objects.get().state == "pending"


def test_while_stripe_does_not_answer_the_event_waits(stripe_server, begun, client, settings):
    stripe_server.books.pay(begun.reference)
    send(client, stripe_server.deliveries.made[-1])
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    with pytest.raises(ProviderFailed):
        handling.handle(ProviderEvent.objects.get().pk, now=NOW)
    assert ProviderEvent.objects.get().handled_at is None

    settings.STRIPE_API_BASE = stripe_server.url
    handling.handle(ProviderEvent.objects.get().pk, now=NOW)
    assert Order.objects.get().state == "paid"


@pytest.mark.parametrize("is_known", [True, False])
def test_refunds_are_confirmed_by_their_events(stripe_server, owed, client, run_outbox, is_known):
    """Also where the process was killed before it wrote down that Stripe has sent it."""
    answer = providers.provider("stripe").refund(owed)
    Refund.objects.update(state=MoneyState.PENDING, reference=answer.reference if is_known else "")

    send(client, stripe_server.deliveries.made[-1])
    run_outbox()

    assert (Refund.objects.get().state, Refund.objects.get().reference) == (MoneyState.CONFIRMED, answer.reference)
    assert len(stripe_server.books.refunds) == 1


def test_an_order_that_ended_meanwhile_gets_its_money_back(stripe_server, begun, client, run_outbox):
    settling.call_off(payment=begun, now=NOW, actor=reconciling._ASKER)
    Order.objects.update(state="cancelled", total_cents=0)
    begun.order.lines.update(cancelled_at=NOW)
    recount(begun.order.lines.first().product)
    stripe_server.books.pay(begun.reference)
    send(client, stripe_server.deliveries.made[-1])
    run_outbox()

    assert Refund.objects.get().amount_cents == 11000
    refunding.send_due(NOW)
    assert Refund.objects.get().state == MoneyState.CONFIRMED
    assert [row["amount"] for row in stripe_server.books.refunds.values()] == [11000]


def test_the_clock_of_the_page_is_real(stripe_server, begun):
    stripe_server.books.now = lambda: time.time() + 60 * 60
    assert reconciling.ask_payment(payment=begun, now=NOW) == MoneyState.FAILED

"""Refunds that somebody made in Stripe's dashboard: once each, in the ledger, nothing cancelled, the office asked."""

import pytest

from festival.core.audit import Actor
from festival.models import AuditEntry, OutgoingMail
from tests.factories.tickets import NOW
from tests.tickets.bought import OFFICE, balance, fresh
from tests.tickets.stripe.conftest import send
from tickets.exceptions import NotCancellable
from tickets.models import ProviderEvent, Refund, Ticket
from tickets.orders import cancelling
from tickets.payments import invariants, refunding
from tickets.returns import clarifying
from tickets.stripe import handling, outside, reconciling

pytestmark = pytest.mark.django_db(transaction=True)
STRIPE = Actor("system:stripe")


@pytest.fixture
def paid(stripe_server, begun, order):
    order.edition.organiser_email = "accueil@example.org"
    order.edition.save()
    stripe_server.books.pay(begun.reference)
    reconciling.ask_payment(payment=begun, now=NOW)
    stripe_server.deliveries.made.clear()
    begun.refresh_from_db()
    return begun


def hand_out(client, server):
    """Deliver what was made, and handle it."""
    for event in list(server.deliveries.made):
        assert send(client, event) == 204
    for event in ProviderEvent.objects.filter(handled_at=None).order_by("pk"):
        handling.handle(event.pk, now=NOW)


@pytest.mark.parametrize(
    "kinds", [("refund.created",), ("charge.refunded",), ("refund.created", "charge.refunded") * 3]
)
def test_it_is_written_down_once_whatever_events_come(client, stripe_server, paid, kinds):
    made = stripe_server.books.refund_by_hand(paid.reference, 3000)
    events = {event["type"]: event for event in stripe_server.deliveries.made}
    stripe_server.deliveries.made[:] = [
        events[kind] | {"id": f"{events[kind]['id']}{rank}"} for rank, kind in enumerate(kinds)
    ]

    hand_out(client, stripe_server)

    refund = Refund.objects.get()
    assert (refund.reference, refund.amount_cents, refund.state, refund.reason) == (
        made["id"],
        3000,
        "confirmed",
        "outside",
    )
    order = fresh(paid.order)
    assert (order.state, order.total_cents, balance(order)) == ("paid", 8000, 8000)
    assert Ticket.objects.filter(state="valid").count() == 2
    mail = OutgoingMail.objects.get(kind="refund.outside")
    assert mail.to == "accueil@example.org"
    assert not OutgoingMail.objects.filter(kind="payment.refunded").exists()
    assert AuditEntry.objects.filter(verb="refund.made_outside").count() == 1


def test_our_own_refund_is_none_of_them(client, stripe_server, paid):
    cancelling.refund(order=paid.order, lines={paid.order.lines.first().pk}, cents=5500, actor=OFFICE, now=NOW)
    refunding.send_due(NOW)

    hand_out(client, stripe_server)
    outside.take_in(payment=paid, now=NOW, actor=STRIPE)

    assert [one.reason for one in Refund.objects.all()] == ["given_back"]


def test_the_same_money_does_not_go_back_twice(client, stripe_server, paid):
    """Somebody cancelled both tickets here, and sent the money back there before our own refund had gone."""
    lines = {line.pk for line in paid.order.lines.all()}
    cancelling.refund(order=paid.order, lines=lines, cents=11000, actor=OFFICE, now=NOW)
    stripe_server.books.refund_by_hand(paid.reference, 4000)

    hand_out(client, stripe_server)

    owed = Refund.objects.filter(state="created").values_list("amount_cents", flat=True)
    assert (list(owed), balance(paid.order)) == ([7000], 0)
    refunding.send_due(NOW)
    assert invariants.violations() == []
    assert sum(row["amount"] for row in stripe_server.books.refunds.values()) == 11000


def test_the_office_says_what_it_was_for(client, stripe_server, paid):
    stripe_server.books.refund_by_hand(paid.reference, 5500)
    hand_out(client, stripe_server)
    refund, line = Refund.objects.get(), paid.order.lines.first()

    assert clarifying.clarify(refund=refund, lines={line.pk}, reason="", actor=OFFICE, now=NOW) == 1

    order = fresh(paid.order)
    assert (order.total_cents, balance(order), Refund.objects.count()) == (5500, 5500, 1)
    assert order.tickets.filter(state="valid").count() == 1
    with pytest.raises(NotCancellable):
        clarifying.clarify(refund=refund, lines={line.pk}, reason="", actor=OFFICE, now=NOW)


def test_it_was_for_nothing_in_particular(client, stripe_server, paid):
    stripe_server.books.refund_by_hand(paid.reference, 100)
    hand_out(client, stripe_server)

    assert clarifying.clarify(refund=Refund.objects.get(), lines=(), reason="", actor=OFFICE, now=NOW) == 0

    assert Ticket.objects.filter(state="valid").count() == 2


def test_a_refund_of_somebody_elses_shop_is_left_alone(client, stripe_server, paid):
    intent = next(iter(stripe_server.books.intents.values()))
    intent["metadata"] = {}
    stripe_server.books.refund_by_hand(paid.reference, 100)

    hand_out(client, stripe_server)

    assert not Refund.objects.exists()
    assert not ProviderEvent.objects.filter(handled_at=None).exists()

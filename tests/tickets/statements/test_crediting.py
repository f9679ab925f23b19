"""A line pays an order or is set aside; once, and never both."""

import datetime as dt

import pytest

from festival.models import AuditEntry, OutgoingMail
from tests.factories.tickets import NOW
from tests.tickets.statements.conftest import BANKER
from tickets.models import Order, Payment, Refund, StatementLine, Ticket
from tickets.orders import expiring
from tickets.payments.settling import Outcome
from tickets.statements import crediting
from tickets.statements.crediting import LineDecided, OrderChanged, OtherCurrency

pytestmark = pytest.mark.django_db


def credit(line, order, due=11000, now=NOW):
    return crediting.credit(line=line, order=order, due=due, now=now, actor=BANKER)


def test_a_line_pays_the_payment_that_was_awaited(waiting, came):
    line = came()

    assert credit(line, waiting) is Outcome.PAID

    line.refresh_from_db()
    assert (line.state, line.payment.order, line.payment.state) == ("credited", waiting, "confirmed")
    assert (Payment.objects.count(), Ticket.objects.count()) == (1, 2)
    assert [mail.kind for mail in OutgoingMail.objects.all()] == ["order.tickets"]
    entry = AuditEntry.objects.get(verb="statement_line.credited")
    assert entry.facts == {"order": "K7M4QX2V", "amount_cents": 11000, "outcome": "paid"}


def test_a_line_is_decided_once(waiting, came):
    line = came()
    credit(line, waiting)

    with pytest.raises(LineDecided):
        credit(line, waiting, due=0)
    with pytest.raises(LineDecided):
        crediting.set_aside(line=line, reason="x", now=NOW, actor=BANKER)
    with pytest.raises(LineDecided):
        crediting.reopen(line=line, now=NOW, actor=BANKER)

    assert Payment.objects.count() == 1


def test_what_was_shown_must_still_be_owed(waiting, came):
    first, second = came(), came()
    credit(first, waiting)

    with pytest.raises(OrderChanged):
        credit(second, waiting)
    assert Payment.objects.count() == 1

    assert credit(second, waiting, due=0) is Outcome.RETURNED
    assert Refund.objects.get().amount_cents == 11000


def test_another_currency_pays_nothing(waiting, came):
    with pytest.raises(OtherCurrency):
        credit(came(currency="CHF"), waiting)
    assert Payment.objects.get().state == "pending"
    assert credit(came(currency=""), waiting) is Outcome.PAID


def test_in_two_parts(waiting, came):
    assert credit(came(4000), waiting) is Outcome.SHORT
    assert credit(came(7000), waiting, due=7000) is Outcome.PAID


def test_too_much_goes_back(waiting, came):
    assert credit(came(12000), waiting) is Outcome.PAID
    assert Refund.objects.get().amount_cents == 1000


def test_another_way_was_chosen_and_a_transfer_comes(waiting, came):
    Payment.objects.update(provider="onsite")

    assert credit(came(), waiting) is Outcome.PAID
    assert dict(Payment.objects.values_list("provider", "state")) == {"onsite": "cancelled", "transfer": "confirmed"}


def test_late_money_takes_the_places_again(waiting, came):
    Order.objects.update(expires_at=NOW)
    assert expiring.expire_due(NOW) == 1

    assert credit(came(), waiting, now=NOW + dt.timedelta(minutes=1)) is Outcome.PAID


def test_set_aside_and_taken_back(waiting, came):
    line = came()
    crediting.set_aside(line=line, reason="Subvention", now=NOW, actor=BANKER)
    assert not StatementLine.objects.open().exists()
    with pytest.raises(LineDecided):
        credit(line, waiting)

    crediting.reopen(line=line, now=NOW, actor=BANKER)
    assert credit(line, waiting) is Outcome.PAID
    verbs = AuditEntry.objects.filter(verb__startswith="statement_line").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["statement_line.set_aside", "statement_line.reopened", "statement_line.credited"]

"""Money that comes: in time, late, twice, too little, too much, said fifty times."""

import datetime as dt
import uuid

import pytest

from festival.core.audit import Actor
from festival.models import AuditEntry, OutgoingMail
from tests.factories.tickets import NOW, LineFactory, OrderFactory, PaymentFactory
from tickets.exceptions import NotCancellable
from tickets.models import LedgerEntry, Order, Payment, Quota, Refund, RefundStep, Ticket
from tickets.orders import cancelling, expiring
from tickets.payments import settling
from tickets.payments.faults import ReferenceUsed
from tickets.payments.settling import Outcome

pytestmark = pytest.mark.django_db
BANK = Actor.system("bank")
LATER = NOW + dt.timedelta(hours=2)


def settle(payment, cents=11000, *, reference="B1", now=NOW):
    return settling.settle(payment=payment, amount_cents=cents, reference=reference, now=now, actor=BANK)


def mails():
    return sorted(OutgoingMail.objects.values_list("kind", flat=True))


def taken():
    return list(Quota.objects.order_by("pk").values_list("taken", flat=True))


def accounts():
    found = {}
    for account, cents in LedgerEntry.objects.values_list("account", "cents"):
        found[account] = found.get(account, 0) + cents
    return {account: cents for account, cents in found.items() if cents}


def refunds():
    return list(Refund.objects.order_by("pk").values_list("amount_cents", "state", "reason"))


def test_what_comes_makes_tickets_and_one_mail_however_often_it_is_said(waiting, payment):
    outcomes = [settle(payment) for _ in range(50)]

    assert outcomes == [Outcome.PAID] + [Outcome.KNOWN] * 49
    waiting.refresh_from_db()
    assert (waiting.state, waiting.expires_at, taken()) == ("paid", None, [2, 0])
    assert [(ticket.number, ticket.holder) for ticket in Ticket.objects.all()] == [(1, waiting.name), (2, waiting.name)]
    assert mails() == ["order.tickets"]
    assert accounts() == {"cash:transfer": 11000, "revenue": -10426, "vat:550": -574}
    assert list(AuditEntry.objects.filter(actor="system:bank").order_by("pk").values_list("verb", flat=True)) == [
        "order.paid",
        "payment.confirmed",
    ]


def test_a_ticket_carries_the_name_that_its_line_names(waiting, payment):
    waiting.lines.filter(pk=waiting.lines.first().pk).update(holder="Zoé Ünal")

    settle(payment)

    assert set(Ticket.objects.values_list("holder", flat=True)) == {"Zoé Ünal", waiting.name}


@pytest.mark.parametrize("state", ["created", "failed", "cancelled"])
def test_what_came_came_whatever_was_said_before(waiting, payment, state):
    Payment.objects.update(state=state)

    assert settle(payment) is Outcome.PAID


def test_too_little_leaves_it_waiting_and_asks_for_the_rest(waiting, payment):
    assert settle(payment, 4000) is Outcome.SHORT

    rest = Payment.objects.exclude(pk=payment.pk).get()
    assert (rest.amount_cents, rest.state, rest.expires_at) == (7000, "pending", waiting.expires_at)
    assert (Order.objects.get().state, mails(), Ticket.objects.count()) == ("pending", ["payment.short"], 0)

    assert settle(rest, 7000, reference="B2") is Outcome.PAID
    assert accounts() == {"cash:transfer": 11000, "revenue": -10426, "vat:550": -574}


def test_too_much_pays_and_the_rest_goes_back(waiting, payment):
    assert settle(payment, 12000) is Outcome.PAID

    assert refunds() == [(1000, "created", "too_much")]
    assert mails() == ["order.tickets", "payment.refunded"]
    assert accounts() == {"cash:transfer": 12000, "owed": -1000, "revenue": -10426, "vat:550": -574}


def test_the_second_payment_of_an_order_goes_back(waiting, payment):
    second = PaymentFactory(order=waiting, provider="onsite", amount_cents=11000, state="pending")
    settle(payment)
    second.refresh_from_db()
    assert second.state == "cancelled"

    assert settle(second, reference="till-7") is Outcome.RETURNED

    assert refunds() == [(11000, "created", "too_much")]
    assert mails() == ["order.tickets", "payment.refunded"]


def expire():
    assert expiring.expire_due(LATER) == 1
    assert taken() == [0, 0]


def test_late_money_takes_the_places_again_while_there_are_some(waiting, payment):
    expire()

    assert settle(payment, now=LATER) is Outcome.PAID

    assert (Order.objects.get().state, taken(), Ticket.objects.count()) == ("paid", [2, 0], 2)
    assert mails() == ["order.expired", "order.tickets"]


def test_late_money_goes_back_when_the_places_are_gone(waiting, payment):
    expire()
    Quota.objects.update(size=1)

    assert settle(payment, now=LATER) is Outcome.RETURNED

    assert (Order.objects.get().state, taken(), Ticket.objects.count()) == ("expired", [0, 0], 0)
    assert refunds() == [(11000, "created", "late")]
    assert mails() == ["order.expired", "payment.refunded"]


def test_late_money_goes_back_when_the_day_is_over(waiting, payment):
    expire()

    assert settle(payment, now=NOW + dt.timedelta(days=10)) is Outcome.RETURNED


def test_late_money_for_a_pass_goes_back_after_its_last_day(village):
    village.admission = "all_days"
    village.save()
    order = OrderFactory(edition=village.edition, state="pending", expires_at=NOW)
    LineFactory(order=order, product=village, cents=5500)
    payment = PaymentFactory(order=order, state="pending")
    expiring.expire_due(NOW)

    assert settle(payment, 5500, now=NOW + dt.timedelta(days=10)) is Outcome.RETURNED


def test_late_and_too_little_goes_back(waiting, payment):
    expire()

    assert settle(payment, 10999, now=LATER) is Outcome.RETURNED
    assert refunds() == [(10999, "created", "late")]


def test_what_came_in_part_goes_back_when_the_rest_does_not_come(waiting, payment):
    settle(payment, 4000)

    expire()

    assert refunds() == [(4000, "created", "late")]
    assert Payment.objects.order_by("pk").last().state == "cancelled"


def test_a_reference_of_the_bank_pays_once(waiting, payment):
    other = PaymentFactory(order=OrderFactory(edition=waiting.edition), state="pending")
    settle(payment)

    with pytest.raises(ReferenceUsed):
        settle(other)
    assert Payment.objects.get(pk=other.pk).state == "pending"


def test_a_reference_that_is_noted_elsewhere_at_the_same_moment_is_refused(waiting, payment, monkeypatch):
    """Both looked before either wrote: the table decides, and it is said as in the other case."""
    other = PaymentFactory(order=OrderFactory(edition=waiting.edition), state="pending")
    settle(payment)
    monkeypatch.setattr(settling, "_others", lambda _payment: Payment.objects.none())

    with pytest.raises(ReferenceUsed):
        settle(other)
    assert Payment.objects.get(pk=other.pk).state == "pending"


@pytest.mark.parametrize("cents", [0, -1])
def test_nothing_is_no_payment(payment, cents):
    with pytest.raises(ValueError, match="more than nothing"):
        settle(payment, cents)


@pytest.mark.parametrize(("action", "state"), [(settling.fail, "failed"), (settling.call_off, "cancelled")])
def test_what_ends_otherwise_leaves_the_order_waiting(waiting, payment, action, state):
    assert [action(payment=payment, now=NOW, actor=BANK) for _ in range(2)] == [True, False]

    assert Payment.objects.get().state == state
    assert Order.objects.get().state == "pending"


def test_what_came_does_not_fail_afterwards(waiting, payment):
    settle(payment)

    assert settling.fail(payment=payment, now=NOW, actor=BANK) is False
    assert Payment.objects.get().state == "confirmed"


def test_a_basket_of_nothing_to_pay_has_no_books(waiting):
    waiting.lines.update(cents=0, vat_cents=0)
    waiting.total_cents = 0
    waiting.save()
    with settling.writing(public=False):
        settling.pay_nothing(waiting, now=NOW, actor=BANK)

    assert (Order.objects.get().state, Ticket.objects.count(), accounts()) == ("paid", 2, {})


def test_what_came_in_part_for_a_basket_goes_back_when_its_time_ends(waiting, payment):
    Order.objects.update(state="held")
    settle(payment, 4000)

    expire()

    assert refunds() == [(4000, "created", "late")]
    assert "order.expired" not in mails()


def test_what_came_in_part_goes_back_when_its_buyer_cancels(waiting, payment):
    settle(payment, 4000)
    RefundStep.objects.create(product=waiting.lines.first().product, until=LATER)

    cancelling.cancel(order=waiting, actor=BANK, now=NOW, even_used=False)

    assert refunds() == [(4000, "created", "given_back")]
    assert (Order.objects.get().state, taken()) == ("cancelled", [0, 0])
    assert Payment.objects.filter(state="pending").count() == 0


def test_what_came_in_part_stays_without_that_rule(waiting, payment):
    settle(payment, 4000)

    with pytest.raises(NotCancellable):
        cancelling.cancel(order=waiting, actor=BANK, now=NOW, even_used=False)


def test_money_that_is_taken_in_by_hand_counts_for_what_is_awaited_once(waiting, payment):
    key = uuid.UUID(int=9)
    taken_in = {"order": waiting, "way": "transfer", "amount_cents": 11000, "reference": "", "key": key, "actor": BANK}

    assert settling.receive(**taken_in, now=NOW) is Outcome.PAID
    assert settling.receive(**taken_in, now=NOW) is Outcome.KNOWN
    assert settling.receive(**taken_in | {"key": uuid.UUID(int=10)}, now=NOW, came_at=NOW) is Outcome.RETURNED
    assert Payment.objects.count() == 2

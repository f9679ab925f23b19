"""`fsck`: what came in, less what went back, is the total of a paid order."""

import pytest

from tests.factories.tickets import (
    InvoiceFactory,
    LineFactory,
    OrderFactory,
    PaymentFactory,
    RefundFactory,
    TicketFactory,
    cancel,
    keep_ledger,
)
from tests.remembered import remembered
from tickets.models import Invoice, LedgerEntry, LedgerTransaction, Order, Payment, Refund
from tickets.payments import invariants

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


@pytest.fixture
@remembered
def paid(village):
    ticket = TicketFactory(product=village, cents=5500)
    PaymentFactory(order=ticket.line.order)
    assert invariants.violations() == []
    return ticket


def test_a_free_order_needs_no_payment(village):
    TicketFactory(product=village)

    assert invariants.violations() == []


@pytest.mark.parametrize("state", ["created", "pending", "failed", "cancelled"])
def test_only_what_arrived_pays(paid, state):
    Payment.objects.update(state=state, confirmed_at=None)
    keep_ledger(paid.line.order)

    assert invariants.violations() == [
        f"Order {paid.line.order}: its total is 5500 cents, 0 were paid and 0 sent back."
    ]


def test_who_paid_twice_gets_one_back(paid):
    second = PaymentFactory(order=paid.line.order)
    assert len(invariants.violations()) == 1

    RefundFactory(payment=second, state="created")

    assert invariants.violations() == []


def test_a_cancelled_ticket_is_refunded(paid):
    cancel(paid)
    assert len(invariants.violations()) == 1

    RefundFactory(payment=Payment.objects.get())

    assert invariants.violations() == []


def test_a_fee_may_stay(paid):
    cancel(paid)
    LineFactory(order=paid.line.order, kind="fee", product=None, product_name="Frais", day=None, cents=500)

    RefundFactory(payment=Payment.objects.get(), amount_cents=5000)

    assert invariants.violations() == []


def test_a_payment_gives_back_no_more_than_it_brought(paid):
    RefundFactory.create_batch(2, payment=Payment.objects.get(), amount_cents=4000)

    assert any("8000 cents were sent back of 5500" in line for line in invariants.violations())


def test_a_failed_refund_is_not_owed(paid):
    RefundFactory(payment=Payment.objects.get(), state="failed")

    assert invariants.violations() == []


def test_money_that_never_arrived_does_not_go_back(paid):
    never = PaymentFactory(order=paid.line.order, state="failed")
    RefundFactory(payment=never, amount_cents=1, state="pending")

    assert f"Payment {never.pk} never arrived, and money was sent back for it." in invariants.violations()


def test_a_refund_stays_with_its_order(paid):
    refund = RefundFactory(payment=Payment.objects.get())
    Refund.objects.update(order=OrderFactory())

    assert f"Refund {refund.pk} is of another order than its payment." in invariants.violations()


def test_invoices_are_numbered_without_a_hole(paid):
    order = paid.line.order
    first, second = InvoiceFactory.create_batch(2, order=order)
    note = InvoiceFactory(order=order, kind="credit_note", corrects=first, net_cents=-5500)
    assert (second.number, note.number) == (2, 1)
    assert invariants.violations() == []

    Invoice.objects.filter(pk=second.pk).update(number=3)
    Invoice.objects.filter(pk=note.pk).update(order=OrderFactory())

    assert invariants.violations() == [
        "Numbers of invoice in 2027 have a hole: 2 documents, the last is 3.",
        f"Credit note {note.pk} corrects an invoice of another order.",
    ]


def test_each_transaction_adds_up_to_zero(paid):
    row = LedgerEntry.objects.filter(account="revenue").get()
    LedgerEntry.objects.filter(pk=row.pk).update(cents=-5499)

    found = invariants.violations()

    assert f"Ledger transaction {row.transaction_id} adds up to 1 cents." in found
    assert any("its ledger says cash:transfer 5500, receivable" in line or "ledger says" in line for line in found)


def test_a_transaction_is_in_the_currency_of_its_order(paid):
    LedgerTransaction.objects.filter(what="sale").update(currency="CHF")

    (found,) = invariants.violations()
    assert "is in another currency than its order" in found


def test_the_ledger_knows_each_payment(paid):
    LedgerEntry.objects.filter(transaction__what="payment").delete()

    assert invariants.violations() == [
        f"Order {paid.line.order}: its ledger says receivable 5500, revenue -5500; "
        "its lines, payments and refunds cash:transfer 5500, revenue -5500."
    ]


def test_what_has_expired_keeps_nothing(village):
    order = OrderFactory(edition=village.edition, state="expired")
    PaymentFactory(order=order)

    assert invariants.violations() == [f"Order {order}: its total is 0 cents, 5500 were paid and 0 sent back."]

    RefundFactory(payment=Payment.objects.get(), state="confirmed")
    assert invariants.violations() == []
    assert Order.objects.get().state == "expired"

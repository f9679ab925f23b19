"""The ledger is written in the transaction of its fact, and not at all where nothing moves."""

import pytest

from festival.core.writing import writing
from tests.factories.tickets import NOW, LineFactory, OrderFactory, PaymentFactory, RefundFactory
from tickets.models import LedgerEntry, LedgerTransaction
from tickets.payments import posting

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


def test_each_fact_is_a_transaction_that_names_it(village):
    order = OrderFactory(edition=village.edition, state="pending")
    line = LineFactory(order=order, product=village, cents=5500, vat_rate=550, vat_cents=287)
    payment = PaymentFactory(order=order, state="pending")
    refund = RefundFactory(payment=payment, state="failed")

    with writing(public=False):
        posting.sale(order, [line], now=NOW)
        posting.payment(payment, now=NOW)
        posting.cancellation(order, [line], now=NOW)
        for what in (posting.REFUND_BEGUN, posting.REFUND_DONE, posting.REFUND_DROPPED):
            posting.refund(refund, what, now=NOW)

    rows = list(LedgerTransaction.objects.values_list("what", "payment", "refund", "currency"))
    assert rows == [
        ("sale", None, None, "EUR"),
        ("payment", payment.pk, None, "EUR"),
        ("cancellation", None, None, "EUR"),
        ("refund begun", None, refund.pk, "EUR"),
        ("refund done", None, refund.pk, "EUR"),
        ("refund dropped", None, refund.pk, "EUR"),
    ]
    sale = LedgerEntry.objects.filter(transaction__what="sale").values_list("account", "cents")
    assert dict(sale) == {"receivable": 5500, "revenue": -5213, "vat:550": -287}


def test_what_is_free_moves_nothing(village):
    order = OrderFactory(edition=village.edition)
    line = LineFactory(order=order, product=village, counted=False)
    with writing(public=False):
        posting.sale(order, [line], now=NOW)

    assert not LedgerTransaction.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_never_outside_of_a_transaction(village):
    with pytest.raises(RuntimeError, match="The ledger is written only within"):
        posting.sale(OrderFactory(edition=village.edition), [], now=NOW)

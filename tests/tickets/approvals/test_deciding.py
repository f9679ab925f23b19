"""Accepting and refusing: free tickets at once, paid ones within a term, places and codes back exactly once."""

import datetime as dt

import pytest

from festival.models import OutgoingMail
from tests.factories.tickets import NOW, VoucherFactory
from tests.tickets.approvals.conftest import OFFICE, apply, card
from tickets.approvals import deciding
from tickets.approvals.faults import NotWaiting
from tickets.models import Approval, Order, Quota, Ticket, Voucher
from tickets.orders import cancelling, expiring
from tickets.payments import paying, queries, settling

pytestmark = pytest.mark.django_db


def accept(approval, now=NOW):
    return deciding.accept(approval=approval, actor=OFFICE, now=now)


def refuse(approval, reason="Sans carte.", now=NOW):
    deciding.refuse(approval=approval, reason=reason, actor=OFFICE, now=now)


def taken():
    return Quota.objects.get(size=2).taken


def mails(kind):
    return OutgoingMail.objects.filter(kind=kind).count()


def test_what_is_free_gets_its_tickets_at_once(press):
    approval = apply(press, file=card(), count=2)
    accept(approval)

    order = Order.objects.get()
    assert (order.state, order.awaits_approval, order.expires_at) == ("paid", False, None)
    assert list(Ticket.objects.values_list("holder", flat=True)) == ["Zoé Ünal"] * 2
    assert (mails("order.tickets"), mails("approval.accepted"), taken()) == (1, 0, 2)
    assert Approval.objects.get().is_accepted is True


def test_what_costs_something_waits_for_its_payment_with_a_term(paid_press):
    approval = apply(paid_press)
    order = accept(approval)

    order.refresh_from_db()
    assert (order.state, order.awaits_approval) == ("held", False)
    assert order.expires_at == dt.datetime(2027, 5, 7, 17, tzinfo=dt.UTC)  # seven days would be after the week
    assert mails("approval.accepted") == 1
    payment = paying.order_and_pay(
        order=order,
        way="onsite",
        total_cents=2000,
        terms=queries.terms_of(order.edition).version,
        return_url="",
        now=NOW,
    )
    settling.settle(payment=payment, amount_cents=2000, reference="", now=NOW, actor=OFFICE)
    assert Ticket.objects.count() == 1


def test_what_is_accepted_and_not_paid_loses_its_places_and_a_mail_says_so(paid_press):
    VoucherFactory(products=[paid_press], max_uses=1)
    order = accept(apply(paid_press, code="amap27"))

    assert expiring.expire_due(order.expires_at) == 1

    assert (taken(), Voucher.objects.get().used, mails("order.expired")) == (0, 0, 1)


def test_a_refusal_returns_places_and_code_once_and_says_why(paid_press):
    VoucherFactory(products=[paid_press], max_uses=1)
    approval = apply(paid_press, code="amap27")
    refuse(approval)
    with pytest.raises(NotWaiting):
        refuse(approval)
    with pytest.raises(NotWaiting):
        accept(approval)

    order = Order.objects.get()
    assert (order.state, order.cancel_reason, taken()) == ("cancelled", "Sans carte.", 0)
    assert (Voucher.objects.get().used, mails("approval.refused"), mails("order.cancelled")) == (0, 1, 0)
    assert apply(paid_press, number=2, code="amap27").order.total_cents == 1600


def test_what_was_withdrawn_or_is_over_is_not_decided(press):
    withdrawn = apply(press)
    cancelling.cancel(order=withdrawn.order, actor=OFFICE, now=NOW)
    late = apply(press, number=2)

    with pytest.raises(NotWaiting):
        accept(withdrawn)
    with pytest.raises(NotWaiting):
        accept(late, now=late.order.expires_at)
    assert not Ticket.objects.exists()

"""Asking for what needs approval: the places are held for as long as it takes, once."""

import datetime as dt
import uuid

import pytest

from festival.models import OutgoingMail
from tests.factories.tickets import NOW, VoucherFactory
from tests.tickets.approvals.conftest import OFFICE, apply, card
from tests.tickets.buying.conftest import basket, item
from tickets.approvals import applying
from tickets.buying import holding
from tickets.exceptions import HoldOver, NotReady, PriceNotOffered, SaleClosed, SoldOut, TooManyPlaces
from tickets.models import Approval, Order, PaymentSettings, Quota, Ticket, Voucher
from tickets.orders import cancelling, expiring
from tickets.payments import paying
from tickets.uploads.faults import FileGone

pytestmark = pytest.mark.django_db


def taken():
    return Quota.objects.get(size=2).taken


def test_its_places_are_held_until_the_last_day_is_over(press):
    approval = apply(press, file=card())

    order = approval.order
    assert (order.state, order.awaits_approval, order.name, order.email) == (
        "held",
        True,
        "Zoé Ünal",
        "zoe@example.org",
    )
    assert order.expires_at == dt.datetime(2027, 5, 7, 17, tzinfo=dt.UTC)
    assert (taken(), approval.word, approval.file.name) == (1, "Journaliste", "carte.pdf")
    assert OutgoingMail.objects.about(order).filter(kind="approval.asked").count() == 1
    assert not Ticket.objects.exists()


def test_the_same_form_twice_is_one_request(press):
    file = card()
    assert apply(press, file=file).pk == apply(press, file=file).pk
    assert taken() == 1


def test_it_waits_longer_than_a_basket(press):
    approval = apply(press)
    assert expiring.expire_due(NOW + dt.timedelta(hours=2)) == 0
    assert expiring.expire_due(approval.order.expires_at) == 1
    assert taken() == 0


def test_nobody_pays_or_goes_on_before_it_is_approved(paid_press):
    order = apply(paid_press).order
    with pytest.raises(HoldOver):
        holding.give_more_time(order=order, now=NOW)
    with pytest.raises(HoldOver):
        paying.order_and_pay(order=order, way="transfer", total_cents=2000, terms="x", return_url="", now=NOW)
    assert Order.objects.get().state == "held"


def test_whoever_asked_may_withdraw(press):
    approval = apply(press)
    cancelling.cancel(order=approval.order, actor=OFFICE, now=NOW, even_used=False)

    assert Order.objects.get().state == "cancelled"
    assert taken() == 0


def test_every_limit_of_a_basket_holds(press, fest):
    apply(press, count=2)
    with pytest.raises(SoldOut):
        apply(press, number=2)
    with pytest.raises(TooManyPlaces):
        apply(press, number=3, count=3)
    with pytest.raises(SaleClosed):
        apply(press, number=4, now=press.sale_closes + dt.timedelta(days=9))
    assert Approval.objects.count() == 1


def test_what_needs_approval_is_not_bought_and_what_does_not_is_not_asked_for(press, fest):
    with pytest.raises(PriceNotOffered):
        holding.hold(basket=basket(item(press, "prix")), now=NOW)
    with pytest.raises(PriceNotOffered):
        holding.hold(basket=basket(item(fest), asks_approval=True), now=NOW)
    assert not Order.objects.exists()


def test_what_costs_something_needs_a_way_to_pay_what_is_free_does_not(press, paid_press):
    PaymentSettings.objects.update(terms_page=None)
    with pytest.raises(NotReady):
        apply(paid_press)
    paid_press.prices.update(cents=0)
    assert apply(paid_press).order.total_cents == 0


def test_a_code_is_used_while_it_is_decided(paid_press):
    VoucherFactory(products=[paid_press], max_uses=1)
    approval = apply(paid_press, code="amap27")

    assert approval.order.total_cents == 1600
    assert Voucher.objects.get().used == 1


def test_a_file_belongs_to_one_request(press):
    file = card()
    apply(press, file=file)
    with pytest.raises(FileGone):
        apply(press, number=2, file=file)
    assert (Approval.objects.count(), taken()) == (1, 1)


def test_any_changed_field_is_another_form():
    token = uuid.UUID(int=1)
    found = {applying.token(token, *typed) for typed in (("a", "b"), ("a", "b"), ("a", "c"), ("ab", ""))}
    assert len(found) == 3

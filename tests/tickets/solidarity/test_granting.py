"""Giving tickets of the pot: ordinary orders, to the cent, once; and the money that comes back."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from festival.models import OutgoingMail
from tests.factories.tickets import NOW
from tests.tickets.buying.conftest import item
from tests.tickets.solidarity.conftest import OFFICE, ask, give, wish
from tickets.catalogue.pot import PotTooLow
from tickets.exceptions import DayPassed, NotCancellable, SoldOut
from tickets.models import LedgerEntry, Order, Payment, Pot, PotRequest, Quota, Refund, RefundStep, Ticket
from tickets.orders import cancelling
from tickets.payments import ledger
from tickets.solidarity import granting
from tickets.solidarity.faults import RequestDecided

pytestmark = pytest.mark.django_db


def waiting(pot, **changes):
    return ask(wish(pot, **changes), automatic=False)


def grant(request, **more):
    return granting.grant(request=request, actor=OFFICE, now=NOW, **more)


def balance():
    return Pot.objects.get().balance_cents


def account(order):
    rows = LedgerEntry.objects.filter(transaction__order=order).values_list("account").annotate(sum=Sum("cents"))
    return {name: cents for name, cents in rows.order_by() if cents}


def test_a_given_ticket_is_an_ordinary_order_that_the_pot_pays(pot, box):
    give(box, 20_000)
    order = grant(waiting(pot, places=2))

    order.refresh_from_db()
    line = order.lines.first()
    assert (order.state, order.total_cents, order.name) == ("paid", 12_000, "Ada Personne")
    assert (line.product.slug, str(line.price_name), line.cents, line.vat_rate) == ("pass-fest", "", 6000, 550)
    assert Ticket.objects.filter(line__order=order, state="valid").count() == 2
    assert OutgoingMail.objects.about(order).filter(kind="order.tickets", to="ada@example.org").count() == 1
    assert balance() == 8000
    assert account(order) == {ledger.POT: 12_000, ledger.REVENUE: -11_374, "vat:550": -626}


def test_the_pot_gives_what_it_has_and_not_a_cent_more(pot, box):
    give(box, 5999)
    request = waiting(pot)

    with pytest.raises(PotTooLow):
        grant(request)

    request.refresh_from_db()
    assert (request.state, balance(), Order.objects.count()) == ("waiting", 5999, 1)
    assert Quota.objects.filter(taken__gt=0).count() == 0
    give(box, 200, number=2)
    grant(request)
    assert balance() == 199


def test_no_place_no_money_leaves_the_pot(pot, box):
    give(box, 20_000)
    Quota.objects.update(size=0)

    with pytest.raises(SoldOut):
        grant(waiting(pot))

    assert balance() == 20_000


def test_a_request_is_decided_once(pot, box):
    give(box, 20_000)
    request = waiting(pot)
    grant(request)

    with pytest.raises(RequestDecided):
        grant(request)
    with pytest.raises(RequestDecided):
        granting.refuse(request=request, reason="Non.", actor=OFFICE, now=NOW)

    assert (balance(), Payment.objects.filter(provider="pot").count()) == (14_000, 1)


def test_a_day_that_is_over_is_not_given(pot, box):
    give(box, 20_000)
    with pytest.raises(DayPassed):
        granting.grant(request=waiting(pot), actor=OFFICE, now=dt.datetime(2027, 5, 9, tzinfo=dt.UTC))


def test_refusing_says_why_and_takes_nothing(pot, box):
    give(box, 20_000)
    request = waiting(pot)
    granting.refuse(request=request, reason="Plus de places.", actor=OFFICE, now=NOW)

    request.refresh_from_db()
    assert (request.state, request.reason, balance()) == ("refused", "Plus de places.", 20_000)
    assert OutgoingMail.objects.about(request).filter(kind="pot.refused").count() == 1


def test_the_holder_gives_a_ticket_back_and_the_money_is_in_the_pot_again(pot, box):
    give(box, 20_000)
    order = grant(waiting(pot, places=2))
    ticket = Ticket.objects.filter(line__order=order).first()
    OutgoingMail.objects.all().delete()

    cancelling.cancel(order=order, actor=OFFICE, now=NOW, even_used=False, only=ticket)

    assert balance() == 14_000
    refund = Refund.objects.get()
    assert (refund.state, refund.provider, refund.amount_cents) == ("confirmed", "pot", 6000)
    assert not OutgoingMail.objects.filter(kind="payment.refunded").exists()
    cancelling.cancel(order=order, actor=OFFICE, now=NOW, even_used=False)
    assert balance() == 20_000
    assert account(order) == {}
    assert Quota.objects.filter(taken__gt=0).count() == 0


def test_the_office_cancels_a_given_ticket_by_its_lines(pot, box):
    give(box, 20_000)
    order = grant(waiting(pot))
    cancelling.refund(order=order, lines=[order.lines.get().pk], cents=6000, actor=OFFICE, now=NOW)

    order.refresh_from_db()
    assert (order.state, balance()) == ("cancelled", 20_000)


def test_a_gift_is_taken_back_only_while_it_is_in_the_pot(pot, box):
    gift = give(box, 7000)
    line = gift.lines.get().pk
    order = grant(waiting(pot))

    with pytest.raises(NotCancellable) as refused:
        cancelling.refund(order=gift, lines=[line], cents=7000, actor=OFFICE, now=NOW)
    assert (refused.value.why, balance()) == ("given", 1000)

    cancelling.cancel(order=order, actor=OFFICE, now=NOW, even_used=False)
    cancelling.refund(order=gift, lines=[line], cents=7000, actor=OFFICE, now=NOW)
    assert balance() == 0
    assert Refund.objects.get(order=gift).amount_cents == 7000


def test_a_gift_beside_a_pass_stays_when_the_pass_is_given_back(pot, box, fest):
    RefundStep.objects.create(product=fest, until=NOW + dt.timedelta(days=1))
    order = give(box, 1000, extra=[item(fest)])
    assert order.total_cents == 12_000

    cancelling.cancel(order=order, actor=OFFICE, now=NOW, even_used=False)

    order.refresh_from_db()
    assert (order.state, order.total_cents, balance()) == ("paid", 1000, 1000)
    assert OutgoingMail.objects.filter(kind="ticket.cancelled").count() == 1


def test_what_waits_for_money_is_given_when_it_comes_the_oldest_first(pot, box):
    for number, places in enumerate((2, 1, 1)):
        ask(wish(pot, places=places, email=f"{number}@example.org"))
    by_hand = waiting(pot, email="hand@example.org")
    assert granting.grant_due(NOW) == 0

    give(box, 7000)
    assert granting.grant_due(NOW) == 1

    states = list(PotRequest.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["waiting", "granted", "waiting", "waiting"]
    give(box, 50_000, number=2)
    assert granting.grant_due(NOW) == 2
    by_hand.refresh_from_db()
    assert by_hand.state == "waiting"


def test_an_empty_pot_and_a_day_that_is_over_write_nothing(pot, box, django_assert_num_queries):
    ask(wish(pot))
    with django_assert_num_queries(1):
        assert granting.grant_due(NOW) == 0

    give(box, 7000)
    with CaptureQueriesContext(connection) as caught:
        assert granting.grant_due(NOW + dt.timedelta(days=7)) == 0
    assert not any("UPDATE" in query["sql"] or "INSERT" in query["sql"] for query in caught.captured_queries)

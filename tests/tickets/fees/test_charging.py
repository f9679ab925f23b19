"""Fees in orders: a line each, frozen; what becomes of them when something is given back."""

import datetime as dt

import pytest

from festival.core.audit import Actor
from tests.factories.tickets import NOW, FeeFactory, VoucherFactory
from tests.tickets.bought import OFFICE, balance, bought, fresh, meal, ordered, pay, went_back
from tests.tickets.buying.conftest import fest, item, lunch
from tickets.models import Fee, OrderLine, RefundStep
from tickets.orders import cancelling, expiring, queries
from tickets.payments import queries as payment_queries
from tickets.returns import queries as returns

__all__ = ["fest", "lunch"]
pytestmark = pytest.mark.django_db
HOLDER = Actor("order:x")


def fees(order):
    rows = order.lines.live().filter(kind="fee").order_by("pk")
    return list(rows.values_list("cents", "vat_cents", "goes_back", "parent__product__slug"))


def refundable(*products, percent=100):
    for product in products:
        RefundStep.objects.create(product=product, until=NOW + dt.timedelta(days=1), percent=percent)


def test_each_place_that_costs_something_carries_its_fee(fest, lunch):
    FeeFactory(percent=100)

    order = bought(item(fest), item(fest, "invite"), meal(lunch))

    assert fees(order) == [(260, 43, True, "pass-fest"), (162, 27, True, "dejeuner")]
    assert order.total_cents == 11000 + 1200 + 260 + 162 == balance(order)


def test_an_order_carries_its_fee_once(fest):
    FeeFactory(basis="order", cents=200, goes_back=False)

    assert fees(bought(item(fest, count=2))) == [(200, 33, False, None)]


def test_it_is_of_what_a_code_left_to_pay(fest):
    FeeFactory(cents=0, percent=1000)
    VoucherFactory(value=5000)

    assert fees(ordered(item(fest), code="AMAP27")) == [(550, 92, True, "pass-fest")]


@pytest.mark.parametrize(("on_free", "total"), [(False, 0), (True, 150)])
def test_what_is_free_carries_one_only_where_the_organiser_says_so(fest, on_free, total):
    FeeFactory(on_free=on_free)

    assert bought(item(fest, "invite")).total_cents == total


def test_what_was_ordered_keeps_the_fee_of_its_day(fest):
    FeeFactory()
    order = ordered(item(fest))
    Fee.objects.update(cents=900, goes_back=False)

    pay(order)

    assert fees(fresh(order)) == [(150, 25, True, "pass-fest")]


def test_alike_fees_stand_together_and_others_apart(fest):
    FeeFactory()
    FeeFactory(name={"fr": "Frais de dossier"})

    summary = payment_queries.summary_of(ordered(item(fest, count=2)))

    shown = [(item.count, str(item.line.product_name), item.cents) for item in summary]
    assert shown == [(2, "Pass Fest", 22000), (2, "Frais de réservation", 300), (2, "Frais de dossier", 300)]


@pytest.mark.parametrize(
    ("goes_back", "percent", "back", "stays"),
    [(True, 100, 11150, 0), (True, 50, 5650, 0), (False, 100, 11000, 150), (False, 50, 5500, 150)],
)
def test_it_goes_back_whole_with_its_place_or_stays(fest, goes_back, percent, back, stays):
    FeeFactory(goes_back=goes_back)
    refundable(fest, percent=percent)
    order = bought(item(fest))

    quote = returns.quote(order, None, now=NOW)
    assert (quote.back, quote.fees_kept) == (back, stays)
    assert cancelling.cancel(order=order, actor=HOLDER, now=NOW, even_used=False) == 1

    after = fresh(order)
    assert (after.state, after.total_cents) == ("cancelled", 11150 - back)
    assert went_back(order) == back
    assert balance(order) == after.total_cents


def test_the_fee_of_an_order_goes_back_with_its_last_place(fest):
    FeeFactory(basis="order", cents=200)
    refundable(fest)
    order = bought(item(fest, count=2))
    first, last = order.tickets.order_by("pk")

    cancelling.cancel(order=order, actor=HOLDER, now=NOW, even_used=False, only=first)
    assert (went_back(order), fees(order)) == (11000, [(200, 33, True, None)])
    cancelling.cancel(order=fresh(order), actor=HOLDER, now=NOW, even_used=False, only=last)

    assert (went_back(order), fees(order), fresh(order).state) == (22200, [], "cancelled")


def test_what_goes_along_for_nothing_keeps_its_fee(fest, lunch):
    """The pass goes back, the lunch does not: nor does its fee."""
    FeeFactory()
    refundable(fest)
    order = bought(item(fest), meal(lunch))

    cancelling.cancel(order=order, actor=HOLDER, now=NOW, even_used=False)

    assert (went_back(order), fresh(order).total_cents) == (11150, 1350)
    kept = order.lines.live().values_list("kind", "cents", "vat_rate", "goes_back").order_by("cents")
    assert list(kept) == [("fee", 150, 2000, None), ("fee", 1200, 1000, None)]


def test_the_office_gives_back_a_fee_that_stays_only_if_it_ticks_it(fest):
    FeeFactory(goes_back=False)
    order = bought(item(fest, count=2))
    places, kept = order.lines.filter(kind="admission"), order.lines.filter(kind="fee")

    cancelling.refund(order=order, lines=[places[0].pk], cents=11000, actor=OFFICE, now=NOW)
    cancelling.refund(order=order, lines=[places[1].pk, kept[1].pk], cents=11150, actor=OFFICE, now=NOW)

    assert (went_back(order), fresh(order).total_cents, fresh(order).state) == (22150, 150, "cancelled")


def test_the_office_gives_back_the_fee_along(fest):
    FeeFactory()
    order = bought(item(fest, count=2))
    place = order.lines.filter(kind="admission").first()

    assert [line.cents for line in queries.lines_with_belongings(order, [place.pk])] == [11000, 150]
    cancelling.refund(order=order, lines=[place.pk], cents=11150, actor=OFFICE, now=NOW)

    assert fees(order) == [(150, 25, True, "pass-fest")]


def test_what_waits_ends_with_all_its_fees(fest, lunch):
    FeeFactory(goes_back=False)
    FeeFactory(basis="order", goes_back=False)
    refundable(fest)
    paid = bought(item(fest))
    later = ordered(meal(lunch), extends=paid, ticket=paid.tickets.get())

    cancelling.cancel(order=paid, actor=HOLDER, now=NOW, even_used=False)

    assert (fresh(later).state, fresh(later).total_cents) == ("cancelled", 0)
    assert not OrderLine.objects.live().filter(order=later).exists()


def test_what_expires_owes_nothing(fest):
    FeeFactory()
    order = ordered(item(fest))

    assert expiring.expire_due(order.expires_at) == 1

    assert (fresh(order).state, balance(order)) == ("expired", 0)

"""Whether anything is sold, by which ways, on which terms; what an order holds."""

import datetime as dt

import pytest

from festival.models import Edition
from tests.factories.festival import EditionFactory
from tests.factories.tickets import NOW, LineFactory, OrderFactory, PaymentFactory, PaymentSettingsFactory
from tests.tickets.payments.test_paying import Service
from tickets.models import Payment, PaymentSettings, Provider
from tickets.payments import providers, queries

pytestmark = pytest.mark.django_db


def fresh():
    return Edition.objects.get(is_current=True)


def test_nothing_is_sold_before_it_is_said_how():
    EditionFactory()

    assert queries.is_selling() is False
    assert queries.terms_of(fresh()) is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"iban": ""}, True),
        ({"takes_onsite": False}, True),
        ({"account_holder": "", "takes_onsite": False}, False),
        ({"terms_page": None}, False),
    ],
)
def test_something_is_sold_by_one_way_on_terms_that_can_be_read(changes, expected):
    PaymentSettingsFactory()
    PaymentSettings.objects.update(**changes)

    assert queries.can_sell(fresh()) is expected
    assert queries.is_selling() is expected


def test_terms_that_are_not_published_are_none():
    page = PaymentSettingsFactory().terms_page
    page.unpublish()

    assert queries.terms_of(fresh()) is None


def test_each_publication_is_a_version():
    page = PaymentSettingsFactory().terms_page
    before = queries.terms_of(fresh())

    page.specific.save_revision().publish()

    after = queries.terms_of(fresh())
    assert (before.address, before.published) == ("/fr/cgv/", NOW)
    assert before.version != after.version
    assert len(after.version) <= 80


def test_the_payment_that_is_awaited_is_the_latest(waiting, payment):
    PaymentFactory(order=waiting, state="failed")
    assert queries.open_payment(waiting) == payment

    Payment.objects.update(state="cancelled", confirmed_at=None)
    assert queries.open_payment(waiting) is None


def test_alike_lines_are_one(waiting):
    waiting.lines.filter(pk=waiting.lines.first().pk).update(cents=5400)

    assert [(one.count, one.cents) for one in queries.summary_of(waiting)] == [(1, 5400), (1, 5500)]
    waiting.lines.update(cents=5500)
    assert [(one.count, one.cents) for one in queries.summary_of(waiting)] == [(2, 11000)]


def test_ways_of_an_order_end_with_its_doors(village):
    PaymentSettingsFactory(edition=village.edition)
    order = OrderFactory(edition=village.edition, state="held", expires_at=NOW)
    LineFactory(order=order, product=village, day=village.days.get(date="2027-05-02"))

    assert queries.ways_of(order, NOW) == []


def test_what_brings_the_tickets_at_once_is_offered_first(village, monkeypatch):
    PaymentSettingsFactory(edition=village.edition)
    monkeypatch.setitem(providers._registry, Provider.STRIPE, Service())
    order = OrderFactory(edition=village.edition, state="held", expires_at=NOW)
    LineFactory(order=order, product=village, day=village.days.last())

    ways = [way.provider.name for way in queries.ways_of(order, NOW - dt.timedelta(days=20))]
    assert ways == [Provider.STRIPE, Provider.TRANSFER, Provider.ONSITE]

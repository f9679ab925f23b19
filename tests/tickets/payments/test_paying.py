"""Beginning to pay: the key first, the provider then, once; and what is closed and reminded of afterwards."""

import datetime as dt
from uuid import UUID

import pytest

from festival.models import AuditEntry, OutgoingMail
from tests.factories.festival import DayFactory
from tests.factories.tickets import NOW, PaymentFactory
from tests.remembered import remembered
from tickets.exceptions import DetailsMissing, HoldOver, TermsNotAccepted, TotalChanged, WayNotOffered
from tickets.models import MoneyState, Order, Payment, PaymentSettings, Provider, Ticket
from tickets.payments import paying, providers, queries
from tickets.payments.faults import ProviderFailed
from tickets.payments.providers import Answer, Begun

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


class Service:
    """A payment service in memory: one page for each key; `is_down` lets its answer get lost after it has begun."""

    name = Provider.STRIPE
    moves_money = True

    def __init__(self):
        self.pages, self.closed, self.refunds, self.is_down = {}, [], {}, False
        self.answer = MoneyState.CONFIRMED

    def is_ready(self, edition):
        return True

    def offered_until(self, order, now):
        return now + HOUR

    def begin(self, payment, order, return_url, now):
        url = self.pages.setdefault(payment.key, f"https://pay.example/{payment.key}")
        if self.is_down:
            raise ProviderFailed("no answer")
        return Begun(reference=f"cs_{payment.key}", url=url, expires_at=now + HOUR)

    def ask(self, payment):
        return Answer(MoneyState.PENDING, payment.amount_cents, payment.reference)

    def ask_many(self, payments, now):
        return {}

    def refund(self, refund):
        self.refunds.setdefault(refund.key, refund.amount_cents)
        if self.is_down:
            raise ProviderFailed("no answer")
        return Answer(self.answer, refund.amount_cents, f"re_{refund.key}")

    def call_off(self, payment):
        if self.is_down:
            raise ProviderFailed("no answer")
        self.closed.append(payment.pk)


@pytest.fixture
def service(monkeypatch):
    service = Service()
    monkeypatch.setitem(providers._registry, Provider.STRIPE, service)
    return service


@pytest.fixture
@remembered
def basket(waiting):
    """The order as a basket that is held for twenty minutes, for Wednesday."""
    wednesday = DayFactory(edition=waiting.edition, date=dt.date(2027, 5, 5))
    waiting.lines.first().product.days.add(wednesday)
    waiting.lines.update(day=wednesday)
    Order.objects.update(state="held", expires_at=NOW + dt.timedelta(minutes=20))
    for quota in waiting.edition.quotas.all():
        quota.taken = 0
        quota.save()
    waiting.refresh_from_db()
    return waiting


def terms(order):
    return queries.terms_of(order.edition).version


def pay(order, **changes):
    values = {"way": "transfer", "total_cents": 11000, "return_url": "https://here/", "now": NOW} | changes
    if "terms" not in values:
        values["terms"] = terms(order)
    return paying.order_and_pay(order=order, **values)


def test_a_transfer_gives_its_days_and_says_how(basket):
    payment = pay(basket)

    assert (payment.state, payment.amount_cents, payment.url) == ("pending", 11000, "")
    basket.refresh_from_db()
    assert (basket.state, basket.expires_at) == ("pending", payment.expires_at)
    assert payment.expires_at == dt.datetime(2027, 5, 4, 8, tzinfo=dt.UTC)  # a day before the doors open
    assert (basket.terms, basket.terms_accepted_at) == (terms(basket), NOW)
    assert OutgoingMail.objects.get().kind == "payment.instructions"
    verbs = list(AuditEntry.objects.filter(actor=f"order:{basket.code}").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["order.placed", "payment.begun"]


def test_a_page_ends_before_the_places_go_back(basket, service):
    payment = pay(basket, way="stripe")

    assert (payment.url, payment.reference) == (f"https://pay.example/{payment.key}", f"cs_{payment.key}")
    basket.refresh_from_db()
    assert basket.expires_at - payment.expires_at == dt.timedelta(minutes=10)
    assert not OutgoingMail.objects.exists()


def test_posted_twice_it_is_begun_once(basket, service):
    first, again = pay(basket, way="stripe"), pay(basket, way="stripe")

    assert first == again
    assert len(service.pages) == 1
    assert AuditEntry.objects.filter(verb="payment.begun").count() == 1


def test_when_the_answer_is_lost_the_next_try_goes_on_with_the_same_key(basket, service):
    service.is_down = True
    with pytest.raises(ProviderFailed):
        pay(basket, way="stripe")
    assert Payment.objects.get().state == "created"

    service.is_down = False
    payment = pay(basket, way="stripe")

    assert (payment.state, len(service.pages)) == ("pending", 1)


def test_another_way_calls_the_first_off_and_its_page_is_closed(basket, service):
    first = pay(basket, way="stripe")
    second = pay(basket, way="onsite")

    first.refresh_from_db()
    assert (first.state, second.state, second.provider) == ("cancelled", "pending", "onsite")
    service.is_down = True
    assert paying.close_pages(NOW) == 0
    service.is_down = False
    assert [paying.close_pages(NOW), paying.close_pages(NOW)] == [1, 0]
    assert service.closed == [first.pk]


@pytest.mark.parametrize(
    ("changes", "posted", "error"),
    [
        ({}, {"total_cents": 10999}, TotalChanged),
        ({}, {"total_cents": 0}, TotalChanged),
        ({}, {"terms": "older"}, TermsNotAccepted),
        ({}, {"terms": ""}, TermsNotAccepted),
        ({}, {"way": "cowries"}, WayNotOffered),
        ({}, {"way": "stripe"}, WayNotOffered),
        ({"name": ""}, {}, DetailsMissing),
        ({"email": ""}, {}, DetailsMissing),
        ({"expires_at": NOW}, {}, HoldOver),
        ({"is_basket": False}, {}, HoldOver),
        ({"state": "expired"}, {}, HoldOver),
    ],
)
def test_what_cannot_be_ordered_like_this(basket, changes, posted, error):
    Order.objects.filter(pk=basket.pk).update(**changes)

    with pytest.raises(error):
        pay(basket, **posted)
    assert not Payment.objects.exists()


@pytest.mark.parametrize("state", ["paid", "cancelled"])
@pytest.mark.unsound
def test_what_has_ended_is_not_paid(basket, state):
    Order.objects.filter(pk=basket.pk).update(state=state)

    with pytest.raises(HoldOver):
        pay(basket)


def test_terms_that_are_gone_are_not_agreed_to(basket):
    version = terms(basket)
    PaymentSettings.objects.update(terms_page=None)
    basket = Order.objects.select_related("edition").get()

    with pytest.raises(TermsNotAccepted):
        pay(basket, terms=version)


def test_nothing_to_pay_gives_the_tickets_at_once(basket):
    basket.lines.update(cents=0, vat_cents=0)
    Order.objects.update(total_cents=0)
    basket.refresh_from_db()

    assert pay(basket, way="", total_cents=0, terms="") is None

    assert (Order.objects.get().state, Ticket.objects.count(), Payment.objects.count()) == ("paid", 2, 0)
    assert OutgoingMail.objects.get().kind == "order.tickets"


def test_a_payment_that_failed_leaves_the_way_to_another(basket, service):
    first = pay(basket, way="stripe")
    Payment.objects.update(state="failed")

    assert pay(basket, way="transfer").pk != first.pk


def test_what_came_in_part_is_not_asked_for_again(basket):
    PaymentFactory(order=basket, amount_cents=4000)

    assert pay(basket).amount_cents == 7000


@pytest.mark.parametrize(
    ("asked_at", "reminded"),
    [(NOW + HOUR, 0), (dt.datetime(2027, 5, 3, 9, tzinfo=dt.UTC), 1), (dt.datetime(2027, 5, 4, 8, tzinfo=dt.UTC), 0)],
)
def test_buyers_are_reminded_once_while_there_is_time(basket, asked_at, reminded):
    pay(basket)

    assert [paying.remind_due(asked_at), paying.remind_due(asked_at)] == [reminded, 0]
    assert OutgoingMail.objects.filter(kind="payment.reminder").count() == reminded


def test_nobody_is_reminded_of_a_page_or_of_what_came(basket, service):
    payment = pay(basket, way="stripe")
    assert paying.remind_due(payment.expires_at - dt.timedelta(minutes=1)) == 0


def test_keys_are_random(basket):
    assert isinstance(pay(basket).key, UUID)

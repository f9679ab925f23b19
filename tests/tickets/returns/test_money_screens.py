"""The office's screens of money: what came, what goes back, first said and then done."""

import re
import uuid

import pytest
from django.urls import reverse

from festival.models import AuditEntry
from tests.factories.festival import UserFactory
from tests.factories.tickets import (
    LineFactory,
    OrderFactory,
    PaymentFactory,
    PaymentSettingsFactory,
    RefundFactory,
    TicketFactory,
)
from tests.remembered import remembered
from tickets.models import Order, Payment, PaymentSettings, Refund, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


@pytest.fixture
@remembered
def waiting(village):
    """An order of two places, 110 euros, by transfer."""
    PaymentSettingsFactory(edition=village.edition)
    order = OrderFactory(edition=village.edition, state="pending", is_basket=True)
    LineFactory.create_batch(2, order=order, product=village, cents=5500)
    PaymentFactory(order=order, amount_cents=11000, state="pending")
    return order


@pytest.fixture
@remembered
def paid(village):
    """Two tickets that were paid by transfer."""
    order = OrderFactory(edition=village.edition)
    TicketFactory.create_batch(2, order=order, product=village, cents=5500)
    PaymentFactory(order=order, amount_cents=11000)
    return order


def received(order, **changes):
    posted = {"key": uuid.UUID(int=5), "way": "transfer", "amount": "110", "came_at": "2027-05-01 10:00"}
    return reverse("order:received", args=[order.pk]), posted | changes


def test_the_screen_says_what_is_missing_and_what_follows(waiting, office):
    html = office.get(received(waiting)[0]).content.decode()

    assert 'value="110,00"' in html
    assert "110" in re.search(r"Il manque ([^.]*)\.", html)[1]


def test_money_that_came_pays_the_order_once_however_often_it_is_posted(waiting, office):
    for _ in range(2):
        address, posted = received(waiting)
        assert office.post(address, posted).url == reverse("order:inspect", args=[waiting.pk])

    payment = Payment.objects.get()
    assert (payment.state, payment.confirmed_at.isoformat()) == ("confirmed", "2027-05-01T08:00:00+00:00")
    assert (Order.objects.get().state, Ticket.objects.count(), Refund.objects.count()) == ("paid", 2, 0)
    assert AuditEntry.objects.get(verb="payment.confirmed").actor.startswith("user:")


def test_less_leaves_it_waiting(waiting, office):
    office.post(*received(waiting, amount="50,50"))

    assert Order.objects.get().state == "pending"
    assert sorted(Payment.objects.values_list("amount_cents", "state")) == [(5050, "confirmed"), (5950, "pending")]


def test_what_comes_another_way_counts_too(waiting, office):
    office.post(*received(waiting, way="onsite"))

    assert Order.objects.get().state == "paid"
    assert sorted(Payment.objects.values_list("provider", "state")) == [
        ("onsite", "confirmed"),
        ("transfer", "cancelled"),
    ]


def test_what_comes_for_a_paid_order_is_to_be_sent_back_and_then_noted(paid, office):
    office.post(*received(paid))
    refund = Refund.objects.get()
    assert (refund.amount_cents, refund.state) == (11000, "created")

    html = office.get(reverse("order:inspect", args=[paid.pk])).content.decode()
    sent = reverse("order:refund_sent", args=[refund.pk])
    assert sent in html
    for _ in range(2):
        office.post(sent)

    refund.refresh_from_db()
    assert refund.state == "confirmed"
    assert AuditEntry.objects.filter(verb="refund.confirmed").count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": "0"},
        {"amount": "-5"},
        {"amount": "beaucoup"},
        {"came_at": "2027-06-01 10:00"},
        {"way": "stripe"},
        {"key": "x"},
    ],
)
def test_what_is_no_payment(waiting, office, changes):
    assert office.post(*received(waiting, **changes)).status_code == 422
    assert Order.objects.get().state == "pending"


def test_a_reference_of_another_payment(waiting, office):
    PaymentFactory(order=OrderFactory(edition=waiting.edition, total_cents=0, state="pending"), reference="B1")

    response = office.post(*received(waiting, reference="B1"))

    assert response.status_code == 422
    assert "Un autre paiement porte cette référence" in response.content.decode()


def test_a_part_is_shown_before_it_is_cancelled_and_paid_back(paid, office):
    address = reverse("order:refund", args=[paid.pk])
    line = paid.lines.first()
    assert office.get(address).status_code == 200
    assert office.post(address, {}).status_code == 422

    html = office.post(address, {"lines": [line.pk]}).content.decode()
    assert "55" in html
    assert not Refund.objects.exists()
    assert 'name="cents" value="5500"' in html

    assert office.post(address, {"lines": [line.pk], "cents": "1", "confirm": "1"}).status_code == 200
    assert not Refund.objects.exists()

    office.post(address, {"lines": [line.pk], "cents": "5500", "confirm": "1", "reason": "Malade"})

    assert (Refund.objects.get().amount_cents, Order.objects.get().total_cents) == (5500, 5500)
    assert sorted(Ticket.objects.values_list("state", flat=True)) == ["cancelled", "valid"]
    entry = AuditEntry.objects.get(verb="order.refunded")
    assert entry.facts == {"reason": "Malade", "lines": 1, "refunded_cents": 5500}
    assert office.post(address, {"lines": [line.pk], "cents": "5500", "confirm": "1"}).status_code == 422


@pytest.mark.unsound
def test_what_was_never_paid_does_not_go_back(village, office):
    order = OrderFactory(edition=village.edition)
    line = TicketFactory(order=order, product=village, cents=5500).line
    address = reverse("order:refund", args=[order.pk])

    office.post(address, {"lines": [line.pk], "cents": "5500", "confirm": "1"})

    assert not Refund.objects.exists()
    assert Ticket.objects.get().state == "valid"


def test_the_page_of_an_order_tells_its_money(paid, office):
    RefundFactory(payment=PaymentFactory(order=paid, amount_cents=500, reference="B7"), amount_cents=500)

    html = office.get(reverse("order:inspect", args=[paid.pk])).content.decode()

    assert "B7" in html
    assert reverse("order:refund", args=[paid.pk]) in html
    assert reverse("order:received", args=[paid.pk]) in html


def test_nobody_without_the_right_touches_money(paid, client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_staff=True))

    for name in ("order:received", "order:refund"):
        assert client.get(reverse(name, args=[paid.pk])).status_code in {302, 403}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"iban": "FR1420041010050500013M02607"}, "Ce n’est pas un IBAN"),
        ({"bic": "PSST"}, "Un BIC a 8 ou 11"),
        ({"account_holder": ""}, "Dites à qui est le compte"),
        ({"transfer_days": "0"}, "1"),
    ],
)
def test_an_account_is_checked(village, office, typed, sentence):
    posted = {
        "edition": village.edition.pk,
        "account_holder": "Association",
        "iban": "fr14 2004 1010 0505 0001 3m02 606",
        "bic": "psstfrpppar",
        "transfer_days": "7",
    }
    response = office.post(reverse("payment-settings:add"), posted | typed)
    assert response.status_code == 200
    assert sentence in response.content.decode()

    office.post(reverse("payment-settings:add"), posted)
    found = PaymentSettings.objects.get()
    assert (found.iban, found.bic) == ("FR1420041010050500013M02606", "PSSTFRPPPAR")
    assert AuditEntry.objects.filter(verb__endswith=".created", subject_type="tickets.paymentsettings").exists()
    assert office.get(reverse("payment-settings:index")).status_code == 200

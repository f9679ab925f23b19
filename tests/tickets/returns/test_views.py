"""The office's screens about what goes back: first what follows, then the last click; and its notes."""

import re

import pytest
from django.urls import reverse

from festival.models import OutgoingMail
from tests.factories.festival import UserFactory
from tests.factories.tickets import NOW
from tests.tickets.bought import OFFICE, bought, fresh, ordered, went_back
from tests.tickets.buying.conftest import item
from tests.tickets.returns.test_clarifying import sent_back
from tickets.models import OrderNote, RefundRequest, RefundStep
from tickets.returns import queries, requesting

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


@pytest.fixture
def wish(fest):
    fest.refund_needs_approval = True
    fest.save()
    RefundStep.objects.create(product=fest, days_before=0)
    order = bought(item(fest))
    quote = queries.quote(order, None, now=NOW)
    requesting.give_back(order=order, only=None, quote=quote, actor=OFFICE, now=NOW)
    return RefundRequest.objects.get()


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_queue_shows_what_waits_with_its_sums(office, wish, fest):
    other = bought(item(fest))
    sent_back(other, 3000)

    html = text(office.get(reverse("order:refunds")))

    assert reverse("order:request", args=[wish.pk]) in html
    assert reverse("order:clarify", args=[other.refunds.get().pk]) in html
    assert "110 €" in html
    assert "30 €" in html


def test_a_wish_is_accepted_for_the_sum_that_was_shown(office, wish):
    address = reverse("order:request", args=[wish.pk])
    shown = re.search(r'name="cents" value="(\d+)"', office.get(address).content.decode())[1]

    office.post(address, {"cents": 1, "accept": "1"})
    assert went_back(wish.order) == 0
    office.post(address, {"cents": shown, "accept": "1"})

    assert (went_back(wish.order), fresh(wish.order).state) == (11000, "cancelled")


def test_a_refusal_needs_its_reason(office, wish):
    address = reverse("order:request", args=[wish.pk])

    missing = office.post(address, {"refuse": "1"})
    office.post(address, {"refuse": "1", "reason": "Trop tard"})

    assert missing.status_code == 422
    wish.refresh_from_db()
    assert (wish.state, wish.reason) == ("refused", "Trop tard")
    assert office.get(address).status_code == 302, "it was answered"


def test_a_free_amount_is_shown_first_and_goes_back_then(office, fest):
    order = bought(item(fest))
    address = reverse("order:give", args=[order.pk])

    first = office.post(address, {"amount": "12,50", "told": "Pardon"})
    assert went_back(order) == 0
    assert 'name="cents" value="1250"' in text(first)
    changed = office.post(address, {"amount": "13", "told": "", "cents": 1250, "confirm": "1"})
    assert (changed.status_code, went_back(order)) == (200, 0)
    office.post(address, {"amount": "12,50", "told": "Pardon", "cents": 1250, "confirm": "1"})

    assert went_back(order) == 1250


@pytest.mark.parametrize("amount", ["110,01", "0", "-5", "beaucoup", "1" * 20])
def test_no_amount_beyond_what_is_left(office, fest, amount):
    order = bought(item(fest))

    answer = office.post(reverse("order:give", args=[order.pk]), {"amount": amount})

    assert answer.status_code == 422
    assert went_back(order) == 0


def test_what_it_was_for_is_cancelled(office, fest):
    order = bought(item(fest, count=2))
    refund = sent_back(order, 11000)
    address = reverse("order:clarify", args=[refund.pk])
    assert office.get(address).status_code == 200

    office.post(address, {"lines": [order.lines.first().pk]})
    again = office.post(address, {"lines": [order.lines.live().first().pk]}, follow=True)

    assert order.tickets.filter(state="valid").count() == 1
    assert again.status_code == 200


def test_a_note_stands_in_the_history(office, fest):
    order = bought(item(fest))

    office.post(reverse("order:note", args=[order.pk]), {"text": "A appelé <b>deux</b> fois."})
    office.post(reverse("order:note", args=[order.pk]), {"text": "  "})

    assert OrderNote.objects.count() == 1
    html = office.get(reverse("order:inspect", args=[order.pk])).content.decode()
    assert "A appelé &lt;b&gt;deux&lt;/b&gt; fois." in html


def test_the_mail_is_sent_again(office, fest):
    order, waits = bought(item(fest)), ordered(item(fest))
    OutgoingMail.objects.all().delete()

    for one in (order, waits):
        office.post(reverse("order:resend", args=[one.pk]))

    assert set(OutgoingMail.objects.values_list("kind", flat=True)) == {"order.tickets", "payment.instructions"}


def test_an_order_that_has_ended_has_nothing_to_send(office, fest):
    order = bought(item(fest))
    type(order).objects.filter(pk=order.pk).update(state="expired", expires_at=NOW)
    OutgoingMail.objects.all().delete()

    office.post(reverse("order:resend", args=[order.pk]))

    type(order).objects.filter(pk=order.pk).update(state="paid", expires_at=None)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    "typed", ["camille@example", "Camille", "dupont", "110", "110,00 €", "B4 {code}", "{code}", "{ticket}"]
)
def test_an_order_is_found_by_whatever_is_known_of_it(office, fest, typed):
    order = bought(item(fest))
    code = order.code
    typed = typed.replace("B4 {code}", f"{code[:4]} {code[4:].lower()}")
    typed = typed.format(code=code, ticket=order.tickets.get().short_code)

    html = office.get(reverse("order:index"), {"q": typed}).content.decode()

    assert reverse("order:inspect", args=[order.pk]) in html


@pytest.mark.parametrize("typed", ["111", "martin", "zzzz"])
def test_another_order_is_not_found(office, fest, typed):
    order = bought(item(fest))

    html = office.get(reverse("order:index"), {"q": typed}).content.decode()

    assert reverse("order:inspect", args=[order.pk]) not in html


def test_the_list_says_what_it_comes_to(office, fest):
    order = bought(item(fest, count=2))
    sent_back(order, 5000)

    html = text(office.get(reverse("order:index")))

    assert "170 €" in html
    assert "220 €" in html
    assert "50 €" in html

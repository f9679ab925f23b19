"""One order's pages: confirming, mending the address, giving places back."""

import datetime as dt
import re
import uuid

import pytest
from django.core import mail as mails
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from festival.core import limits
from festival.models import AuditEntry, OutgoingMail
from tests.factories.tickets import NOW, CheckinListFactory, DeviceFactory, PaymentFactory, TicketFactory
from tests.tickets.orders.test_views import office, page_of, wish
from tickets.door import checkin
from tickets.models import Checkin, Order, Product, Quota, Ticket
from tickets.orders import order_views
from tickets.orders.expiring import expire_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(village, client):
    """A held order of two places, as its visitor has made it."""
    Product.objects.update(confirmation="always")
    client.post(office(), wish(places="2"))
    return Order.objects.get()


def link(run_outbox):
    """Return the path of the link in the last mail."""
    run_outbox()
    return re.search(r"http://testserver(/\S+/confirm\w*/\w+/)", mails.outbox[-1].body)[1]


def taken():
    return sum(Quota.objects.values_list("taken", flat=True))


def test_places_are_held_and_the_page_says_what_to_do(held, client, run_outbox):
    html = client.get(page_of(held)).content.decode()

    assert (held.state, held.expires_at, taken()) == ("held", NOW + dt.timedelta(hours=1), 2)
    assert not Ticket.objects.exists()
    assert "camille@example.org" in html
    assert "12\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30" in html
    assert link(run_outbox).endswith("/")
    body = mails.outbox[0].body
    assert "Camille" not in body
    assert "12\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30" in body
    assert client.get(page_of(held, "tickets-order-pdf")).status_code == 302
    assert client.get(page_of(held, "tickets-order-ics")).status_code == 302


def test_looking_at_the_link_confirms_nothing_and_the_button_does(held, client, run_outbox):
    path = link(run_outbox)
    for _ in range(3):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert Order.objects.get().state == "held"

    response = client.post(path)
    again = client.post(path)

    assert response["Location"] == again["Location"] == page_of(held)
    order = Order.objects.get()
    assert (order.state, order.expires_at, order.confirmed_at) == ("paid", None, NOW)
    assert Ticket.objects.count() == 2
    run_outbox()
    assert [mail.kind for mail in OutgoingMail.objects.order_by("pk")] == ["order.confirm", "order.tickets"]
    verbs = AuditEntry.objects.filter(verb__startswith="order").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["order.held", "order.confirmed"]
    assert 'class="qr"' in client.get(page_of(held)).content.decode()


def test_the_page_that_the_visitor_sees_does_not_hold_the_link(held, client, run_outbox):
    token = link(run_outbox).rstrip("/").rpartition("/")[2]

    assert token not in client.get(page_of(held)).content.decode()


def test_a_wrong_link_is_not_found(held, client, run_outbox):
    path = link(run_outbox).replace(held.secret, "x" * 43)
    assert client.get(path).status_code == 404
    with override("fr"):
        wrong = reverse("tickets-order-confirm", args=[held.code, held.secret, "0" * 40])
    assert client.post(wrong).status_code == 404


def test_the_time_passes_and_the_places_return(held, client, run_outbox, settings):
    path = link(run_outbox)
    settings.FESTIVAL_CLOCK = "2027-05-02T12:30"

    assert expire_due(NOW + dt.timedelta(hours=1)) == 1

    assert (Order.objects.get().state, taken()) == ("expired", 0)
    assert "terminé" in client.get(page_of(held)).content.decode() or client.get(page_of(held)).status_code == 200
    assert client.post(path).status_code == 302
    assert (Order.objects.get().state, taken(), Ticket.objects.count()) == ("paid", 2, 2)


def test_who_comes_late_and_finds_it_full_is_told(held, client, run_outbox, settings):
    path = link(run_outbox)
    settings.FESTIVAL_CLOCK = "2027-05-02T12:30"
    expire_due(NOW + dt.timedelta(hours=1))
    Quota.objects.update(size=1)

    response = client.post(path)

    assert response.status_code == 409
    assert (Order.objects.get().state, taken(), Ticket.objects.count()) == ("expired", 0, 0)


def test_the_address_can_be_mended_and_older_links_are_void(held, client, run_outbox):
    first = link(run_outbox)

    response = client.post(page_of(held, "tickets-order-address"), {"email": "camille2@example.org"})
    second = link(run_outbox)

    assert response["Location"] == page_of(held)
    assert Order.objects.get().email == "camille2@example.org"
    assert mails.outbox[-1].to == ["camille2@example.org"]
    assert client.post(first).status_code == 404
    assert client.post(second).status_code == 302
    assert client.post(page_of(held, "tickets-order-address"), {"email": "x@example.org"}).status_code == 302
    assert Order.objects.get().email == "camille2@example.org"


def test_a_mail_that_waits_for_the_old_address_is_not_sent(held, client, run_outbox):
    client.post(page_of(held, "tickets-order-address"), {"email": "right@example.org"})

    run_outbox()

    assert [mail.to for mail in mails.outbox] == [["right@example.org"]]


def test_a_malformed_address_stays_as_typed(held, client):
    response = client.post(page_of(held, "tickets-order-address"), {"email": "camille@"})

    assert response.status_code == 422
    assert 'value="camille@"' in response.content.decode()


def test_nobody_sends_mails_to_strangers_for_ever(held, client):
    for number in range(5):
        response = client.post(page_of(held, "tickets-order-address"), {"email": f"stranger{number}@example.org"})

    assert response.status_code == 429
    assert 'value="stranger4@example.org"' in response.content.decode()
    assert OutgoingMail.objects.count() == 1 + 3


def test_when_few_places_are_left_they_are_held(village, client):
    Quota.objects.update(size=10)
    for number in range(10):
        client.post(office(), wish(form_token=str(uuid.UUID(int=number)), email=f"{number}@example.org"))

    states = list(Order.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["paid"] * 8 + ["held"] * 2


def test_never_means_never(village, client):
    Product.objects.update(confirmation="never")
    Quota.objects.update(size=1)

    client.post(office(), wish())

    assert Order.objects.get().state == "paid"


# Giving back ----------------------------------------------------------------------------------------------------------


def test_places_are_given_back_in_two_steps(village, client, run_outbox):
    client.post(office(), wish(places="3"))
    order = Order.objects.get()
    address = page_of(order, "tickets-order-cancel")

    assert client.get(address).status_code == 200
    assert (Order.objects.get().state, taken()) == ("paid", 3)
    assert client.post(address)["Location"] == page_of(order)

    assert (Order.objects.get().state, taken()) == ("cancelled", 0)
    assert set(Ticket.objects.values_list("state", flat=True)) == {"cancelled"}
    html = client.get(page_of(order)).content.decode()
    assert 'class="qr"' not in html
    assert client.post(address).status_code == 302
    run_outbox()
    assert OutgoingMail.objects.filter(state="sent").first().kind == "order.cancelled"
    entry = AuditEntry.objects.get(verb="order.cancelled")
    assert (entry.actor, entry.facts) == (f"order:{order.code}", {"reason": "", "places": 3, "told": True})


def test_what_was_scanned_in_is_not_given_back(village, client):
    ticket = TicketFactory(product=village)
    phone = DeviceFactory(list=CheckinListFactory(day=ticket.line.day, products=[village]))
    checkin.redeem(
        scan=checkin.Scan(uuid.uuid4(), ticket.short_code, Checkin.Source.TYPED),
        device_id=phone.pk,
        list_id=phone.list_id,
        user=phone.user,
        now=NOW,
    )

    response = client.post(page_of(ticket.line.order, "tickets-order-cancel"))

    assert response.status_code == 409
    assert Order.objects.get().state == "paid"


def test_what_was_paid_is_not_given_back(village, client):
    order = TicketFactory(product=village, cents=5500).line.order
    PaymentFactory(order=order)

    assert client.post(page_of(order, "tickets-order-cancel")).status_code == 409
    assert "tickets-order-cancel" not in client.get(page_of(order)).content.decode()


@pytest.mark.parametrize("name", ["tickets-order-address", "tickets-order-cancel"])
def test_a_wrong_secret_changes_nothing(held, client, name):
    held.secret = "x" * 43

    assert client.post(page_of(held, name), {"email": "x@example.org"}).status_code == 404


def test_the_way_to_the_files_comes_before_the_codes(village, client):
    html = client.get(page_of(TicketFactory(product=village).line.order)).content.decode()

    assert html.index("tickets.pdf") < html.index("tickets.ics") < html.index('class="qr"')


def test_drawing_is_limited_and_says_when_to_come_back(village, client):
    order = TicketFactory(product=village).line.order
    for _ in range(order_views.DRAW.limit):
        limits.count(order_views.DRAW, order.code, now=timezone.now())

    response = client.get(page_of(order, "tickets-order-pdf"))

    assert (response.status_code, "Retry-After" in response) == (429, True)

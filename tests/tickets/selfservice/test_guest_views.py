"""The pages of a guest, and what the buyer sees of them."""

import pytest
from django.core import mail as mails
from django.test import override_settings
from django.urls import reverse
from django.utils.translation import override

from festival.core.audit import Actor
from festival.models import OutgoingMail
from tests.factories.tickets import NOW
from tests.tickets.delivery.test_mail import text_of
from tests.tickets.orders.test_views import page_of
from tests.tickets.questions.conftest import ask
from tests.tickets.selfservice.test_inviting import guests
from tests.tickets.uploads.conftest import upload
from tickets.delivery import links
from tickets.models import Answer, Guest, Order, OrderLine, Product, SentFile, Ticket
from tickets.orders import placing
from tickets.orders.placing import Buyer
from tickets.selfservice import guest_views, passing_on

pytestmark = pytest.mark.django_db
ADA = {"name": "Ada Lý", "email": "ada@example.org"}


def link(guest, name="tickets-guest", *args, language="en"):
    with override(language):
        return reverse(name, args=[guest.secret, *args])


@pytest.fixture
def pair(village):
    """Two guests of an order whose tickets carry a name, who are asked about their meal."""
    Product.objects.update(named=True)
    ask(village, "regime", is_required=True)
    return guests(village)


def answers(village, guest, value="vegan"):
    return {f"q{village.questions.get().pk}-{guest.lines.get().pk}": value}


def test_the_link_asks_and_leads_to_a_page_of_ones_own(village, pair, client):
    guest, other = pair
    html = client.get(link(guest)).content.decode()
    assert "Somebody has a ticket for you" in html
    assert "What about regime?" in html

    page = client.post(link(guest), ADA | answers(village, guest))
    guest.refresh_from_db()
    assert page.url == link(guest, "tickets-guest-own", links.own_token(guest))

    html = client.get(page.url).content.decode()
    assert "Ada Lý" in html
    assert 'value="vegan"' in html
    ticket = Ticket.objects.get(line__guest=guest)
    assert f"{ticket.short_code[:4]}-{ticket.short_code[4:]}" in html
    assert client.get(f"{page.url}tickets.pdf").content[:5] == b"%PDF-"
    assert b"BEGIN:VEVENT" in client.get(f"{page.url}tickets.ics").content
    changed = client.post(page.url, answers(village, guest, "tout"), follow=True)
    assert "Your answers are kept" in changed.content.decode()
    assert Answer.objects.get().value == "tout"
    assert client.get(link(other)).status_code == 200


def test_a_link_used_again_shows_the_ticket_and_nothing_of_the_answers(village, pair, client):
    guest, _other = pair
    client.post(link(guest), ADA | answers(village, guest), follow=True)
    again = client.post(link(guest), {"name": "Mallory", "email": "m@example.org"} | answers(village, guest))
    html = again.content.decode()

    assert (again.status_code, Guest.objects.get(pk=guest.pk).name) == (200, "Ada Lý")
    assert "The ticket of Ada Lý" in html
    assert "vegan" not in html
    assert "ada@example.org" not in html
    assert "/own/" not in html


def test_the_buyer_sees_who_is_missing_and_no_code_and_no_answer(village, pair, client):
    guest, other = pair
    order = guest.order
    html = client.get(page_of(order)).content.decode()
    codes = [f"{code[:4]}-{code[4:]}" for code in Ticket.objects.values_list("short_code", flat=True)]
    assert not any(code in html for code in codes)
    assert (html.count("manque encore"), html.count("mailto:?subject")) == (2, 2)

    client.post(link(guest), ADA | answers(village, guest))
    html = client.get(page_of(order)).content.decode()
    assert links.invitation(guest) not in html
    assert links.invitation(other) in html
    assert "Ada Lý" in html
    assert html.count("manque encore") == 1
    assert "vegan" not in html
    assert not any(code in html for code in codes)


def test_without_a_name_the_code_is_good_for_the_buyer_until_somebody_takes_it(village, client):
    guest, _other = guests(village)
    codes = [f"{code[:4]}-{code[4:]}" for code in Ticket.objects.order_by("pk").values_list("short_code", flat=True)]
    html = client.get(page_of(guest.order)).content.decode()
    assert all(code in html for code in codes)

    client.post(link(guest), ADA)
    html = client.get(page_of(guest.order)).content.decode()
    assert [code in html for code in codes] == [False, True]


def test_the_mail_of_the_buyer_brings_the_links_and_no_code(village, pair, run_outbox):
    guest, other = pair
    order = guest.order
    placing.resend_order_mail(order=order, actor=Actor.of_order(order.code), now=NOW)
    run_outbox()

    sent = mails.outbox[0]
    html = sent.alternatives[0][0]
    for text in (sent.body, html):
        assert all(links.invitation(one) in text for one in (guest, other))
        assert not any(code[:4] in text for code in Ticket.objects.values_list("short_code", flat=True))
    assert sent.attachments == []
    assert "payée" in sent.subject


def test_what_is_passed_on_takes_no_answer_along(village, pair, client):
    Order.objects.update(total_cents=0)
    guest, _other = pair
    client.post(link(guest), ADA | answers(village, guest))
    ticket = Ticket.objects.select_related("line__order__edition").get(line__guest=guest)

    passing_on.pass_on(ticket=ticket, order=guest.order, to=Buyer("Bo", "bo@example.org", "fr"), now=NOW)

    ticket.line.refresh_from_db()
    assert (ticket.line.guest, Answer.objects.count()) == (None, 0)
    assert client.get(link(guest)).status_code == 410


@pytest.mark.parametrize("posted", [{}, {"name": "Ada"}, ADA, {"name": "x.example.org", "email": "no"}])
def test_what_is_missing_is_asked_for(pair, client, posted):
    response = client.post(link(pair[0]), posted)
    assert response.status_code == 422
    assert not OutgoingMail.objects.filter(kind="guest.tickets").exists()


def test_wrong_secrets_open_nothing(pair, client):
    guest, other = pair
    Guest.objects.filter(pk=guest.pk).update(name="Ada", email="a@example.org", filled_at=guest.order.created_at)
    guest.refresh_from_db()
    wrong = [
        link(guest)[:-2] + "/",
        link(guest, "tickets-guest-own", "0" * 40),
        link(other, "tickets-guest-own", links.own_token(other)),
        link(other, "tickets-guest-own", links.own_token(guest)),
    ]
    assert [client.get(address).status_code for address in wrong] == [404] * 4
    response = client.get(link(guest))
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]


@pytest.mark.unsound
@pytest.mark.parametrize("state", ["pending", "expired"])
def test_what_is_not_paid_opens_nothing(pair, client, state):
    Order.objects.update(state=state, expires_at=pair[0].order.created_at)
    response = client.get(link(pair[0]))
    assert response.status_code == 410
    assert "no ticket here" in response.content.decode()


def test_the_mail_is_sent_again_a_few_times(village, pair, client):
    guest, other = pair
    client.post(link(guest), ADA | answers(village, guest))
    for _time in range(5):
        assert client.post(link(guest, "tickets-guest-mail")).url == link(guest)
    assert OutgoingMail.objects.filter(kind="guest.tickets").count() == 1 + guest_views.RESEND.limit
    client.post(link(other, "tickets-guest-mail"))
    assert OutgoingMail.objects.filter(kind="guest.tickets").count() == 1 + guest_views.RESEND.limit


def test_one_network_fills_in_so_many(village, pair, client, monkeypatch):
    monkeypatch.setattr(guest_views, "FILL_PER_NETWORK", guest_views.Rate("guest-network", limit=1, seconds=3600))
    first, second = pair
    client.post(link(first), ADA | answers(village, first))
    response = client.post(link(second), ADA | answers(village, second))
    assert response.status_code == 429
    assert Guest.objects.get(pk=second.pk).filled_at is None


def test_filling_in_costs_a_fixed_number_of_queries(village, pair, client, django_assert_num_queries):
    first, second = pair
    client.post(link(first), ADA | answers(village, first))
    posted = ADA | answers(village, second)
    with django_assert_num_queries(24):
        client.post(link(second), posted)


def own(guest, client, village):
    """Fill in what a guest is asked, and return the address of their own page."""
    client.post(link(guest), ADA | answers(village, guest))
    guest.refresh_from_db()
    return link(guest, "tickets-guest-own", links.own_token(guest))


@pytest.mark.parametrize("name", ["", "tickets.pdf"])
def test_without_a_key_the_short_code_is_told(village, pair, client, name):
    page = own(pair[0], client, village)
    code = Ticket.objects.get(line__guest=pair[0]).short_code

    with override_settings(TICKET_KEY_SECRET=""):
        response = client.get(f"{page}{name}")

    assert response.status_code == 503
    assert f"{code[:4]}-{code[4:]}" in response.content.decode()


@pytest.mark.unsound  # the day of a line is changed by hand
def test_the_calendar_file_of_a_guest_is_their_own_and_asked_for_once(village, pair, client):
    guest, other = pair
    address = f"{own(guest, client, village)}tickets.ics"
    OrderLine.objects.filter(guest=other).update(day=village.days.last())
    second = Ticket.objects.select_related("line__order__edition", "order__edition").get(line__guest=other)
    passing_on.pass_on(ticket=second, order=guest.order, to=Buyer("Bo", "bo@example.org", "fr"), now=NOW)

    response = client.get(address)

    text = response.content.decode()
    assert (text.count("BEGIN:VEVENT"), "CANCELLED" in text) == (1, False)
    assert "Show the QR code of your ticket" in text
    assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_the_files_of_the_mail_are_in_the_language_of_the_guest(village, pair, client, run_outbox):
    own(pair[0], client, village)
    run_outbox()

    (sent,) = [one for one in mails.outbox if one.to == ["ada@example.org"]]
    files = {one.get_filename(): one for one in sent.message().walk() if one.get_filename()}
    (pdf,) = [one.get_payload(decode=True) for name, one in files.items() if name.endswith(".pdf")]
    (ics,) = [one.get_payload(decode=True).decode() for name, one in files.items() if name.endswith(".ics")]
    assert "Show this code at the entrance" in text_of(pdf)
    assert "Show the QR code of your ticket" in ics


def test_a_guest_sends_a_file_which_the_buyer_does_not_see(village, client):
    question = ask(village, "carte", "file", is_required=True)
    guest, _other = guests(village)
    name = f"q{question.pk}-{guest.lines.get().pk}"
    missing = client.post(link(guest), {"name": "Ada", name: upload()})
    assert missing.status_code == 422
    kept = SentFile.objects.get()
    assert str(kept.key) in missing.content.decode()

    page = client.post(link(guest), ADA | {f"{name}-kept": str(kept.key)})

    assert Answer.objects.get().file == kept
    assert "carte.pdf" in client.get(page.url).content.decode()
    assert "carte.pdf" not in client.get(page_of(guest.order)).content.decode()
    client.post(page.url, {name: upload(name="autre.pdf")})
    assert Answer.objects.get().file.name == "autre.pdf"


def test_a_guest_corrects_their_name(village, pair, client):
    guest, other = pair
    page = own(guest, client, village)
    address = link(guest, "tickets-guest-rename", links.own_token(guest))
    assert f'href="{address}"' in client.get(page).content.decode()
    form = client.get(address)
    assert 'value="Ada Lý"' in form.content.decode()
    assert guest.order.secret not in form.content.decode()
    assert client.post(address, {"name": ""}).status_code == 422

    html = client.post(address, {"name": "Ada Lyon"}, follow=True).content.decode()

    assert "The ticket is for Ada Lyon now" in html
    assert "Ada Lyon" in client.get(page_of(guest.order)).content.decode()
    assert client.get(link(other, "tickets-guest-rename", links.own_token(other))).status_code == 404


def test_a_name_that_stays_is_said_to_stay(village, pair, client):
    guest, _other = pair
    page = own(guest, client, village)
    Product.objects.update(transferable=False)
    address = link(guest, "tickets-guest-rename", links.own_token(guest))

    assert address not in client.get(page).content.decode()
    response = client.post(address, {"name": "Mallory"})
    assert response.status_code == 409
    assert "one person" in response.content.decode()


def test_names_are_changed_so_often(village, pair, client, monkeypatch):
    monkeypatch.setattr(guest_views, "RENAME", guest_views.Rate("rename", limit=1, seconds=3600))
    guest, _other = pair
    own(guest, client, village)
    address = link(guest, "tickets-guest-rename", links.own_token(guest))
    client.post(address, {"name": "Ada Lyon"})

    assert client.post(address, {"name": "Ada Nantes"}).status_code == 429

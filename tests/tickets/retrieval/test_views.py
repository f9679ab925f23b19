"""“Find my tickets”: what the page says, to whom mail goes, what its links open and for how long."""

import datetime as dt
import re

import pytest
from django.core import mail as mails
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from festival.core import limits
from festival.models import OutgoingMail
from tests.factories.festival import EditionFactory
from tests.factories.tickets import NOW, LineFactory, OrderFactory, TicketFactory
from tests.remembered import remembered
from tests.tickets.selfservice.test_inviting import fill, guests
from tickets.delivery import links as tickets_links
from tickets.models import Product, TicketSearch
from tickets.retrieval import links, views

pytestmark = pytest.mark.django_db


def find(language="fr"):
    with override(language):
        return reverse("tickets-find")


def ask(client, email, language="fr"):
    return client.post(find(language), {"email": email})


def answer_of(response, email):
    """Return the page without what differs from visitor to visitor."""
    return re.sub(r"[\w.+-]+@example\.org", "@", response.content.decode())


def linked(run_outbox, pattern=r"http://testserver(\S+/(?:retrouver|find)/[^/\s]+/)\s"):
    run_outbox()
    return re.search(pattern, mails.outbox[-1].body)[1]


@pytest.fixture
@remembered
def order(village):
    return TicketFactory(product=village).line.order


def test_the_addresses(client):
    assert (find(), find("en")) == ("/fr/billetterie/retrouver/", "/en/tickets/find/")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_known_and_unknown_addresses_get_the_same_answer(order, client, language, django_assert_num_queries):
    client.get(find(language))
    ask(client, "first@example.org", language)
    with django_assert_num_queries(6):
        known = ask(client, "camille@example.org", language)
    with django_assert_num_queries(6):
        unknown = ask(client, "nobody@example.org", language)

    assert (known.status_code, unknown.status_code) == (200, 200)
    assert answer_of(known, "camille") == answer_of(unknown, "nobody")
    assert {name: known[name] for name in ("Cache-Control", "Referrer-Policy")} == {
        "Cache-Control": "private, no-store",
        "Referrer-Policy": "strict-origin",
    }


def test_the_form_costs_one_query_when_warm(village, client, django_assert_num_queries):
    client.get(find())

    with django_assert_num_queries(1):
        assert client.get(find()).status_code == 200


def test_only_the_known_address_gets_a_mail_and_no_search_stays(order, client, run_outbox):
    ask(client, "nobody@example.org")
    ask(client, "camille@example.org")
    assert TicketSearch.objects.count() == 2

    run_outbox()

    assert [mail.to for mail in mails.outbox] == [["camille@example.org"]]
    assert not TicketSearch.objects.exists()
    assert OutgoingMail.objects.get().to == "camille@example.org"


def test_the_link_lists_the_orders_and_leads_to_each(order, client, run_outbox):
    ask(client, "camille@example.org")
    path = linked(run_outbox)

    page = client.get(path)
    direct = client.get(f"{path}{order.code}/")

    assert page.status_code == 200
    assert f"/fr/commande/{order.code}/{order.secret}/" in page.content.decode()
    assert direct["Location"] == f"/fr/commande/{order.code}/{order.secret}/"
    assert order.secret not in mails.outbox[0].body
    assert client.get(f"{path}AAAAAA/").status_code == 404


def test_the_link_opens_nothing_of_another_address(order, client, run_outbox):
    other = OrderFactory(edition=order.edition, email="zoe@example.org")
    ask(client, "camille@example.org")
    path = linked(run_outbox)

    assert other.code not in client.get(path).content.decode()
    assert client.get(f"{path}{other.code}/").status_code == 404


def test_the_link_is_good_for_an_hour(order, client, run_outbox, monkeypatch):
    ask(client, "camille@example.org")
    path = linked(run_outbox)
    now = timezone.now().timestamp()

    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 3590)
    assert client.get(path).status_code == 200
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 3610)

    over = client.get(path)
    assert over.status_code == 410
    assert order.secret not in over.content.decode()
    assert f'action="{find()}"' in over.content.decode()
    assert client.get(f"{path}{order.code}/").status_code == 410


@pytest.mark.parametrize("token", ["1", "1.1abc.xyz", "x" * 60])
def test_a_made_up_link_opens_nothing(order, client, token):
    assert client.get(f"{find()}{token}/").status_code == 404


def test_a_mistyped_address_stays_as_typed(client, village):
    response = ask(client, "camille@example")

    assert response.status_code == 422
    assert 'value="camille@example"' in response.content.decode()
    assert not TicketSearch.objects.exists()


def test_one_mailbox_is_counted_once_whatever_its_spelling(order, client):
    spellings = ["camille@example.org", "Camille+fest@example.org", "CAMILLE@EXAMPLE.ORG"]
    assert [ask(client, email).status_code for email in spellings] == [200, 200, 200]

    refused = ask(client, "camille+x@example.org")

    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert 'value="camille+x@example.org"' in refused.content.decode()
    assert TicketSearch.objects.count() == 3
    assert ask(client, "zoe@example.org").status_code == 200


def test_unknown_addresses_are_limited_alike(village, client):
    assert [ask(client, "nobody@example.org").status_code for _ in range(4)] == [200, 200, 200, 429]


def test_a_network_that_asks_too_often_waits(village, client):
    limits.count_all(
        [limits.Use(views.PER_NETWORK, "127.0.0.1", views.PER_NETWORK.limit)],
        now=timezone.now(),
    )

    assert ask(client, "zoe@example.org").status_code == 429


def test_a_token_of_a_mail_that_is_gone_is_over(order, client, run_outbox):
    ask(client, "camille@example.org")
    path = linked(run_outbox)
    OutgoingMail.objects.all().delete()

    assert client.get(path).status_code == 410


def test_a_link_signed_for_another_kind_of_mail_opens_nothing(order, client):
    mail = OutgoingMail(pk=7, kind="order.tickets", to="camille@example.org")
    assert client.get(f"{find()}{links.token(mail)}/").status_code == 410


def test_the_way_to_it_stands_where_people_look(order, client):
    with override("fr"):
        office, missing = reverse("tickets-office"), reverse("tickets-order", args=[order.code, "x" * 43])
    wrong = client.get(missing)

    assert client.get(office).content.decode().count(f'href="{find()}"') == 2  # the head of the page, and its foot
    assert wrong.status_code == 404
    assert wrong["Cache-Control"] == "private, no-store"
    assert f'class="cta" href="{find()}"' in wrong.content.decode()
    other = client.get(missing.replace(order.code, "KKKKKKKK"))
    assert other.content == wrong.content.replace(order.code.encode(), b"KKKKKKKK")


def test_how_each_order_stands_is_said(village, client, run_outbox):
    order = OrderFactory(edition=village.edition, state="held", expires_at=NOW + dt.timedelta(hours=1))
    LineFactory(order=order, product=village)
    OrderFactory(edition=village.edition, state="cancelled")
    OrderFactory(edition=village.edition, state="expired")
    OrderFactory(edition=EditionFactory(number=2026, is_current=False))
    OrderFactory(edition=EditionFactory(number=2026), state="cancelled", code="GONE")
    ask(client, "camille@example.org")

    html = client.get(linked(run_outbox)).content.decode()

    assert "12\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30" in html
    assert "Annulée" in html
    assert "Éditions précédentes" in html
    assert "GONE" not in html


def test_a_guest_gets_the_link_of_their_own_page_and_nothing_of_the_order(village, client, run_outbox):
    Product.objects.update(named=True)
    guest, other = guests(village)
    fill(guest)
    guest.refresh_from_db()
    run_outbox()
    ask(client, "ada@example.org", "en")
    path = linked(run_outbox)

    sent = mails.outbox[-1]
    assert sent.to == ["ada@example.org"]
    for text in (sent.body, sent.alternatives[0][0]):
        assert guest.secret not in text
        assert guest.order.secret not in text
        assert f"{path}{guest.order.code}/1/" in text
    page = client.get(path).content.decode()
    assert "Each has a page with its code" in page
    assert tickets_links.own_token(guest) in page
    assert guest.order.secret not in page
    opened = client.get(f"{path}{guest.order.code}/1/")
    assert opened["Location"].endswith(f"/{guest.secret}/own/{tickets_links.own_token(guest)}/")
    assert client.get(f"{path}{guest.order.code}/2/").status_code == 404
    assert client.get(f"{path}{guest.order.code}/").status_code == 404
    assert other.secret not in page

"""“Tell me when it opens”: the form at each product, and the pages behind the links."""

import datetime as dt
import re

import pytest
from django.core import mail as mails
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from festival.core import limits
from festival.models import Edition
from tests.factories.festival import EditionFactory
from tests.factories.tickets import NOW, PriceFactory, ProductFactory, SaleAlertFactory
from tests.remembered import remembered
from tickets.announcing import telling, views
from tickets.models import Product, SaleAlert

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def address(name, *args, language="fr"):
    with override(language):
        return reverse(name, args=args)


def tell_me(slug="village-jour", language="fr"):
    return address("tickets-tell-me", slug, language=language)


@pytest.fixture
@remembered
def soon():
    return ProductFactory(sale_opens=NOW + DAY)


def test_the_addresses():
    assert tell_me() == "/fr/billetterie/me-prevenir/village-jour/"
    assert tell_me(language="en") == "/en/tickets/tell-me/village-jour/"


def test_from_the_office_to_the_mail_and_off_the_list(soon, client, run_outbox):
    """The way of a visitor, with one address for all three steps."""
    office = client.get(address("tickets-office")).content.decode()
    assert f'action="{tell_me()}"' in office

    asked = client.post(tell_me(), {"email": "camille@example.org"})
    run_outbox()
    path = re.search(r"http://testserver(/\S+/confirm/\S+/)", mails.outbox[-1].body)[1]
    looked = client.get(path)
    assert SaleAlert.objects.get().confirmed_at is None
    done = client.post(path)

    assert [page.status_code for page in (asked, looked, done)] == [200, 200, 200]
    assert SaleAlert.objects.get().confirmed_at == NOW
    assert telling.tell_due(NOW + DAY) == 1
    run_outbox()
    stop = re.search(r"<http://testserver(\S+)>", mails.outbox[-1].extra_headers["List-Unsubscribe"])[1]
    program = Client(enforce_csrf_checks=True)  # a mail program: no cookies, no page before
    assert program.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not SaleAlert.objects.exists()
    assert program.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_looking_at_the_link_that_stops_stops_nothing(client):
    alert = SaleAlertFactory(confirmed_at=NOW)
    path = address("tickets-alert-stop", alert.secret)

    assert client.get(path).status_code == 200
    assert client.head(path).status_code == 200
    assert SaleAlert.objects.count() == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_answer_tells_nothing(soon, client, language, django_assert_num_queries):
    SaleAlertFactory(product=soon, email="known@example.org", confirmed_at=NOW)
    SaleAlertFactory(product=soon, email="asked@example.org")
    client.post(tell_me(language=language), {"email": "warm@example.org"})
    pages = []
    for name in ("known", "asked", "new"):
        with django_assert_num_queries(13):
            response = client.post(tell_me(language=language), {"email": f"{name}@example.org"})
        pages.append(response.content.decode().replace(f"{name}@", "@"))

    assert pages[0] == pages[1] == pages[2]


def test_the_form_costs_two_queries_when_warm(soon, client, django_assert_num_queries):
    client.get(tell_me())

    with django_assert_num_queries(2):  # the generation, the stock
        assert client.get(tell_me()).status_code == 200


def test_a_mistyped_address_stays_as_typed(soon, client):
    response = client.post(tell_me(), {"email": "camille@"})

    assert response.status_code == 422
    assert 'value="camille@"' in response.content.decode()
    assert not SaleAlert.objects.exists()


def test_what_is_open_or_over_leads_to_the_office_and_what_is_unknown_nowhere(soon, client):
    Product.objects.update(sale_opens=NOW)
    assert client.post(tell_me(), {"email": "camille@example.org"})["Location"] == address("tickets-office")
    cache.clear()
    Product.objects.update(sale_opens=NOW - 2 * DAY, sale_closes=NOW - DAY)
    assert client.get(tell_me())["Location"] == address("tickets-office")
    cache.clear()
    Product.objects.update(is_listed=False)

    assert client.get(tell_me()).status_code == 404
    assert client.get(tell_me("nothing")).status_code == 404
    assert not SaleAlert.objects.exists()


def test_what_is_not_sold_online_can_be_waited_for(client):
    product = ProductFactory(slug="pass", free=False, admission="all_days")
    PriceFactory(product=product, cents=5500)

    assert f'action="{tell_me("pass")}"' in client.get(address("tickets-office")).content.decode()
    assert client.post(tell_me("pass"), {"email": "camille@example.org"}).status_code == 200


def test_limits_by_mailbox_and_by_network(soon, client):
    limits.count_all(
        [limits.Use(views.PER_ADDRESS, "camille@example.org", views.PER_ADDRESS.limit)], now=timezone.now()
    )
    refused = client.post(tell_me(), {"email": "Camille+x@example.org"})
    assert refused.status_code == 429
    assert 'value="Camille+x@example.org"' in refused.content.decode()

    limits.count_all([limits.Use(views.PER_NETWORK, "127.0.0.1", views.PER_NETWORK.limit - 1)], now=timezone.now())
    assert client.post(tell_me(), {"email": "zoe@example.org"}).status_code == 429
    assert not SaleAlert.objects.exists()


def test_a_link_of_nobody(client, soon):
    confirm, stop = (address(f"tickets-alert-{name}", "x" * 43) for name in ("confirm", "stop"))

    assert client.get(confirm).status_code == client.post(confirm).status_code == 404
    assert client.get(stop).status_code == client.post(stop).status_code == 200
    assert client.get(stop)["Cache-Control"] == "private, no-store"
    assert "noindex" in client.get(stop)["X-Robots-Tag"]


def test_what_a_past_edition_sold_leads_to_the_ticket_office_and_what_the_next_will_sell_nowhere(client):
    product = ProductFactory(slug="nuit")
    Edition.objects.filter(pk=product.edition_id).update(is_current=False)
    current = EditionFactory(number=product.edition.number + 1)
    ProductFactory(slug="aube", edition__number=current.number + 1, edition__is_current=False)

    answer = client.get(tell_me("nuit"))

    assert (answer.status_code, answer.url) == (302, address("tickets-office"))
    assert client.get(tell_me("aube")).status_code == 404

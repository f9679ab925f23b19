"""The office's screens of the pot: what it gives, who asks, given or refused, what went in and out."""

import csv
import io
import re

import pytest
from django.urls import reverse

from festival.models import AuditEntry, Edition
from tests.factories.festival import UserFactory
from tests.tickets.solidarity.conftest import ask, give, wish
from tickets.models import Pot, PotRequest, Price

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


def screen(name, *args):
    return reverse(name, args=args)


def words(response):
    html = response.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    return re.sub(r'<span class="nb">(.*?)</span>', r"\1", html)


def test_the_list_says_what_is_in_the_pot_and_who_waits(pot, box, office):
    give(box, 20_000)
    ask(wish(pot, email="b@example.org"))
    ask(wish(pot), automatic=False)

    html = words(office.get(screen("pot-requests:index")))

    for said in ("140 €", "200 €", "60 €", "1 (60 €)", "ada@example.org"):
        assert said in html


def test_given_by_hand(pot, box, office):
    give(box, 20_000)
    request = ask(wish(pot, word="Merci d’avance"), automatic=False)
    html = words(office.get(screen("pot-requests:inspect", request.pk)))
    assert "Merci d’avance" in html
    assert "La caisse contient 200 €" in html

    response = office.post(screen("pot-requests:grant", request.pk), follow=True)

    request.refresh_from_db()
    assert request.state == "granted"
    assert request.order.code in response.content.decode()
    assert AuditEntry.objects.filter(verb="pot.granted").count() == 1


def test_too_little_in_the_pot_is_said_and_the_request_waits(pot, box, office):
    give(box, 1000)
    request = ask(wish(pot))

    html = words(office.post(screen("pot-requests:grant", request.pk), follow=True))

    assert "La caisse contient 10 € : trop peu pour cette demande." in html
    assert PotRequest.objects.get().state == "waiting"


def test_refused_with_a_sentence_and_once(pot, office):
    request = ask(wish(pot))
    address = screen("pot-requests:refuse", request.pk)
    assert office.post(address, {"reason": ""}).status_code == 422

    office.post(address, {"reason": "Le Fest est complet."})
    again = words(office.post(address, {"reason": "Encore"}, follow=True))

    request.refresh_from_db()
    assert (request.state, request.reason) == ("refused", "Le Fest est complet.")
    assert "Quelqu’un a décidé de cette demande entre-temps." in again


def test_movements_are_listed_and_exported(pot, box, office):
    gift = give(box, 20_000)
    order = ask(wish(pot)).order
    address = screen("pot-movements:index")

    html = words(office.get(address))
    sheet = b"".join(office.get(f"{address}?export=csv").streaming_content).decode("utf-8-sig")

    assert "+200 €" in html
    assert "−60 €" in html
    rows = list(csv.reader(io.StringIO(sheet), delimiter=";"))
    assert {row[2] for row in rows[1:]} == {gift.code, order.code}
    assert sum(int(row[3]) for row in rows[1:]) == 60 - 200


def test_requests_are_exported(pot, box, office):
    ask(wish(pot))
    response = office.get(f"{screen('pot-requests:index')}?export=csv")

    assert "ada@example.org" in b"".join(response.streaming_content).decode()


def test_what_the_pot_gives_is_chosen_one_price_a_product(pot, fest, office):
    both = [price.pk for price in Price.objects.filter(product=fest, slug__in=["petit", "juste"])]
    form = {
        "edition": Edition.objects.get().pk,
        "name": "Caisse",
        "prices": both,
        "most_per_request": 2,
        "automatic_per_day": 0,
    }
    address = screen("pots:edit", pot.pk)
    assert "Choisissez un seul tarif par produit." in words(office.post(address, form))

    office.post(address, form | {"prices": both[:1]})

    assert Pot.objects.get().automatic_per_day == 0
    free = Price.objects.get(product=fest, slug="invite")
    assert free.pk not in {choice.pk for choice in office.get(address).context["form"].fields["prices"].queryset}


@pytest.mark.parametrize("name", ["pot-requests:grant", "pot-requests:refuse"])
def test_only_whoever_may_decides(pot, client, settings, name):
    settings.SECOND_FACTOR_REQUIRED = False
    request = ask(wish(pot))
    client.force_login(UserFactory(is_staff=True))

    response = client.post(screen(name, request.pk), {"reason": "x"})

    assert response.status_code in {302, 403}
    assert PotRequest.objects.get().state == "waiting"

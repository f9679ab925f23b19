"""Every product of the demo file can be had on its page, each in the way that is its own."""

import json
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from festival.demo.management.commands.load_demo import DEMO
from tickets.models import Approval, Order, PotRequest, Price, Product

SHOP = json.loads((DEMO / "festival.json").read_text())["ticketing"]
SOLD = [row["id"] for key in ("tickets", "addons", "sets") for row in SHOP[key]]
REGISTERED, GIVEN, ASKED_FOR = {"village-jour"}, {"solidaire"}, {"presse", "benevole"}
BOUGHT = [slug for slug in SOLD if slug not in REGISTERED | GIVEN | ASKED_FOR]
PERSON = {"name": "Essai Inventé", "email": "essai@example.org"}


@pytest.fixture(autouse=True)
def _spring(settings, demo):
    """All sales are open: the volunteers' closes on 25 April."""
    settings.FESTIVAL_CLOCK = "2027-04-20T12:00"


def address(name, *args):
    with override("fr"):
        return reverse(name, args=args)


def answers(html):
    """Answer what the page asks of each place: the first choice of each group, which is none of allergies."""
    fields = re.findall(r'<input type="radio" name="(q\d+-\d+)" value="([^"]+)"', html)
    return dict(reversed(fields)) | {name: "no" for name, value in fields if value == "no"}


@pytest.mark.parametrize("slug", BOUGHT)
def test_what_costs_something_is_bought_at_each_of_its_prices(client, slug):
    code = next(
        (row["code"] for row in SHOP["promo_codes"] if row["type"] == "opens" and slug in row["applies_to"]), ""
    )
    product = Product.objects.get(slug=slug)
    days = [product.days.first().date.isoformat()] if product.admission == "one_day" else []
    for price in Price.objects.filter(product=product):
        chosen = {f"{slug}-{price.pk}-amount": "77"} if price.max_cents else {f"{slug}-{price.pk}": "1"}
        posted = {"form_token": str(uuid.uuid4()), "code": code, f"{slug}-days": days} | chosen
        details = client.post(address("tickets-basket"), posted)
        assert details.status_code == 302, (slug, price.slug)
        pay = client.post(details.url, PERSON | answers(client.get(details.url).content.decode())).url
        html = client.get(pay).content.decode()
        total = re.search(r'name="total" value="(\d+)"', html)[1]
        terms = re.search(r'name="terms" value="([^"]+)"', html)[1]
        assert int(total) == (7700 if price.max_cents else price.cents)
        assert client.post(pay, {"way": "onsite", "total": total, "terms": terms}).status_code == 302
    assert set(Order.objects.filter(email=PERSON["email"]).values_list("state", flat=True)) == {"pending"}


def test_what_is_free_is_registered_for(client):
    posted = PERSON | {"form_token": str(uuid.uuid4()), "product": "village-jour", "places": "1", "day": "2027-05-02"}

    assert client.post(address("tickets-office"), posted).status_code == 302


@pytest.mark.parametrize("slug", sorted(ASKED_FOR))
def test_what_needs_approval_is_asked_for(client, slug):
    posted = PERSON | {
        "form_token": str(uuid.uuid4()),
        "price": Price.objects.get(product__slug=slug).pk,
        "places": "1",
        "word": "Quelqu’un d’inventé",
    }
    if slug == "presse":
        posted["file"] = SimpleUploadedFile("carte.pdf", b"%PDF-1.4")

    assert client.post(address("tickets-request", slug), posted).status_code == 302

    assert Approval.objects.get().order.awaits_approval


def test_the_solidarity_ticket_is_asked_for_and_given(client):
    price = Price.objects.get(pots__isnull=False)
    posted = PERSON | {"form_token": str(uuid.uuid4()), "which": f"{price.pk}-0", "places": "2", "word": ""}

    assert client.post(address("tickets-solidarity"), posted).status_code == 302

    request = PotRequest.objects.get()
    assert (request.state, request.order.lines.first().product.slug) == ("granted", "pass-fest")

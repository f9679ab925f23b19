"""The first step of a purchase: what is looked at, what is held, which code was typed."""

import datetime as dt
import re

import pytest

from tests.factories.tickets import NOW, PriceFactory, ProductFactory, VoucherFactory
from tests.tickets.buying.test_views import IN_PLACE, address, choice, choose, field, words
from tickets.buying import basket_views
from tickets.models import Order, Product, Quota

pytestmark = pytest.mark.django_db


def look(client, posted, **options):
    return client.post(address("tickets-basket"), choice(look="1", **posted), **options)


def test_looking_says_what_the_choice_comes_to_and_holds_nothing(fest, lunch, client):
    answer = look(
        client, {field("pass-fest", "juste"): "2", field("dejeuner", "prix"): "1", "dejeuner-days": "2027-05-06"}
    )

    html = words(answer)
    assert answer.status_code == 200
    assert "2 × Pass Fest" in html
    assert re.sub("<[^>]+>", "", html.partition('class="total"')[2].partition("</p>")[0]).strip(">") == "Total 232 €"
    assert not Order.objects.exists()
    assert set(Quota.objects.values_list("taken", flat=True)) == {0}


def test_a_script_gets_the_basket_alone(fest, client):
    whole, part = (
        words(look(client, {field("pass-fest", "juste"): "1"}, headers=headers)) for headers in ({}, IN_PLACE)
    )

    assert part.lstrip().startswith('<form method="post"')
    assert part.rstrip().endswith("</form>")
    assert "<html" not in part
    assert all("Total" in html and 'id="quote"' in html for html in (whole, part))


def test_looking_at_nothing_is_no_fault(fest, client):
    answer = look(client, {})

    assert answer.status_code == 200
    assert "Rien n’est encore choisi" not in words(answer)


def test_looking_tells_what_is_gone_beside_the_day(fest, lunch, client):
    Quota.objects.filter(products=lunch, day__date="2027-05-06").update(size=0)
    posted = {field("dejeuner", "prix"): "1", "dejeuner-days": ["2027-05-05", "2027-05-06"]}

    answer = look(client, posted)

    html = words(answer)
    assert answer.status_code == 422
    assert "La dernière place" in html
    assert re.findall(r'name="dejeuner-days" value="([\d-]+)" checked', html) == ["2027-05-05", "2027-05-06"]


def test_looking_tells_how_many_are_left(fest, client):
    Quota.objects.update(size=1)

    assert "Il ne reste que 1 place" in words(look(client, {field("pass-fest", "juste"): "2"}))


def test_the_same_form_twice_for_the_last_places_is_one_order(fest, lunch, client):
    """The first took them; the second finds nothing left, and the order that is there."""
    Quota.objects.filter(products=lunch).update(size=1)
    Quota.objects.filter(products=fest).update(size=1)
    posted = {
        field("pass-fest", "juste"): "1",
        field("dejeuner", "prix"): "1",
        "dejeuner-days": ["2027-05-05", "2027-05-06", "2027-05-07"],
    }

    assert choose(client, posted).url == choose(client, posted).url
    assert Order.objects.count() == 1


def test_a_day_that_filled_up_is_told_as_full(fest, lunch, client):
    Quota.objects.filter(products=lunch, day__date="2027-05-06").update(size=0)

    answer = choose(client, {field("dejeuner", "prix"): "1", "dejeuner-days": "2027-05-06"})

    assert answer.status_code == 409
    assert "n’est pas proposé" not in words(answer)
    assert 'value="2027-05-06" checked' in words(answer)


def test_an_amount_alone_is_not_dropped_when_its_sale_ends(fest, lunch, client, settings):
    """Somebody gives, and buys a lunch; the sale of the gift ends meanwhile: nothing is bought without them knowing."""
    gift = ProductFactory(slug="don", kind="donation", days=[], free=False)
    PriceFactory(product=gift, slug="libre", cents=100, max_cents=50000)
    Product.objects.filter(pk=gift.pk).update(sale_closes=NOW - dt.timedelta(minutes=1))
    settings.FESTIVAL_CLOCK = NOW.isoformat()
    posted = {field("pass-fest", "juste"): "1", field("don", "libre", "-amount"): "20"}

    answer = choose(client, posted)

    assert answer.status_code == 422
    name = field("don", "libre", "-amount")
    assert f'id="basket-{name}_error"' in words(answer)
    assert re.search(rf'name="{name}" value="20"', words(answer))
    assert not Order.objects.exists()


def test_a_code_that_is_asked_for_again_in_the_same_form_counts_once(fest, client, monkeypatch):
    monkeypatch.setattr(basket_views, "CODES_PER_NETWORK", basket_views.Rate("voucher-network", limit=1, seconds=600))
    VoucherFactory()
    first = words(look(client, {"code": "AMAP27"}))
    mark = re.search(r'name="code_asked" value="([^"]+)"', first)[1]

    assert look(client, {"code": "amap 27", "code_asked": mark}).status_code == 200
    assert look(client, {"code": "ANDERS", "code_asked": mark}).status_code == 429
    assert look(client, {"code": "AMAP27", "code_asked": mark[::-1]}).status_code == 429


def test_a_code_that_is_not_for_the_choice_is_told_and_left_out(fest, client):
    VoucherFactory(effect="price", value=50000)

    html = words(look(client, {field("pass-fest", "juste"): "1", "code": "AMAP27"}))

    assert "Ce code ne vaut pas pour ce que vous avez choisi" in html
    assert re.search(r'class="total">.*110 €', html)

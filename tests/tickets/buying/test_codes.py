"""A code at the first step of buying: read on the way, refused beside its field, never lost, tried so often only."""

import re

import pytest

from festival.core.audit import Actor
from tests.factories.tickets import NOW, ProductFactory, VoucherFactory
from tests.remembered import remembered
from tests.tickets.buying.test_views import address, choose, field, step, words
from tickets.buying import basket_views
from tickets.models import Order, Product, Voucher, VoucherUse
from tickets.vouchers import making

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def hidden(fest):
    """A free pass for the team, which the ticket office does not list, and the code that opens it."""
    product = ProductFactory(
        slug="equipe",
        admission="all_days",
        name={"fr": "Pass équipe", "en": "Team pass"},
        days=fest.days.all(),
        is_listed=False,
    )
    Product.objects.filter(pk=product.pk).update(sale_closes=fest.sale_closes)
    VoucherFactory(code="EQUIPE", effect="none", value=0, products=[product], reveals=True, max_uses=1)
    return product


def test_a_code_makes_the_basket_cheaper_and_the_summary_says_so(fest, client):
    VoucherFactory(products=[fest])

    answer = choose(client, {field("pass-fest", "juste"): "2", "code": " amap-27 "})

    order = Order.objects.get()
    assert (answer.status_code, answer.url) == (302, step(order, "tickets-order-details"))
    html = words(client.get(answer.url))
    assert "Code AMAP27" in html
    assert "176 €" in html
    assert "44 € de moins" in re.sub("<[^>]+>", "", html)


def test_the_last_places_are_kept_for_whoever_has_the_code(fest, lunch, client):
    """For everybody else the pass is full; with the code it can be chosen, and is had at its price."""
    code = VoucherFactory.build(edition=fest.edition, effect="none", value=0, keeps=10)
    making.save(voucher=code, products=[fest], quotas=fest.quotas.all(), actor=Actor.system("test"), now=NOW)

    assert field("pass-fest", "juste") not in client.get(address()).content.decode()
    refused = choose(client, {field("pass-fest", "juste"): "1"})
    looked = words(choose(client, {"code": "amap27", "look": "1"}))
    answer = choose(client, {field("pass-fest", "juste"): "2", "code": "amap27"})

    assert (refused.status_code, answer.status_code) == (409, 302)
    assert field("pass-fest", "juste") in looked
    assert Order.objects.get().total_cents == 22000
    assert set(fest.quotas.values_list("taken", "reserved")) == {(2, 8)}


def test_the_same_post_twice_is_one_order_though_it_used_the_code_up(fest, client):
    VoucherFactory(max_uses=1)
    posted = {field("pass-fest", "juste"): "1", "code": "AMAP27"}

    assert choose(client, posted).url == choose(client, posted).url
    assert Voucher.objects.get().used == 1


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"code": "ZZZ"}, 422, "Nous ne connaissons pas ce code"),
        ({"valid_until": NOW}, 409, "Ce code n’est plus valable"),
        ({"max_uses": 1, "used_before": 1}, 409, "Ce code a été utilisé autant de fois que possible"),
        ({"max_uses": 1}, 409, "Ce code ne vaut plus que pour 1 place"),
        ({"effect": "price", "value": 50000}, 409, "Ce code ne vaut pas pour ce que vous avez choisi"),
    ],
)
def test_a_refusal_stands_at_the_field_and_nothing_typed_is_lost(fest, client, fields, status, said):
    VoucherFactory(**fields)

    answer = choose(client, {field("pass-fest", "juste"): "2", "code": "amap 27"})

    html = words(answer)
    assert answer.status_code == status
    assert said in html.partition('id="basket-code_error"')[2].partition("</p>")[0]
    assert 'value="amap 27"' in html
    assert '<option value="2" selected>2</option>' in html
    assert not Order.objects.exists()


def test_what_a_code_gives_is_shown_before_anything_is_chosen(fest, client):
    VoucherFactory(products=[fest])

    answer = choose(client, {"code": "amap27", "look": "1", field("pass-fest", "juste"): "2"})

    html = words(answer)
    assert answer.status_code == 200
    assert "Votre code : 20 % de moins, pour Pass Fest." in html
    assert '<option value="2" selected>2</option>' in html
    assert not VoucherUse.objects.exists()


def test_looking_at_a_code_that_is_over_says_so(fest, client):
    VoucherFactory(valid_from=NOW.replace(year=2028))

    answer = choose(client, {"code": "amap27", "look": "1"})

    assert (answer.status_code, "pas encore valable" in words(answer)) == (422, True)


def test_the_button_that_shows_holds_nothing_even_without_a_code(fest, client):
    assert choose(client, {"look": "1", "code": " "}).status_code == 200
    assert choose(client, {"look": "1", "code": " ", field("pass-fest", "juste"): "1"}).status_code == 200
    assert not Order.objects.exists()


def test_return_in_any_field_goes_on(fest, client):
    """A browser presses the first button of the form."""
    basket = words(client.get(address())).partition('id="basket"')[2]
    button = re.search(r"<button([^>]*)>", basket)[1]

    assert "name=" not in button


def test_what_is_hidden_is_shown_to_whoever_has_its_code_and_had_once(fest, hidden, client):
    name = field("equipe", "prix")
    assert name not in words(client.get(address()))
    assert choose(client, {name: "1"}).status_code == 422

    assert name in words(choose(client, {"code": "Equipe", "look": "1"}))
    answer = choose(client, {"code": "Equipe", name: "1"})
    client.post(answer.url, {"name": "Zoé Ünal", "email": "zoe@example.org"})

    assert Order.objects.values_list("state", "total_cents").get() == ("paid", 0)
    again = choose(client, {"code": "Equipe", name: "1", "form_token": "00000000-0000-0000-0000-000000000009"})
    assert again.status_code == 409


def test_tries_are_counted_by_network(fest, client, monkeypatch):
    monkeypatch.setattr(basket_views, "CODES_PER_NETWORK", basket_views.Rate("voucher-network", limit=2, seconds=600))
    VoucherFactory()
    posted = {field("pass-fest", "juste"): "1"}
    for code in ("A1", "A2"):
        assert choose(client, {**posted, "code": code}).status_code == 422

    answer = choose(client, {**posted, "code": "AMAP27"})

    assert (answer.status_code, "AMAP27" in words(answer)) == (429, True)
    assert choose(client, posted).status_code == 302


@pytest.mark.parametrize("code", ["\0", "\N{ZERO WIDTH SPACE}", " "])
def test_what_cannot_be_seen_is_no_code(fest, client, code):
    assert choose(client, {field("pass-fest", "juste"): "1", "code": code}).status_code == 302


@pytest.mark.parametrize("code", ["x" * 5000, "'; --", "🦄", "–"])
def test_hostile_codes_are_refused_beside_the_field(fest, client, code):
    answer = choose(client, {field("pass-fest", "juste"): "1", "code": code})

    assert answer.status_code == 422
    assert 'id="basket-code_error"' in words(answer)

"""Buying, from the choice to the instructions: without JavaScript, within its budget, whatever is posted."""

import datetime as dt
import re
import uuid

import pytest
from django.urls import reverse
from django.utils.translation import override

from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import Edition, OutgoingMail
from tests.factories.tickets import NOW, FeeFactory
from tests.tickets.bought import pay
from tests.tickets.payments.test_paying import Service
from tickets.buying import basket_views
from tickets.catalogue import row_cache
from tickets.delivery.mail import build
from tickets.models import (
    Order,
    OrderLine,
    Payment,
    PaymentSettings,
    Price,
    Product,
    Provider,
    Quota,
    Refund,
    RefundStep,
    Ticket,
)
from tickets.orders import cancelling, expiring
from tickets.payments import providers, queries, refunding, settling
from tickets.payments.settling import Outcome
from tickets.questions import queries as queries_of_questions

pytestmark = pytest.mark.django_db
PAY = {"way": "transfer"}


@pytest.fixture
def service(monkeypatch):
    service = Service()
    monkeypatch.setitem(providers._registry, Provider.STRIPE, service)
    return service


def address(name="tickets-office", *args, language="fr"):
    with override(language):
        return reverse(name, args=args)


def step(order, name="tickets-order", language="fr"):
    return address(name, order.code, order.secret, language=language)


def field(slug, price, suffix=""):
    return f"{slug}-{Price.objects.get(product__slug=slug, slug=price).pk}{suffix}"


def words(response):
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def plain(response):
    return re.sub("<[^>]+>", "", words(response))


def text(response):
    return " ".join(re.sub(r"<[^>]+>", "", words(response)).split())


def choice(**changes):
    return {"form_token": str(uuid.UUID(int=7))} | changes


def choose(client, posted):
    return client.post(address("tickets-basket"), choice(**posted))


def held(client, fest):
    choose(client, {field("pass-fest", "juste"): "2"})
    return Order.objects.get()


def with_details(client, fest):
    order = held(client, fest)
    client.post(step(order, "tickets-order-details"), {"name": "Zoé Ünal", "email": "zoe@example.org"})
    order.refresh_from_db()
    return order


def order_it(client, order, **changes):
    terms = queries.terms_of(order.edition)
    posted = {"way": "transfer", "total": order.total_cents, "terms": terms.version if terms else "x"} | changes
    return client.post(step(order, "tickets-order-pay"), posted)


def test_the_office_offers_what_can_be_paid(fest, lunch, client):
    html = client.get(address()).content.decode()

    assert f'name="{field("pass-fest", "juste")}"' in html
    assert f'name="{field("pass-fest", "libre", "-amount")}"' in html
    assert html.count('name="dejeuner-days"') == 3
    assert "Pas vendu en ligne" not in html


@pytest.mark.parametrize("changes", [{"iban": "", "takes_onsite": False}, {"terms_page": None}])
def test_without_a_way_to_pay_one_can_ask_to_be_told(fest, client, changes):
    PaymentSettings.objects.update(**changes)

    html = client.get(address()).content.decode()

    assert 'class="basket"' not in html
    assert reverse("tickets-tell-me", args=["pass-fest"]) in html


def test_the_office_costs_one_query_when_it_is_kept(fest, lunch, client, django_assert_num_queries):
    client.get(address())
    with django_assert_num_queries(1):
        client.get(address())


def test_a_paid_order_by_transfer_takes_few_queries(fest, lunch, client, django_assert_num_queries):
    client.get(address())
    queries_of_questions.questions_of(fest.edition_id)  # kept since somebody bought before
    row_cache.products([fest.pk, lunch.pk])
    posted = {field("pass-fest", "juste"): "1", field("dejeuner", "prix"): "1", "dejeuner-days": ["2027-05-06"]}
    with django_assert_num_queries(54):
        client.get(address())
        details = choose(client, posted).url
        client.get(details)
        pay = client.post(details, {"name": "Zoé Ünal", "email": "zoe@example.org"}).url
        html = client.get(pay).content.decode()
        version = re.search(r'name="terms" value="([^"]+)"', html)[1]
        order = client.post(pay, {"way": "transfer", "total": "12200", "terms": version}).url
        client.get(order)
    assert Order.objects.get().state == "pending"


def test_the_whole_way(fest, lunch, client):
    days = ["2027-05-05", "2027-05-07"]
    response = choose(
        client,
        {field("pass-fest", "libre", "-amount"): "75,50", field("dejeuner", "prix"): "2", "dejeuner-days": days},
    )
    order = Order.objects.get()
    assert response.url == step(order, "tickets-order-details")
    assert (order.total_cents, order.lines.count()) == (7550 + 4 * 1200, 5)

    html = client.get(response.url).content.decode()
    assert "4 × Déjeuner" not in html
    assert html.count("2 × Déjeuner") == 2
    line = OrderLine.objects.get(product=fest)
    response = client.post(
        response.url, {"name": "Zoé Ünal", "email": "zoe@example.org", f"holder-{line.pk}": "Ada Lý"}
    )
    assert response.url == step(order, "tickets-order-pay")

    html = words(client.get(response.url))
    assert "Commander avec obligation de paiement" in html
    assert "droit de rétractation" in html
    assert "encore <strong>20 minutes</strong>" in html
    order.refresh_from_db()
    response = order_it(client, order)
    assert response.url == step(order)

    html = client.get(response.url).content.decode()
    assert "FR14 2004 1010 0505 0001 3M02 606" in html
    assert f"{order.code[:4]} {order.code[4:]}" in html
    payment = Payment.objects.get()
    outcome = settling.settle(
        payment=payment, amount_cents=12350, reference="B1", now=NOW, actor=settling.Actor.system("bank")
    )
    assert outcome is Outcome.PAID
    assert Ticket.objects.get().holder == "Ada Lý"
    assert "Ada Lý" in client.get(step(order)).content.decode()


def test_a_fee_is_told_from_the_first_page_to_the_last(fest, client):
    """Beside the price, in the total, before ordering with what becomes of it, on the order's page, in its mail."""
    FeeFactory(percent=200, goes_back=False)
    FeeFactory(name={"fr": "Frais de dossier"}, basis="order", cents=300)

    shop = plain(client.get(address()))
    assert "113,70 € avec ses frais" in shop
    assert "Frais de réservation : 1,50 € et 2 % par place." in shop
    assert "Frais de dossier : 3 €, une fois par commande." in shop
    order = with_details(client, fest)
    pay = plain(client.get(step(order, "tickets-order-pay")))
    assert order.total_cents == 2 * 11370 + 300
    for said in ("2 × Frais de réservation", "7,40 €", "230,40 €", "non remboursés, quoi que vous rendiez"):
        assert said in pay
    assert "Frais de dossier : remboursés quand tout est rendu" in pay
    order_it(client, order)
    settling.settle(
        payment=Payment.objects.get(),
        amount_cents=order.total_cents,
        reference="",
        now=NOW,
        actor=settling.Actor.system("bank"),
    )

    page = plain(client.get(step(order)))
    assert "Frais de cette commande" in page
    assert "2 × Frais de réservation, 7,40 € : non remboursés" in page
    mail = build(OutgoingMail.objects.get(kind="order.tickets")).body.replace("\N{NO-BREAK SPACE}", " ")
    assert "2 × Frais de réservation, 7,40 € : non remboursés" in mail
    RefundStep.objects.create(product=fest, until=NOW + dt.timedelta(days=1))
    back = plain(client.get(step(order, "tickets-order-cancel")))
    assert "Frais non remboursés" in back
    assert "223 €" in back  # 220 for two passes, 3 of the order's fee


def test_what_costs_nothing_is_had_at_once(fest, client):
    choose(client, {field("pass-fest", "invite"): "1"})
    order = Order.objects.get()
    assert "Recevoir mes billets" in client.get(step(order, "tickets-order-details")).content.decode()

    response = client.post(step(order, "tickets-order-details"), {"name": "Zoé", "email": "zoe@example.org"})

    assert response.url == step(order)
    order.refresh_from_db()
    assert (order.state, Ticket.objects.count()) == ("paid", 1)


def test_a_service_is_where_one_is_sent(fest, client, service):
    order = with_details(client, fest)

    response = order_it(client, order, way="stripe")

    assert response.url == Payment.objects.get().url
    assert Payment.objects.get().url in client.get(step(order)).content.decode()


def test_a_service_that_is_down_is_said(fest, client, service):
    order = with_details(client, fest)
    service.is_down = True

    response = order_it(client, order, way="stripe")

    assert response.status_code == 503
    assert "ne répond pas" in response.content.decode()


def test_posted_twice_it_is_one_order_with_one_payment(fest, client):
    posted = {field("pass-fest", "juste"): "2"}
    assert choose(client, posted).url == choose(client, posted).url
    order = Order.objects.get()
    client.post(step(order, "tickets-order-details"), {"name": "Zoé Ünal", "email": "zoe@example.org"})
    order.refresh_from_db()

    assert order_it(client, order).url == order_it(client, order).url
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({}, "Rien n’est encore choisi"),
        ({"pass-fest-99999": "1"}, "Rien n’est encore choisi"),
        ({"juste": "-1"}, "Choisissez un nombre"),
        ({"juste": "99999999999999999999"}, "Choisissez un nombre"),
        ({"juste": "x"}, "Choisissez un nombre"),
        ({"juste": "3", "petit": "2"}, "Une commande en contient au plus 4"),
        ({"libre": "1", "libre-amount": "59,99"}, "Écrivez un montant entre"),
        ({"libre": "1", "libre-amount": "-60"}, "Écrivez un montant entre"),
        ({"libre": "1"}, "Écrivez un montant entre"),
        ({"libre-amount": "beaucoup"}, "Écrivez un montant entre"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(fest, client, posted, sentence):
    named = {}
    for key, value in posted.items():
        price, amount, _rest = key.partition("-amount")
        named[key if key.startswith("pass") else field("pass-fest", price, amount)] = value
    response = choose(client, named)

    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    assert not Order.objects.exists()
    if "libre-amount" in posted:
        assert f'value="{posted["libre-amount"]}"' in html


def test_a_day_has_to_be_chosen_and_be_on_offer(fest, lunch, client):
    one = {field("dejeuner", "prix"): "1"}
    assert "Choisissez votre jour" in choose(client, one).content.decode()
    assert choose(client, one | {"dejeuner-days": ["2027-05-01"]}).status_code == 422
    Quota.objects.filter(products=lunch, day__date="2027-05-06").update(size=0)
    assert choose(client, one | {"dejeuner-days": ["2027-05-06"]}).status_code == 409
    assert choose(client, one | {"dejeuner-days": ["2027-05-05", "2027-05-07"]}).status_code == 302


def test_who_has_what_one_person_may_have_is_told_beside_the_address(fest, client):
    Product.objects.filter(slug="pass-fest").update(max_per_person=2)
    with_details(client, fest)
    details = choose(client, {field("pass-fest", "juste"): "1", "form_token": str(uuid.UUID(int=8))}).url

    response = client.post(details, {"name": "Zoé Ünal", "email": "ZOE+encore@example.org"})

    assert response.status_code == 409
    assert "Une même personne peut avoir" in response.content.decode()
    assert 'value="ZOE+encore@example.org"' in response.content.decode()
    assert client.post(details, {"name": "Max", "email": "max@example.org"}).status_code == 302


def test_a_damaged_form_is_mended(fest, client):
    response = client.post(address("tickets-basket"), {field("pass-fest", "juste"): "1", "form_token": "broken"})

    html = response.content.decode()
    assert "Envoyez" in html or "renvoy" in html
    token = re.search(r'class="basket".*?name="form_token" value="([^"]+)"', html, re.DOTALL)[1]
    assert uuid.UUID(token)


def test_a_damaged_form_keeps_all_days_that_were_ticked(fest, lunch, client):
    days = ["2027-05-05", "2027-05-07"]
    posted = {field("dejeuner", "prix"): "1", "dejeuner-days": days, "form_token": "broken"}

    html = client.post(address("tickets-basket"), posted).content.decode()

    ticked = [box for box in re.findall(r"<input[^>]*dejeuner-days[^>]*>", html) if "checked" in box]
    assert [re.search(r'value="([^"]+)"', box)[1] for box in ticked] == days
    assert "n’est pas proposé" not in html


@pytest.mark.parametrize(("currency", "typed", "status"), [("CHF", "70 chf", 302), ("CHF", "70 €", 422)])
def test_an_amount_of_ones_own_in_the_currency_of_the_festival(fest, client, currency, typed, status):
    Product.objects.update(currency=currency)
    Edition.objects.update(currency=currency)

    response = choose(client, {field("pass-fest", "libre", "-amount"): typed})

    assert response.status_code == status
    if status == 422:
        assert re.search(r"entre 60\W+CHF et 500\W+CHF", response.content.decode())


def test_what_was_sold_out_meanwhile_is_said(fest, lunch, client):
    Quota.objects.filter(products=fest).update(size=0)
    html = choose(client, {field("pass-fest", "juste"): "1"}).content.decode()
    assert "Les dernières places viennent de partir" in html

    Quota.objects.filter(products=fest).update(size=1)
    response = choose(client, {field("pass-fest", "juste"): "2"})
    assert response.status_code == 409
    assert "Il ne reste que 1 place" in words(response)


def test_a_stale_total_and_stale_terms_order_nothing(fest, client):
    order = with_details(client, fest)

    assert order_it(client, order, total=1).status_code == 409
    assert order_it(client, order, terms="older").status_code == 409
    assert order_it(client, order, terms="").status_code == 422
    assert order_it(client, order, way="cowries").status_code == 422
    assert not Payment.objects.exists()


def test_steps_lead_to_where_one_is(fest, client):
    order = held(client, fest)
    assert client.get(step(order)).url == step(order, "tickets-order-details")
    assert client.get(step(order, "tickets-order-pay")).url == step(order, "tickets-order-details")

    order = with_details(client, fest)
    assert client.get(step(order)).url == step(order, "tickets-order-pay")
    order_it(client, order)
    assert client.get(step(order, "tickets-order-details")).url == step(order)
    assert client.get(step(order, "tickets-order-pay")).status_code == 200
    Payment.objects.update(state="failed")
    assert client.get(step(order)).url == step(order, "tickets-order-pay")


def test_a_basket_that_is_over_says_so(fest, client, settings):
    order = held(client, fest)
    settings.FESTIVAL_CLOCK = "2027-05-02T11:51"
    details = {"name": "Zoé Ünal", "email": "zoe@example.org"}
    for name in ("details", "pay"):
        assert client.post(step(order, f"tickets-order-{name}"), details).url == step(order)
    assert "Rien n’a été commandé" in client.get(step(order)).content.decode()

    expiring.expire_due(NOW + dt.timedelta(minutes=21))
    assert "Le délai est passé" in client.get(step(order)).content.decode()
    assert client.post(step(order, "tickets-order-mail")).url == step(order)


def test_more_time_once(fest, client):
    order = with_details(client, fest)
    pay = step(order, "tickets-order-pay")
    asked = {"more_time": "1", "way": "onsite"}

    html = client.post(pay, asked).content.decode()
    assert "vingt minutes de plus" in html
    assert re.search(r'value="onsite" checked', html)
    html = client.post(pay, asked).content.decode()
    assert "plus de temps à ajouter" in html
    assert "Il me faut plus de temps" not in html


def test_asking_for_more_time_keeps_what_was_typed(fest, client):
    order = held(client, fest)

    typed = {"more_time": "1", "name": "Zoé", "email": "zoe@"}
    html = client.post(step(order, "tickets-order-details"), typed).content.decode()

    assert 'value="Zoé"' in html
    assert 'value="zoe@"' in html
    assert 'class="err"' not in html
    assert "vingt minutes de plus" in html


def test_the_choice_can_be_given_back(fest, client):
    order = held(client, fest)

    client.post(step(order, "tickets-order-cancel"))

    order.refresh_from_db()
    assert order.state == "cancelled"
    assert set(Quota.objects.filter(products=fest).values_list("taken", flat=True)) == {0}


def test_an_order_that_waits_for_its_payment_can_be_cancelled_and_mailed(fest, client):
    order = with_details(client, fest)
    order_it(client, order)
    client.post(step(order, "tickets-order-mail"))
    assert OutgoingMail.objects.filter(kind="payment.instructions").count() == 2
    client.post(step(order, "tickets-order-cancel"))

    assert Payment.objects.get().state == "cancelled"
    assert Order.objects.get().state == "cancelled"


@pytest.mark.parametrize("name", ["tickets-order-details", "tickets-order-pay"])
def test_a_wrong_secret_opens_nothing(fest, client, name):
    order = with_details(client, fest)

    assert client.get(address(name, order.code, "x" * 43)).status_code == 404
    assert client.get(step(order, name)).headers["Cache-Control"] == "private, no-store"


def test_a_mistake_of_the_details_is_said_beside_its_field(fest, client):
    order = held(client, fest)

    response = client.post(step(order, "tickets-order-details"), {"name": "Zoé", "email": "zoe@"})

    assert response.status_code == 422
    assert 'value="zoe@"' in response.content.decode()


def test_who_comes_by_the_address_of_the_form_is_sent_to_the_office(fest, client):
    assert client.get(address("tickets-basket")).url == address()


def test_one_network_does_not_hold_for_ever(fest, client, monkeypatch):
    monkeypatch.setattr(basket_views, "PER_NETWORK", basket_views.Rate("basket-network", limit=1, seconds=600))
    assert choose(client, {field("pass-fest", "juste"): "1"}).status_code == 302
    assert choose(client, {field("pass-fest", "juste"): "2"}).status_code == 429


def test_in_english(fest, client):
    order = with_details(client, fest)

    html = client.get(step(order, "tickets-order-pay", "en")).content.decode()
    assert "Order with obligation to pay" in html


@pytest.mark.parametrize(("minutes", "is_promised"), [(1, True), (0, False), (-60, False)])
def test_a_refund_is_promised_only_while_it_can_be_had(fest, client, minutes, is_promised):
    RefundStep.objects.create(product=fest, until=NOW + dt.timedelta(minutes=minutes))
    order = with_details(client, fest)

    html = client.get(step(order, "tickets-order-pay", "en")).content.decode()

    assert ("all of it goes back until" in html) is is_promised
    assert ("nothing is paid back any more" in html) is not is_promised


def test_a_holder_gives_a_paid_ticket_back_while_the_product_allows_it(fest, client):
    order = with_details(client, fest)
    order_it(client, order)
    actor = settling.Actor.system("bank")
    settling.settle(payment=Payment.objects.get(), amount_cents=22000, reference="B", now=NOW, actor=actor)
    number = Ticket.objects.first().number
    back = address("tickets-ticket-cancel", order.code, order.secret, number)
    assert client.post(back).status_code == 409

    with writing(public=True):
        RefundStep.objects.create(product=fest, until=NOW + dt.timedelta(minutes=1))
    assert "Nous vous remboursons 110 €" in re.sub(r"<[^>]+>", "", words(client.get(back)))
    whole = words(client.get(step(order, "tickets-order-cancel")))
    assert "Vous récupérez 220 €" in " ".join(re.sub(r"<[^>]+>", " ", whole).split())
    assert client.post(back).status_code == 302

    order.refresh_from_db()
    assert (order.state, order.total_cents) == ("paid", 11000)
    assert order.refunds.get().amount_cents == 11000


def test_extras_stand_in_the_order_and_its_mail_with_or_without_a_ticket(fest, lunch, client, run_outbox, mailoutbox):
    one = {field("dejeuner", "prix"): "2", "dejeuner-days": ["2027-05-06"]}
    for number, posted in enumerate((one, one | {field("pass-fest", "juste"): "1"})):
        details = choose(client, posted | {"form_token": str(uuid.UUID(int=number + 20))}).url
        client.post(details, {"name": "Zoé Ünal", "email": "zoe@example.org"})
        order = Order.objects.order_by("pk").last()
        order_it(client, order)
        actor = settling.Actor.system("bank")
        settling.settle(
            payment=order.payments.get(), amount_cents=order.total_cents, reference=f"B{number}", now=NOW, actor=actor
        )
        mailoutbox.clear()
        run_outbox()

        html = client.get(step(order)).content.decode()
        assert "2 × Déjeuner" in html
        assert "Aucun billet" not in html
        (message,) = [one for one in mailoutbox if order.code in one.body]
        assert "2 × Déjeuner" in message.body
        assert ("Votre commande est payée" in message.subject) == (number == 0)
        assert any(
            attached.filename.endswith(".pdf") for attached in message.attachments if hasattr(attached, "filename")
        ) == (number == 1)


def test_a_ticked_day_means_one_at_the_only_price(client, fest, lunch):
    days = {"dejeuner-days": ["2027-05-06"], field("dejeuner", "prix"): "0"}
    response = client.post(address("tickets-basket"), choice(**days, **{field("pass-fest", "juste"): "1"}))
    assert response.status_code == 302
    assert sorted(line.product.slug for line in OrderLine.objects.select_related("product")) == [
        "dejeuner",
        "pass-fest",
    ]


def test_a_ticked_day_of_several_prices_is_asked_about(client, fest, lunch):
    Price.objects.create(product=lunch, slug="enfant", cents=600, vat_rate=1000, is_default=False)
    response = client.post(address("tickets-basket"), choice(**{"dejeuner-days": ["2027-05-06"]}))
    assert response.status_code == 422
    assert "dites combien, ou décochez-le" in words(response)


IN_PLACE = {"HX-Request": "true"}


def test_faults_are_told_of_the_fields_that_somebody_has_been_in(fest, client):
    order = held(client, fest)
    path = step(order, "tickets-order-details")

    none = client.post(path, {"name": "", "email": "", "look": "1"}, headers=IN_PLACE)
    one = client.post(path, {"name": "", "email": "zoe@", "look": "1", "seen": ["email"]}, headers=IN_PLACE)
    both = client.post(path, {"name": "", "email": "zoe@"}, headers=IN_PLACE)

    assert [answer.status_code for answer in (none, one, both)] == [200, 422, 422]
    assert [words(answer).count('class="err"') for answer in (none, one, both)] == [0, 1, 2]
    assert 'value="zoe@"' in words(one)
    assert all(
        words(answer).lstrip().startswith('<div class="wrap buying" id="in-place"') for answer in (none, one, both)
    )
    order.refresh_from_db()
    assert order.email == ""


def test_a_script_is_told_where_the_browser_goes(fest, client):
    order = held(client, fest)

    answer = client.post(
        step(order, "tickets-order-details"), {"name": "Zoé Ünal", "email": "zoe@example.org"}, headers=IN_PLACE
    )

    assert (answer.status_code, answer["HX-Redirect"]) == (200, step(order, "tickets-order-pay"))
    assert "Location" not in answer
    assert answer["Cache-Control"] == "private, no-store"


def test_more_time_is_told_in_place(fest, client):
    order = held(client, fest)

    html = words(client.post(step(order, "tickets-order-details"), {"name": "Zoé", "more_time": "1"}, headers=IN_PLACE))

    assert "vingt minutes de plus" in html
    assert 'value="Zoé"' in html
    assert "vingt minutes de plus" not in words(client.get(step(order, "tickets-order-details")))


def test_the_page_says_what_went_back(fest, client):
    order = with_details(client, fest)
    order_it(client, order)
    order.refresh_from_db()
    cancelling.cancel(order=order, actor=Actor("user:1"), now=NOW, even_used=False)
    order.refresh_from_db()
    page = step(order, "tickets-order")
    assert "rendus" not in text(client.get(page))
    pay(order, cents=22000)

    assert "220 € vous sont rendus" in text(client.get(page))
    refunding.confirm(refund=Refund.objects.get(), now=NOW, actor=Actor("user:1"))
    assert "220 € vous ont été rendus" in text(client.get(page))


def test_the_page_of_an_order_that_is_over_says_what_goes_back(fest, client):
    order = with_details(client, fest)
    order_it(client, order)
    order.refresh_from_db()
    late = order.expires_at + dt.timedelta(minutes=1)
    expiring.expire_due(late)
    Quota.objects.filter(products=fest).update(size=0)
    order.refresh_from_db()
    pay(order, cents=22000, now=late)

    html = text(client.get(step(order, "tickets-order")))

    assert "220 € vous sont rendus" in html
    assert "tout va bien" not in html

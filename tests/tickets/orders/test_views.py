"""The ticket office and the order page, from the wish to the ticket."""

import re
import uuid

import pypdfium2
import pytest
from django.core.cache import caches
from django.test import override_settings
from django.urls import reverse
from django.utils.translation import override

from festival.models import OutgoingMail
from festival.text.typography import NNBSP
from tests.factories.program import OccurrenceFactory
from tests.factories.tickets import OrderFactory, PriceFactory, ProductFactory, QuotaFactory, TicketFactory, signing_key
from tickets.delivery import tokens
from tickets.models import Order, Product, Quota, SigningKey, Ticket

pytestmark = pytest.mark.django_db


def office(language="fr"):
    with override(language):
        return reverse("tickets-office")


def wish(**changes):
    return {
        "product": "village-jour",
        "form_token": str(uuid.UUID(int=7)),
        "day": "2027-05-02",
        "name": "Camille Dupont-N’Guessan",
        "email": "camille@example.org",
        "places": "1",
    } | changes


def page_of(order, name="tickets-order", language="fr"):
    with override(language):
        return reverse(name, args=[order.code, order.secret])


def test_what_one_person_may_have_is_told_beside_the_address(village, client):
    Product.objects.update(max_per_person=2)
    assert client.post(office(), wish(places="2")).status_code == 302

    response = client.post(office(), wish(form_token=str(uuid.uuid4())))

    assert response.status_code == 409
    assert "Une même personne peut avoir" in response.content.decode()
    assert client.post(office(), wish(form_token=str(uuid.uuid4()), places="3")).status_code == 422


def test_the_office_shows_the_days_and_what_is_left(village, client):
    Quota.objects.filter(day__date="2027-05-03").update(size=2500)

    html = client.get(office()).content.decode()

    days = re.findall(r'<input type="radio" name="day" value="([\d-]+)" required( disabled| checked|)>', html)
    assert days == [("2027-05-02", " checked"), ("2027-05-03", "")]
    assert re.findall(r'<span class="tag">([^<]+)</span>', html) == [
        "10\N{NO-BREAK SPACE}places",
        f"2{NNBSP}500\N{NO-BREAK SPACE}places",
    ]


def test_a_form_for_a_ticket_that_carries_a_name_asks_for_one_person(village, client):
    Product.objects.update(named=True)

    html = client.get(office()).content.decode()
    response = client.post(office(), wish(places="2"))

    assert re.findall(r'<option value="(\d+)"', html) == ["1"]
    assert "Le billet porte le nom saisi plus haut." in html
    assert response.status_code == 422
    assert not Order.objects.exists()


@pytest.mark.parametrize("products", [1, 3])
def test_the_office_costs_two_queries_when_it_is_made_and_one_when_it_is_kept(
    village, client, django_assert_num_queries, products
):
    for number in range(1, products):
        other = ProductFactory(slug=f"autre-{number}", free=False)
        PriceFactory(product=other, cents=5500)
        QuotaFactory(products=[other])
    client.get(office())

    client.cookies["messages"] = "anything"  # a page of one's own
    with django_assert_num_queries(2):  # the generation, the stock
        client.get(office())
    client.cookies.clear()
    with django_assert_num_queries(1):  # the generation
        client.get(office())


def test_registering_takes_two_requests_and_few_queries(village, client, django_assert_num_queries):
    client.get(office())  # the menus are known,
    client.post(office(), wish(email="somebody@example.org"))  # and the series has begun

    with django_assert_num_queries(1):
        client.get(office())
    with django_assert_num_queries(17):  # with the two above at most 25
        response = client.post(office(), wish())

    order = Order.objects.get(email="camille@example.org")
    assert (response.status_code, response["Location"]) == (302, page_of(order))
    with django_assert_num_queries(9):  # generation, order, tickets, scans, passed on, key, later, …
        assert client.get(response["Location"]).status_code == 200


def test_the_order_page_shows_every_ticket(village, client):
    client.post(office(), wish(places="3"))

    html = client.get(page_of(Order.objects.get())).content.decode()

    assert html.count('<article class="ticket s-village"') == 3
    codes = [f"{code[:4]}-{code[4:]}" for code in Ticket.objects.order_by("pk").values_list("short_code", flat=True)]
    assert re.findall(r"</span>([0-9A-Z]{4}-[0-9A-Z]{4})</p>", html) == codes
    assert "(2/3)" in html


def test_the_order_remembers_the_language(village, client):
    client.post(office("en"), wish())

    assert Order.objects.get().language == "en"


@pytest.mark.parametrize("name", ["tickets-order", "tickets-order-pdf", "tickets-order-ics"])
def test_a_wrong_secret_opens_nothing(village, client, name):
    order = TicketFactory(product=village).line.order
    assert client.get(page_of(order, name)).status_code == 200

    order.secret = order.secret[:-1] + "X"

    assert client.get(page_of(order, name)).status_code == 404
    order.code = "KKKKKK"
    assert client.get(page_of(order, name)).status_code == 404


@pytest.mark.parametrize("name", ["tickets-order", "tickets-order-pdf", "tickets-order-ics"])
def test_the_secret_address_is_kept_secret(village, client, name):
    response = client.get(page_of(TicketFactory(product=village).line.order, name))

    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "strict-origin"
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_the_files_are_downloads_with_a_name(village, client):
    order = TicketFactory(product=village).line.order

    pdf, ics = (client.get(page_of(order, f"tickets-order-{kind}")) for kind in ("pdf", "ics"))

    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert (ics["Content-Type"], ics.content[:15]) == (
        "text/calendar; charset=utf-8; method=PUBLISH",
        b"BEGIN:VCALENDAR",
    )
    assert pdf["Content-Disposition"].startswith('attachment; filename="')
    assert pdf["Content-Disposition"].endswith(f'-{order.code}.pdf"')


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("email", ""),
        ("email", "camille"),
        ("email", "camille@exemple"),
        ("email", "@exemple.fr"),
        ("email", "ca mille@exemple.fr"),
        ("email", "camille@exemple..fr"),
        ("name", "  "),
        ("name", "\u200b"),
        ("day", "2027-05-09"),
        ("day", ""),
        ("places", "11"),
    ],
)
def test_a_mistake_is_said_beside_the_field_and_nothing_is_lost(village, client, field, typed):
    response = client.post(office(), wish(**{field: typed}))

    html = response.content.decode()
    assert response.status_code == 422
    assert not Order.objects.exists()
    if field == "day":
        assert 'id="village-jour-day-error"' in html
    else:
        assert f'id="village-jour-{field}_error"' in html
        assert f'aria-describedby="village-jour-{field}_error' in html or 'aria-invalid="true"' in html
    kept = {"name": "Camille Dupont-N’Guessan", "email": "camille@example.org"} | {field: typed}
    assert f'value="{kept["name"].strip()}"' in html or field == "name"
    assert f'value="{kept["email"]}"' in html or not typed


def test_who_comes_too_late_is_told_what_is_left(village, client):
    Quota.objects.filter(day__date="2027-05-02").update(size=0)

    response = client.post(office(), wish())

    html = response.content.decode()
    assert response.status_code == 409
    (error,) = re.findall(r'<p class="err" id="village-jour-day-error" role="alert">(.*?)</p>', html)
    assert "2\N{NO-BREAK SPACE}mai" in error
    assert "lundi 3\N{NO-BREAK SPACE}mai" in error
    assert 'value="camille@example.org"' in html
    assert 'value="2027-05-02" required disabled' in html


def test_who_wants_more_than_is_left_is_told_how_many(village, client):
    Quota.objects.filter(day__date="2027-05-02").update(size=2)

    response = client.post(office(), wish(places="3"))

    assert response.status_code == 409
    assert "2\N{NO-BREAK SPACE}places" in response.content.decode()


def test_a_day_that_is_over_cannot_be_chosen(village, client, settings):
    settings.FESTIVAL_CLOCK = "2027-05-02T19:00"

    html = client.get(office()).content.decode()

    assert 'value="2027-05-02" required disabled' in html
    assert client.post(office(), wish()).status_code == 409


@pytest.mark.parametrize(("clock", "notice"), [("2027-01-01T10:00", "notice moved"), ("2027-05-06T10:00", "empty")])
def test_before_and_after_the_sale_there_is_no_form(village, client, settings, clock, notice):
    settings.FESTIVAL_CLOCK = clock

    html = client.get(office()).content.decode()

    assert notice in html
    assert 'name="product"' not in html


def test_a_double_click_is_one_order(village, client):
    first, second = (client.post(office(), wish())["Location"] for _ in range(2))

    assert first == second
    assert Order.objects.count() == 1


@pytest.mark.parametrize("damaged", ["", "7", "\0"])
def test_a_damaged_form_is_mended_and_sent_once_more(village, client, damaged):
    response = client.post(office(), wish(form_token=damaged))

    html = response.content.decode()
    assert response.status_code == 422
    assert 'role="alert"' in html
    assert 'value="camille@example.org"' in html
    token = re.search(r'name="form_token" value="([^"]+)"', html)[1]
    assert client.post(office(), wish(form_token=token)).status_code == 302


@pytest.mark.parametrize("field", ["day", "places"])
def test_a_choice_that_is_not_offered_is_not_repeated(village, client, field):
    html = client.post(office(), wish(**{field: "SMUGGLED"})).content.decode()

    assert 'role="alert"' in html or 'class="err"' in html
    assert "SMUGGLED" not in html


def test_an_unknown_product_is_not_found(village, client):
    assert client.post(office(), wish(product="autre")).status_code == 404


def test_a_paid_product_cannot_be_registered(village, client):
    PriceFactory(product=ProductFactory(slug="pass", free=False), cents=5500)

    assert client.post(office(), wish(product="pass")).status_code == 404


def test_one_address_may_not_register_for_ever(village, client):
    Quota.objects.update(size=1000)
    answers = [client.post(office(), wish(form_token=str(uuid.uuid4()))) for _ in range(7)]

    assert [answer.status_code for answer in answers] == [302] * 6 + [429]
    assert 'role="alert"' in answers[-1].content.decode()


def test_the_mail_can_be_sent_again_three_times_an_hour(village, client):
    order = TicketFactory(product=village).line.order

    for _ in range(4):
        assert client.post(page_of(order, "tickets-order-mail"))["Location"] == page_of(order)

    assert OutgoingMail.objects.count() == 3


def test_a_form_of_another_site_is_refused(village):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(office(), wish()).status_code == 403


def test_names_are_shown_and_not_obeyed(village, client):
    client.post(office(), wish(name="<script>alert(1)</script>"))

    html = client.get(page_of(Order.objects.get())).content.decode()

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_cancelled_ticket_has_no_code(village, client):
    ticket = TicketFactory(product=village, cancelled_at="2027-05-02T10:00Z")

    html = client.get(page_of(ticket.line.order)).content.decode()

    assert 'class="ticket s-village void"' in html
    assert 'class="qr"' not in html


def test_each_visitor_has_a_form_of_their_own(village, client):
    first, second = (
        re.search(r'name="form_token" value="([^"]+)"', client.get(office()).content.decode())[1] for _ in range(2)
    )

    assert first != second


def test_an_office_without_products_says_so(client, village):
    Product.objects.update(is_listed=False)

    assert 'class="empty"' in client.get(office()).content.decode()


def test_an_unlisted_order_still_opens(village, client):
    order = OrderFactory(edition=village.edition)

    assert client.get(page_of(order)).status_code == 200


def test_a_very_long_name_stays_on_the_ticket(village, client):
    order = TicketFactory(product=village, holder="W" * 60).line.order

    document = pypdfium2.PdfDocument(client.get(page_of(order, "tickets-order-pdf")).content)

    page = document[0]
    text = page.get_textpage()
    edges = [text.get_charbox(index)[2] for index in range(text.count_chars())]
    assert max(edges) < page.get_width() - 14 / 25.4 * 72


def test_without_a_key_the_visitor_reads_a_sentence_and_nothing_is_taken(village, client):
    SigningKey.objects.all().delete()

    response = client.post(office(), wish())

    assert response.status_code == 409
    assert "Rien n’a été pris" in response.content.decode()
    assert "Il reste de la place" not in response.content.decode()
    assert not Order.objects.exists()
    assert set(Quota.objects.values_list("taken", flat=True)) == {0}
    signing_key(village.edition)


def test_back_and_another_name_is_another_order(village, client):
    answers = [client.post(office(), wish(name=name))["Location"] for name in ("Lina", "Milo", "Milo")]

    assert answers[0] != answers[1] == answers[2]
    assert sorted(Ticket.objects.values_list("holder", flat=True)) == ["Lina", "Milo"]


@pytest.mark.parametrize(
    "changed", [{"day": "2027-05-03"}, {"places": "2"}, {"email": "autre@example.org"}, {"name": "Camille"}]
)
def test_any_changed_field_makes_another_order(village, client, changed):
    first = client.post(office(), wish())["Location"]

    assert client.post(office(), wish(**changed))["Location"] != first
    assert client.post(office(), wish())["Location"] == first
    assert Order.objects.count() == 2


def test_a_held_order_has_its_twin_too(village, client):
    Product.objects.update(confirmation="always")

    assert len({client.post(office(), wish())["Location"] for _ in range(3)}) == 1
    assert Order.objects.get().state == "held"


def test_holding_costs_no_more_queries(village, client, django_assert_num_queries):
    Product.objects.update(confirmation="always")
    client.get(office())
    client.post(office(), wish(email="somebody@example.org"))

    with django_assert_num_queries(14):
        assert client.post(office(), wish()).status_code == 302


def test_posts_of_one_form_count_as_one_try(village, client):
    assert {client.post(office(), wish()).status_code for _ in range(40)} == {302}
    assert Order.objects.count() == 1


def test_twins_that_come_before_the_first_is_written_count_as_one_try(village, client):
    """A twin is known by its key even when nothing is stored yet: here because the day is full."""
    Quota.objects.update(size=0)

    assert {client.post(office(), wish()).status_code for _ in range(10)} == {409}


def test_a_class_behind_one_network_registers_at_once(village, client):
    Quota.objects.update(size=1000)

    answers = [
        client.post(office(), wish(form_token=str(uuid.UUID(int=number)), email=f"eleve{number}@example.org"))
        for number in range(30)
    ]

    assert {answer.status_code for answer in answers} == {302}


def test_one_network_cannot_take_a_day(village, client):
    Quota.objects.update(size=2500)
    Product.objects.update(places_per_network=120)

    answers = [
        client.post(office(), wish(form_token=str(uuid.UUID(int=n)), email=f"x{n}@example.org", places="10"))
        for n in range(20)
    ]

    assert [answer.status_code for answer in answers] == [302] * 12 + [429] * 8
    html = answers[-1].content.decode()
    assert int(answers[-1]["Retry-After"]) <= 3600
    assert 'value="x19@example.org"' in html
    assert "réseau" in html
    assert client.post(office(), wish(), REMOTE_ADDR="198.51.100.7").status_code == 302


def test_a_forged_header_is_no_other_network(village, client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    Product.objects.update(places_per_network=1)

    answers = [
        client.post(
            office(),
            wish(form_token=str(uuid.UUID(int=n)), email=f"x{n}@example.org"),
            headers={"X-Forwarded-For": f"198.51.100.{n}"},
        ).status_code
        for n in range(3)
    ]

    assert answers == [302, 429, 429]


@pytest.mark.parametrize("alias", ["cam.ille@example.org", "camille+{n}@example.org", "CAMILLE@example.ORG"])
def test_aliases_of_one_address_count_as_one(village, client, alias):
    Quota.objects.update(size=1000)

    answers = [
        client.post(office(), wish(form_token=str(uuid.UUID(int=n)), email=alias.format(n=n))).status_code
        for n in range(8)
    ]

    assert answers == [302] * 6 + [429] * 2


def test_who_found_the_day_full_has_spent_nothing(village, client):
    Product.objects.update(places_per_network=2)
    Quota.objects.update(size=0)
    for n in range(10):
        assert client.post(office(), wish(form_token=str(uuid.UUID(int=n)))).status_code == 409

    Quota.objects.update(size=1000)

    assert client.post(office(), wish()).status_code == 302


def test_a_twin_does_not_get_past_the_limit(village, client):
    Quota.objects.update(size=1000)
    for number in range(6):
        client.post(office(), wish(form_token=str(uuid.UUID(int=100 + number))))

    answers = [client.post(office(), wish(form_token=str(uuid.UUID(int=200)))).status_code for _ in range(3)]

    assert answers == [429] * 3
    assert Order.objects.count() == 6


def test_a_place_in_a_session_names_the_session(village, client):
    atelier = ProductFactory(slug="atelier", admission="occurrence", days=[])
    occurrence = OccurrenceFactory(session__title="Réparer son grille-pain")
    order = TicketFactory(product=atelier, day=None, occurrence=occurrence).line.order

    html = client.get(page_of(order)).content.decode()
    document = pypdfium2.PdfDocument(client.get(page_of(order, "tickets-order-pdf")).content)
    calendar = client.get(page_of(order, "tickets-order-ics")).content.decode()

    for text in (html, document[0].get_textpage().get_text_bounded(), calendar):
        assert "Réparer son grille-pain" in text
    assert f"{order.code}-{atelier.number}-{occurrence.uuid}@testserver" in calendar.replace("\r\n ", "")


@pytest.mark.parametrize("name", ["tickets-order", "tickets-order-pdf"])
def test_without_the_key_the_short_codes_are_told(client, name, caplog):
    ticket = TicketFactory()
    signing_key(ticket.line.order.edition)

    with override_settings(TICKET_KEY_SECRET=""):
        response = client.get(page_of(ticket.line.order, name))

    assert response.status_code == 503
    assert tokens.spell_short_code(ticket.short_code) in response.content.decode()
    assert "No ticket can be signed" in caplog.text


def numbers(response):
    """Return the random numbers of the forms of a page."""
    return re.findall(r'name="(?:csrfmiddlewaretoken|form_token)" value="([^"]*)"', response.text)


def test_the_office_is_kept_and_every_visitor_has_numbers_of_their_own(village, client, django_assert_num_queries):
    first = client.get(office())
    with django_assert_num_queries(1):  # the generation
        others = [type(client)(enforce_csrf_checks=True).get(office())]
    with django_assert_num_queries(1):
        others.append(type(client)(enforce_csrf_checks=True).get(office()))

    found = [numbers(page) for page in (first, *others)]
    assert len({number for page in found for number in page}) == sum(map(len, found)) >= 6
    assert {len(number) for page in found for number in page} == {36, 64}
    kept = repr(list(caches["default"]._cache.values()))
    assert not any(number in kept for page in found for number in page)
    assert first["Cache-Control"] == others[0]["Cache-Control"] == "private, no-cache"


def test_from_a_kept_page_one_registers(village, client):
    client.get(office())
    visitor = type(client)(enforce_csrf_checks=True)
    html = visitor.get(office()).text
    token, form = (
        re.search(rf'name="{name}" value="([^"]+)"', html)[1] for name in ("csrfmiddlewaretoken", "form_token")
    )

    response = visitor.post(office(), wish(csrfmiddlewaretoken=token, form_token=form))

    assert response.status_code == 302
    assert client.post(office(), wish()).status_code == 302
    assert type(client)(enforce_csrf_checks=True).post(office(), wish(csrfmiddlewaretoken=token)).status_code == 403


def test_what_is_left_is_one_small_part_for_everybody(village, client, django_assert_num_queries):
    Quota.objects.filter(day__date="2027-05-03").update(size=0)
    path = office() + "places/"
    client.get(path)
    with django_assert_num_queries(1):
        response = type(client)().get(path)

    parts = re.findall(r'<span class="left" id="([\w-]+)"( data-gone|)>', response.text)
    assert parts == [("left-village-jour-2027-05-02", ""), ("left-village-jour-2027-05-03", " data-gone")]
    assert "complet" in response.text
    assert response["Cache-Control"] == "public, max-age=10"
    assert (not response.cookies, "csrf" not in response.text) == (True, True)
    assert [name for name, _gone in parts] == re.findall(r'<span class="left" id="([\w-]+)"', client.get(office()).text)


def test_what_is_left_costs_two_queries_when_it_is_asked_for_anew(village, client, settings, django_assert_num_queries):
    client.get(office())
    with django_assert_num_queries(2):  # the generation, the stock
        client.get(office() + "places/")


def test_a_script_gets_the_form_in_which_it_posted(village, client):
    in_place = {"HX-Request": "true"}

    looked = client.post(office(), wish(email="camille@", look="1", seen="email"), headers=in_place)
    sent = client.post(office(), wish(email="camille@"), headers=in_place)
    done = client.post(office(), wish(), headers=in_place)

    assert [answer.status_code for answer in (looked, sent, done)] == [422, 422, 200]
    assert all(answer.text.lstrip().startswith('<section class="band registration') for answer in (looked, sent))
    assert 'value="camille@"' in looked.text
    assert done["HX-Redirect"] == page_of(Order.objects.get())


def test_looking_registers_nobody(village, client):
    assert client.post(office(), wish(look="1")).status_code == 200
    assert not Order.objects.exists()

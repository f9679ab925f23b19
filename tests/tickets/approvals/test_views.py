"""The form that asks for what needs approval: files survive errors, whatever is posted is checked, limits hold."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from tests.factories.tickets import NOW, PriceFactory, VoucherFactory, ZoneFactory
from tests.tickets.approvals.conftest import OFFICE, PDF, apply
from tests.tickets.questions.conftest import ask
from tickets.approvals import deciding
from tickets.models import Answer, Approval, Order, Price, Product, SentFile, Ticket, Voucher

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(settings):
    settings.FESTIVAL_CLOCK = NOW.isoformat()


def address(name="tickets-request", *args):
    with override("fr"):
        return reverse(name, args=args or ["presse"])


def card(content=PDF, name="carte.pdf"):
    return SimpleUploadedFile(name, content)


def posted(press, **changes):
    values = {
        "form_token": str(uuid.UUID(int=5)),
        "price": Price.objects.filter(product=press).first().pk,
        "name": "Zoé Ünal",
        "email": "zoe@example.org",
        "places": "1",
        "word": "Journaliste",
        "code": "",
    }
    return values | changes


def words(response):
    return re.sub(r"[\u00a0\u202f]", " ", response.content.decode())


def page(client, order):
    return words(client.get(address("tickets-order", order.code, order.secret)))


def test_the_office_leads_to_the_form(press, client):
    assert f'href="{address()}"' in client.get(_office()).content.decode()
    html = words(client.get(address()))
    assert 'enctype="multipart/form-data"' in html
    assert client.get(address("tickets-request", "pass-fest")).status_code == 404
    assert client.get(address("tickets-request", "nothing")).status_code == 404


def test_the_form_asks_the_database_twice(press, client, django_assert_num_queries):
    client.get(address())
    with django_assert_num_queries(2):  # the generation, the stock
        client.get(address())


def test_a_whole_form_holds_the_place_and_the_page_says_how_it_stands(press, client, django_assert_num_queries):
    client.get(address())
    with django_assert_num_queries(35):
        response = client.post(address(), posted(press, file=card()))

    order = Order.objects.get()
    assert response.url == address("tickets-order", order.code, order.secret)
    html = page(client, order)
    assert "Nous avons votre demande" in html
    assert "carte.pdf" in html
    assert "Retirer ma demande" in html
    assert "Il me faut plus de temps" not in html
    for step in ("tickets-order-details", "tickets-order-pay"):
        assert client.get(address(step, order.code, order.secret)).status_code == 302


def test_a_file_chosen_once_survives_an_error_elsewhere(press, client):
    response = client.post(address(), posted(press, email="zoe@", file=card()))
    html = words(response)
    assert response.status_code == 422
    assert "Nous avons votre fichier" in html
    kept = re.search(r'name="file-kept" value="([^"]+)"', html)[1]

    again = client.post(address(), posted(press, word="", **{"file-kept": kept}))
    assert "Nous avons votre fichier" in words(again)
    assert client.post(address(), posted(press, **{"file-kept": kept})).status_code == 302

    assert Approval.objects.get().file.file.read() == PDF
    assert SentFile.objects.count() == 1
    assert client.post(address(), posted(press, **{"file-kept": kept})).status_code == 302
    assert Order.objects.count() == 1


def test_the_file_of_somebody_else_is_not_taken(press, client):
    client.post(address(), posted(press, file=card()))
    key = SentFile.objects.get().key

    response = client.post(address(), posted(press, name="Somebody", **{"file-kept": key}))

    assert response.status_code == 409
    assert "choisissez-le encore une fois" in words(response)
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Choisissez votre document"),
        ({"file": (b"<script>", "carte.pdf")}, "Envoyez un PDF, un JPEG ou un PNG"),
        ({"file-kept": "nonsense"}, "choisissez-le encore une fois"),
        ({"file": (PDF, "carte.pdf"), "word": ""}, "Dites en quelques mots qui vous êtes"),
        ({"file": (PDF, "carte.pdf"), "places": "3"}, "Choisissez un nombre dans la liste."),
        ({"file": (PDF, "carte.pdf"), "price": "0"}, "Choisissez un tarif."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(press, client, changes, said):
    changes = {name: card(*value) if name == "file" else value for name, value in changes.items()}
    response = client.post(address(), posted(press, **changes))

    assert response.status_code == 422
    assert said in words(response)
    assert not Order.objects.exists()


def test_a_price_of_ones_own_a_day_and_a_code(press, fest, client):
    Price.objects.filter(product=press).delete()
    price = PriceFactory(product=press, slug="libre", cents=1000, max_cents=3000)
    Product.objects.filter(pk=press.pk).update(admission="one_day", file_asked="no")
    VoucherFactory(products=[press])
    own = posted(press, price=price.pk, amount="99", day="2027-05-06", code="amap27")
    assert client.post(address(), own).context["form"].errors["amount"]

    assert client.post(address(), own | {"amount": "20"}).status_code == 302

    line = Order.objects.get().lines.get()
    assert (line.cents, line.day.date.isoformat()) == (1600, "2027-05-06")
    assert Voucher.objects.get().used == 1
    assert client.post(address(), own | {"amount": "20", "code": "NOTHING", "name": "B"}).status_code == 409


def test_sold_out_keeps_what_was_typed(press, client):
    apply(press, count=2)
    response = client.post(address(), posted(press, file=card()))

    assert response.status_code == 409
    assert "Nous avons votre fichier" in words(response)


def test_a_damaged_form_keeps_the_file_that_came_with_it(press, client):
    response = client.post(address(), posted(press, form_token="broken", file=card()))

    assert response.status_code == 422
    assert "Nous avons votre fichier" in words(response)
    kept = re.search(r'name="file-kept" value="([^"]+)"', words(response))[1]
    token = re.search(r'name="form_token" value="([^"]+)"', words(response))[1]
    assert client.post(address(), posted(press, form_token=token, **{"file-kept": kept})).status_code == 302


def test_who_asks_too_often_is_told_when_to_come_back(press, client):
    Product.objects.filter(pk=press.pk).update(file_asked="no")
    press.quotas.update(size=99)
    for number in range(6):
        token = str(uuid.UUID(int=100 + number))
        assert client.post(address(), posted(press, form_token=token)).status_code == 302

    assert client.post(address(), posted(press)).status_code == 429
    assert Order.objects.count() == 6


def test_the_page_of_the_order_says_what_was_decided(paid_press, client):
    accepted, refused = apply(paid_press), apply(paid_press, number=2)
    deciding.accept(approval=accepted, actor=OFFICE, now=NOW)
    deciding.refuse(approval=refused, reason="Sans carte de presse.", actor=OFFICE, now=NOW)

    html = page(client, refused.order)
    assert "Votre demande n’a pas été acceptée" in html
    assert "Sans carte de presse." in html
    pay = client.get(address("tickets-order", accepted.order.code, accepted.order.secret))
    assert pay.url == address("tickets-order-pay", accepted.order.code, accepted.order.secret)
    shown = words(client.get(pay.url))
    assert "Vos places sont gardées jusqu’à" in shown
    assert "Il me faut plus de temps" not in shown
    assert not Ticket.objects.exists()


def _office():
    with override("fr"):
        return reverse("tickets-office")


def test_another_document_is_another_request_and_is_not_lost(press, client):
    assert client.post(address(), posted(press, file=card())).status_code == 302
    right = client.post(address(), posted(press, file=card(PDF + b"\n", "presse.pdf")))

    assert Approval.objects.count() == 2
    assert "presse.pdf" in page(client, Order.objects.order_by("pk").last())
    assert client.post(address(), posted(press, file=card(PDF + b"\n", "presse.pdf"))).url == right.url


def test_its_questions_are_asked_with_the_request(press, client):
    question = ask(press, "media", is_required=True)
    missing = client.post(address(), posted(press, file=card()))
    assert missing.status_code == 422
    assert "Merci de répondre" in words(missing)
    kept = re.search(r'name="file-kept" value="([^"]+)"', words(missing))[1]

    answer = {f"q{question.pk}-1": "Radio Seine"}
    assert client.post(address(), posted(press, **answer, **{"file-kept": kept})).status_code == 302

    given = Answer.objects.get()
    assert (given.value, given.line.order, given.order) == ("Radio Seine", Order.objects.get(), Order.objects.get())


def test_what_it_opens_is_said_before_it_is_asked_for(press, client):
    ZoneFactory(edition=press.edition, name={"fr": "Salle de presse"}, products=[press])

    for page in (address(), "/fr/billetterie/"):
        assert "Ouvre aussi Salle de presse" in client.get(page).content.decode()

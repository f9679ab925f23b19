"""The public pages of the pot: what it can give, asking without proof, and tickets that nobody can tell apart."""

import re
import uuid

import pytest
from django.urls import reverse
from django.utils.translation import override

from festival.core.writing import writing
from tests.factories.tickets import NOW, VoucherFactory
from tests.tickets.buying.conftest import basket, item
from tests.tickets.solidarity.conftest import OFFICE, give
from tickets.buying import detailing, holding
from tickets.buying.detailing import Details
from tickets.delivery import mail as delivery_mail, pdf, queries as delivery_queries
from tickets.delivery.printed_tickets import printed_tickets
from tickets.models import Order, Pot, PotRequest, Price
from tickets.orders import cancelling
from tickets.orders.placing import Buyer
from tickets.payments import settling

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(settings):
    settings.FESTIVAL_CLOCK = NOW.isoformat()


def address(name="tickets-solidarity", *args):
    with override("fr"):
        return reverse(name, args=args)


def posted(pot, **changes):
    return {
        "form_token": str(uuid.uuid4()),
        "which": f"{pot.prices.get().pk}-0",
        "name": "Ada Personne",
        "email": "ada@example.org",
        "places": "1",
        "word": "",
    } | changes


def words(response):
    return re.sub(r"[\u00a0\u202f]", " ", response.content.decode())


def test_the_office_says_kindly_what_the_pot_can_give(pot, box, client):
    assert "La caisse est vide en ce moment. Demandez tout de même" in words(client.get(address("tickets-office")))
    give(box, 13_000)

    client.cookies["messages"] = "anything"  # a page of one's own: the one that is kept may be twenty seconds old
    html = words(client.get(address("tickets-office")))

    assert "La caisse peut donner 2 billets en ce moment." in html
    assert f'href="{address()}"' in html
    assert f'name="billet-suspendu-{Price.objects.get(slug="libre", product=box).pk}-amount"' in html


def test_without_a_pot_the_office_says_nothing_of_it(fest, client):
    assert address() not in client.get(address("tickets-office")).content.decode()
    assert client.get(address()).url == address("tickets-office")


def test_pages_and_posts_have_their_budgets(pot, box, client, django_assert_num_queries):
    give(box, 50_000)
    client.get(address("tickets-office"))
    client.post(address(), posted(pot, email="first@example.org"))
    client.get(address())
    with django_assert_num_queries(1):  # the generation
        client.get(address("tickets-office"))
    client.cookies["messages"] = "anything"
    with django_assert_num_queries(3):  # and the stock, the balance, where the page is made
        client.get(address("tickets-office"))
    client.cookies.clear()
    with django_assert_num_queries(2):
        client.get(address())
    with django_assert_num_queries(57):
        client.post(address(), posted(pot))
    with django_assert_num_queries(3):
        client.get(address("tickets-solidarity-request", PotRequest.objects.last().secret))


def test_asking_leads_to_a_page_without_the_ticket_itself(pot, box, client):
    give(box, 6000)
    response = client.post(address(), posted(pot))

    request = PotRequest.objects.get()
    assert response.url == address("tickets-solidarity-request", request.secret)
    html = words(client.get(response.url))
    assert "Votre billet est en route" in html
    assert request.order.secret not in html
    assert client.get(address("tickets-solidarity-request", "x" * 43)).status_code == 404


def test_errors_are_beside_their_field_and_nothing_typed_is_lost(pot, client):
    response = client.post(address(), posted(pot, name="", email="ada@", word="Merci", places="9", which="0-0"))

    html = words(response)
    assert response.status_code == 422
    assert "Choisissez un nombre dans la liste." in html
    assert "Merci" in html
    assert not PotRequest.objects.exists()


def test_a_person_gets_so_many_a_day_by_itself_and_then_the_office_decides(pot, box, client):
    give(box, 50_000)
    Pot.objects.update(automatic_per_day=1)
    client.post(address(), posted(pot))
    client.post(address(), posted(pot, email="ada+encore@example.org"))

    assert list(PotRequest.objects.order_by("pk").values_list("state", "by_hand")) == [
        ("granted", False),
        ("waiting", True),
    ]


def test_whoever_asks_too_often_is_told_when_to_come_back(pot, client):
    for _ in range(4):
        assert client.post(address(), posted(pot)).status_code == 302
    response = client.post(address(), posted(pot))

    assert response.status_code == 429
    assert response.headers["Retry-After"]
    assert PotRequest.objects.count() == 4


def test_page_paper_mail_and_code_are_those_of_a_bought_pass(pot, box, fest, client):
    give(box, 6000)
    client.post(address(), posted(pot))
    given = PotRequest.objects.get().order
    bought = holding.hold(basket=basket(item(fest, "petit"), form_token=uuid.UUID(int=99)), now=NOW)
    ada = Details(Buyer("Ada Personne", "other@example.org", "fr"))
    detailing.give_details(order=bought, details=ada, now=NOW)
    settling.receive(
        order=bought, way="onsite", amount_cents=6000, reference="", key=uuid.uuid4(), now=NOW, actor=OFFICE
    )
    bought.refresh_from_db()

    assert _shown(given) == _shown(bought)
    for order in (given, bought):
        assert "caisse" not in _shown(order).casefold()


def _shown(order):
    """Return the mail, its parts and the text of the paper, without what differs from ticket to ticket."""
    order = Order.objects.select_related("edition").get(pk=order.pk)
    tickets = printed_tickets(delivery_queries.tickets_of(order))
    letter = delivery_mail.order_mail(order, tickets, now=NOW)
    ticket = tickets[0]
    found = [
        letter.subject,
        letter.body,
        letter.alternatives[0][0],
        pdf.tickets_html([(order, tickets)], language="fr"),
    ]
    text = "\n".join(str(part) for part in found)
    own = (
        (order.code, "CODE"),
        (order.email, "ADDRESS"),
        (order.secret, "SECRET"),
        (ticket.short_code, "TICKET"),
        (ticket.ticket.short_code, "TICKET"),
        (f"{ticket.ticket.number:07}", "NUMBER"),
    )
    for word, name in own:
        text = text.replace(word, name)
    return re.sub(r"numéro\s\S+", "numéro N", text)


def test_whoever_gives_an_amount_of_their_own_needs_not_say_how_often(pot, box, client):
    price = Price.objects.get(slug="libre", product=box)
    html = client.get(address("tickets-office")).content.decode()
    assert f'name="billet-suspendu-{price.pk}"' not in html

    client.post(
        address("tickets-basket"),
        {"form_token": str(uuid.uuid4()), f"billet-suspendu-{price.pk}-amount": "12,50"},
    )

    line = Order.objects.get().lines.get()
    assert (line.cents, line.kind, line.vat_rate) == (1250, "donation", 0)


def test_a_code_never_makes_a_gift_cheaper(pot, box, fest):
    VoucherFactory()
    both = basket(item(box, "libre", cents=1000), item(fest), form_token=uuid.UUID(int=3), code="AMAP27")

    order = holding.hold(basket=both, now=NOW)

    assert sorted(order.lines.values_list("kind", "cents")) == [("admission", 8800), ("donation", 1000)]


def test_the_page_says_when_a_given_ticket_is_cancelled(pot, box, client):
    give(box, 6000)
    page = client.post(address(), posted(pot)).url
    cancelling.cancel(order=PotRequest.objects.get().order, actor=OFFICE, now=NOW, even_used=False)

    html = words(client.get(page))

    assert "Votre billet est annulé" in html
    assert "en route" not in html


def test_the_page_promises_nothing_once_the_last_day_is_over(pot, client, settings):
    page = client.post(address(), posted(pot)).url
    assert "il arrive à" in words(client.get(page))
    settings.FESTIVAL_CLOCK = "2027-05-09T12:00"

    html = words(client.get(page))

    assert "Nous n’avons pas eu de billet pour vous cette fois" in html
    assert "il arrive à" not in html


def test_the_site_promises_no_days_to_answer_in(pot, box, client):
    give(box, 13_000)
    Pot.objects.update(automatic_per_day=0)
    with writing(public=True):
        pass

    html = words(client.get(address()))

    assert "Nous répondons à chaque demande par courriel." in html
    assert "trois jours" not in html

"""The page of a session's places: booking, waiting, and what it says when there is nothing to book."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils.translation import override

from festival.models import Edition, OutgoingMail
from program.models import Session
from program.release.publishing import release_programme
from tests.factories.festival import EditionFactory
from tests.factories.tickets import NOW, OrderFactory, ProductFactory, TicketFactory
from tests.tickets.workshops.sessions import another_time, session_with_places
from tickets.models import Order, OrderLine, Product, Quota, WaitingEntry
from tickets.orders import confirming, expiring

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(settings):
    settings.FESTIVAL_CLOCK = NOW.isoformat()


def page_of(occurrence, language="fr"):
    with override(language):
        return reverse("tickets-workshop", args=[occurrence.uuid])


def order_page(order, name="tickets-order", *args):
    with override("fr"):
        return reverse(name, args=[order.code, order.secret, *args])


def posted(**changes):
    return {
        "form_token": str(uuid.UUID(int=7)),
        "name": "Camille Dupont-N’Guessan",
        "email": "camille@example.org",
        "places": "1",
    } | changes


def test_a_free_place_is_one_screen_and_one_post(repair, client, django_assert_num_queries):
    Quota.objects.update(size=10)
    client.post(page_of(repair), posted(email="somebody@example.org", form_token=str(uuid.uuid4())))
    client.get(page_of(repair))  # the menus are known

    with django_assert_num_queries(3):  # the generation, the session with its quota, the product with its prices
        assert client.get(page_of(repair)).status_code == 200
    with django_assert_num_queries(26):  # as a registration, and: what clashes, who waits, what is asked
        response = client.post(page_of(repair), posted())

    order = Order.objects.get(email="camille@example.org")
    assert (response.status_code, response["Location"]) == (302, order_page(order))
    html = client.get(response["Location"]).content.decode()
    assert str(repair.session) in html
    assert str(repair.room) in html


def test_a_ticketed_place_asks_for_the_code_of_a_ticket(soldering, client):
    code = TicketFactory(product=ProductFactory()).short_code

    missing = client.post(page_of(soldering), posted())
    wrong = client.post(page_of(soldering), posted(code="7K3F-9Q2M"))
    right = client.post(page_of(soldering), posted(code=f"{code[:4].lower()} {code[4:]}"))

    assert (missing.status_code, wrong.status_code, right.status_code) == (422, 409, 302)
    assert OrderLine.objects.get(occurrence=soldering).booked_with.short_code == code


def test_from_an_order_its_ticket_is_known(soldering, client):
    ticket = TicketFactory(product=ProductFactory())
    order = ticket.line.order
    page = order_page(order, "tickets-order-workshop", soldering.uuid)

    html = client.get(page).content.decode()
    response = client.post(page, posted(ticket=str(ticket.pk)))

    assert order.email in html
    assert response.status_code == 302
    assert OrderLine.objects.get(occurrence=soldering).booked_with == ticket


def test_a_clash_is_asked_about_and_may_be_meant(repair, client):
    other = session_with_places(starts_at=repair.starts_at)
    client.post(page_of(repair), posted())

    warned = client.post(page_of(other), posted(form_token=str(uuid.uuid4())))
    assert warned.status_code == 409
    assert str(repair.session) not in warned.content.decode()  # whoever types an address learns no more than that
    assert not OrderLine.objects.filter(occurrence=other).exists()

    meant = client.post(page_of(other), posted(form_token=str(uuid.uuid4()), anyway="1"))
    assert meant.status_code == 302
    assert OrderLine.objects.filter(occurrence=other).count() == 1


def test_a_full_session_offers_its_waiting_list(repair, client):
    client.post(page_of(repair), posted(places="2"))

    html = client.get(page_of(repair)).content.decode()
    response = client.post(page_of(repair), posted(wait="1", email="zoe@example.org"))

    assert 'name="wait"' in html
    assert "quand une place se libère, pour rien d’autre" in html.replace("\xa0", " ")
    assert response.status_code == 302
    joined = client.get(response["Location"]).content.decode()
    assert "zoe@example.org" in joined
    assert joined.count("Vous êtes sur la liste d’attente") == 1
    assert 'name="email"' not in joined
    entry = WaitingEntry.objects.get()
    assert (entry.email, entry.state, entry.occurrence) == ("zoe@example.org", "waiting", repair)
    assert OutgoingMail.objects.filter(kind="workshop.waiting", to="zoe@example.org").count() == 1


def test_leaving_a_list_is_one_button(repair, client):
    client.post(page_of(repair), posted(places="2"))
    client.post(page_of(repair), posted(wait="1", email="zoe@example.org"))
    entry = WaitingEntry.objects.get()

    page = reverse("tickets-waiting", args=[entry.secret])
    assert client.get(page).status_code == 200
    client.post(page)

    entry.refresh_from_db()
    assert entry.state == "left"
    assert client.get(page).status_code == 200


def test_a_place_given_back_is_offered_to_the_first_in_line(repair, client):
    client.post(page_of(repair), posted(places="2"))
    client.post(page_of(repair), posted(wait="1", email="zoe@example.org", form_token=str(uuid.uuid4())))
    order = Order.objects.get(email="camille@example.org")

    assert client.get(order_page(order, "tickets-order-booking")).status_code == 200
    client.post(order_page(order, "tickets-order-booking"))

    offered = Order.objects.get(email="zoe@example.org")
    assert (offered.state, WaitingEntry.objects.get().order) == ("held", offered)
    assert Quota.objects.get(occurrence=repair).taken == 1
    assert OutgoingMail.objects.filter(kind="workshop.offer", to="zoe@example.org").count() == 1


def test_a_swap_is_one_step(repair, client):
    other = another_time(repair.session, starts_at=repair.ends_at)
    client.post(page_of(repair), posted())
    order = Order.objects.get()

    response = client.post(order_page(order, "tickets-order-booking"), {"to": str(other.uuid)})

    taken = Order.objects.exclude(pk=order.pk).get()
    assert response["Location"] == order_page(taken)
    assert [quota.taken for quota in Quota.objects.order_by("pk")] == [0, 1]
    order.refresh_from_db()
    assert order.state == "cancelled"


def test_an_order_lists_what_its_tickets_open(repair, soldering, client):
    ticket = TicketFactory(product=ProductFactory())

    html = client.get(order_page(ticket.line.order, "tickets-order-workshops")).content.decode()

    assert str(repair.session) in html
    assert str(soldering.session) in html


@pytest.mark.parametrize("change", [{"live": False}, {"visibility": "private"}, {"registration": "slots"}])
def test_what_is_not_booked_here_is_not_found(repair, client, change):
    type(repair.session).objects.update(**change)

    assert client.get(page_of(repair)).status_code == 404


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda: Product.objects.update(sale_opens=NOW + dt.timedelta(days=1)), "Ouverture le"),
        (lambda: Product.objects.update(sale_closes=NOW), "ne se réserve plus"),
        (lambda: Session.objects.update(cancelled_at=NOW), "Cette séance est annulée"),
        (lambda: Session.objects.update(waitlist=False), "toutes les places sont prises"),
    ],
)
def test_when_nothing_can_be_had_the_page_says_why_and_shows_no_form(repair, client, spoil, said):
    Quota.objects.update(size=1)
    client.post(page_of(repair), posted())
    spoil()

    html = client.get(page_of(repair)).content.decode()

    assert said in html
    assert 'name="email"' not in html


def test_what_was_typed_stays_when_the_last_place_goes(repair, client):
    client.post(page_of(repair), posted(places="2"))

    response = client.post(page_of(repair), posted(name="Zoé", email="zoe@example.org", form_token=str(uuid.uuid4())))

    html = response.content.decode()
    assert response.status_code == 409
    assert "La dernière place vient de partir" in html
    assert 'value="zoe@example.org"' in html
    assert 'name="wait"' in html


def test_a_damaged_form_is_renewed(repair, client):
    response = client.post(page_of(repair), posted(form_token="x"))

    assert response.status_code == 422
    assert not Order.objects.exists()


def test_a_ticket_of_another_day_opens_no_form(soldering, client):
    product = ProductFactory()
    order = TicketFactory(product=product, day=product.days.get(date="2027-05-03")).line.order

    html = client.get(order_page(order, "tickets-order-workshop", soldering.uuid)).content.decode()

    assert "Aucun billet de cette commande n’ouvre cette séance" in html
    assert 'name="email"' not in html


def test_several_tickets_are_a_choice_and_a_strange_one_is_refused(soldering, client):
    order = OrderFactory()
    tickets = [TicketFactory(product=ProductFactory(), order=order) for _ in range(2)]
    stranger = TicketFactory(product=ProductFactory())
    page = order_page(order, "tickets-order-workshop", soldering.uuid)

    assert "<select" in client.get(page).content.decode()
    assert client.post(page, posted(ticket=str(stranger.pk))).status_code == 422
    assert client.post(page, posted(ticket=str(tickets[1].pk))).status_code == 302
    assert OrderLine.objects.get(occurrence=soldering).booked_with == tickets[1]


def test_the_ticket_of_an_order_is_named_in_a_clash(soldering, client):
    ticket = TicketFactory(product=ProductFactory())
    other = session_with_places(registration="ticketed", starts_at=soldering.starts_at)
    for occurrence in (soldering, other):
        page = order_page(ticket.line.order, "tickets-order-workshop", occurrence.uuid)
        response = client.post(page, posted(ticket=str(ticket.pk), form_token=str(uuid.uuid4())))

    assert response.status_code == 409
    assert str(soldering.session) in response.content.decode()


def test_from_an_order_nobody_learns_what_another_address_has_booked(repair, client):
    other = session_with_places(starts_at=repair.starts_at)
    client.post(page_of(repair), posted())
    own = TicketFactory(product=ProductFactory(), order=OrderFactory(email="zoe@example.org")).line.order
    page = order_page(own, "tickets-order-workshop", other.uuid)

    stranger = client.post(page, posted(form_token=str(uuid.uuid4())))
    client.post(page_of(repair), posted(form_token=str(uuid.uuid4()), email="zoe@example.org"))
    themselves = client.post(page, posted(form_token=str(uuid.uuid4()), email="zoe@example.org"))

    assert (stranger.status_code, themselves.status_code) == (409, 409)
    assert str(repair.session) not in stranger.content.decode()
    assert str(repair.session) in themselves.content.decode()


def test_nobody_asks_for_ever_whether_an_address_has_a_place(repair, client):
    other = session_with_places(starts_at=repair.starts_at)
    client.post(page_of(repair), posted())

    answers = [client.post(page_of(other), posted(form_token=str(uuid.uuid4()))).status_code for _ in range(7)]

    assert answers == [409] * 6 + [429]


def test_nobody_tries_codes_for_ever(soldering, client):
    answers = [client.post(page_of(soldering), posted(code="7K3F-9Q2M")).status_code for _ in range(61)]

    assert answers == [409] * 60 + [429]


@pytest.mark.parametrize("registration", ["free", "ticketed"])
def test_the_form_sent_twice_is_one_booking_without_a_question(client, db, registration):
    occurrence = session_with_places(registration=registration)
    code = TicketFactory(product=ProductFactory()).short_code
    orders = Order.objects.count()
    first, second = (client.post(page_of(occurrence), posted(code=code)) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Order.objects.count() == orders + 1


def test_nobody_finds_a_list_by_guessing(client, db):
    assert client.get(reverse("tickets-waiting", args=["x" * 43])).status_code == 404


@pytest.mark.parametrize("state", ["held", "paid", "expired"])
def test_the_page_of_an_entry_says_what_became_of_it(repair, client, state):
    client.post(page_of(repair), posted(places="2"))
    client.post(page_of(repair), posted(wait="1", email="zoe@example.org"))
    order = Order.objects.get()
    client.post(order_page(order, "tickets-order-booking"))
    entry = WaitingEntry.objects.get()
    if state == "paid":
        confirming.confirm(order=entry.order, now=NOW)
    if state == "expired":
        expiring.expire_due(entry.order.expires_at)

    html = client.get(reverse("tickets-waiting", args=[entry.secret])).content.decode()

    assert {
        "held": "Une place vous est gardée",
        "paid": "Vous avez votre place",
        "expired": "Vous n’êtes plus sur cette liste",
    }[state] in html


def test_a_session_of_a_past_edition_leads_to_its_page_in_the_archive(repair, client):
    release_programme(edition=repair.edition, now=NOW, version="1.0")
    Edition.objects.filter(pk=repair.edition_id).update(is_current=False)
    EditionFactory(number=repair.edition.number + 1)

    answer = client.get(page_of(repair))

    assert (answer.status_code, answer.url) == (301, f"/fr/2027/programme/seances/{repair.session.slug}/")
    assert client.get(page_of(repair).replace(str(repair.uuid), str(uuid.UUID(int=1)))).status_code == 404

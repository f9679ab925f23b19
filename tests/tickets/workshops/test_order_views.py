"""The pages of an order: what its tickets open, and its booking to change or give back."""

import uuid

import pytest
from django.core.cache import cache

from tests.factories.tickets import NOW, OrderFactory, ProductFactory, TicketFactory
from tests.tickets.workshops.sessions import another_time, session_with_places
from tests.tickets.workshops.test_booking import book
from tests.tickets.workshops.test_views import order_page
from tickets.models import Order, Quota

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(settings):
    settings.FESTIVAL_CLOCK = NOW.isoformat()


def taken():
    return list(Quota.objects.order_by("pk").values_list("taken", flat=True))


def test_the_order_page_leads_to_its_booking_and_to_nothing_else(repair, client):
    order = book(repair)

    html = client.get(order_page(order)).content.decode()

    assert order_page(order, "tickets-order-booking") in html
    assert order_page(order, "tickets-order-cancel") not in html
    assert str(repair.room) in html


def test_a_day_ticket_leads_to_the_sessions_that_it_opens(repair, client):
    order = TicketFactory(product=ProductFactory()).line.order

    assert order_page(order, "tickets-order-workshops") in client.get(order_page(order)).content.decode()
    listed = client.get(order_page(order, "tickets-order-workshops")).content.decode()
    assert order_page(order, "tickets-order-workshop", repair.uuid) in listed


def test_the_order_leads_to_sessions_only_while_some_are_booked(village, client, settings):
    order = TicketFactory(product=village).line.order
    settings.FESTIVAL_CLOCK = NOW.isoformat()
    way = order_page(order, "tickets-order-workshops")
    assert way not in client.get(order_page(order)).content.decode()

    sessions = ProductFactory(slug="atelier", admission="occurrence", days=[])
    cache.clear()
    assert way in client.get(order_page(order)).content.decode()

    settings.FESTIVAL_CLOCK = sessions.sale_closes.isoformat()
    assert way not in client.get(order_page(order)).content.decode()


def test_an_order_whose_tickets_open_nothing_says_so(client, db):
    order = TicketFactory(product=ProductFactory()).line.order

    html = client.get(order_page(order, "tickets-order-workshops")).content.decode()

    assert "Rien à réserver pour l’instant" in html


def test_an_order_without_a_booking_leads_back(client, db):
    order = OrderFactory()

    assert client.get(order_page(order, "tickets-order-booking"))["Location"] == order_page(order)


def test_a_booking_shows_its_other_times(repair, client, django_assert_num_queries):
    later = another_time(repair.session, starts_at=repair.ends_at)
    page = order_page(book(repair), "tickets-order-booking")
    client.get(page)

    with django_assert_num_queries(11):  # generation, order, booking, its session and the other times, how many places
        html = client.get(page).content.decode()

    assert str(later.uuid) in html


def test_giving_back_frees_the_place_and_leads_to_the_order(repair, client):
    order = book(repair)

    response = client.post(order_page(order, "tickets-order-booking"))

    assert response["Location"] == order_page(order)
    assert taken() == [0]
    assert "Cette commande est annulée" in client.get(response["Location"]).content.decode()


def test_a_time_that_filled_meanwhile_leaves_everything(repair, client):
    later = another_time(repair.session, starts_at=repair.ends_at)
    order = book(repair)
    book(later, places=2, token=9)

    response = client.post(order_page(order, "tickets-order-booking"), {"to": str(later.uuid)})

    assert response.status_code == 409
    assert "Vous gardez la place que vous avez" in response.content.decode()
    assert taken() == [1, 2]
    assert Order.objects.get(pk=order.pk).state == "paid"


@pytest.mark.parametrize("to", ["", "x", str(uuid.UUID(int=1))])
def test_a_time_that_is_none_leaves_everything(repair, client, to):
    order = book(repair)

    assert client.post(order_page(order, "tickets-order-booking"), {"to": to}).status_code == 409
    assert taken() == [1]


def test_a_session_that_is_called_off_is_said_on_the_order(repair, client):
    order = book(repair)
    repair.cancelled_at = NOW
    repair.save()

    assert "Cette séance est annulée" in client.get(order_page(order)).content.decode()


def test_a_change_to_a_time_at_which_one_is_elsewhere_is_asked_about(repair, client):
    order, later = book(repair), another_time(repair.session, starts_at=repair.ends_at)
    book(session_with_places(starts_at=later.starts_at))
    path = order_page(order, "tickets-order-booking")

    asked = client.post(path, {"to": later.uuid})

    assert asked.status_code == 409
    assert "une place dans une autre séance à la même heure" in asked.text
    assert 'name="anyway"' in asked.text
    order.refresh_from_db()
    assert order.state == "paid"

    done = client.post(path, {"to": later.uuid, "anyway": "1"})

    order.refresh_from_db()
    assert (done.status_code, order.state) == (302, "cancelled")


def test_a_refusal_is_told_in_place(repair, client):
    order = book(repair)
    path = order_page(order, "tickets-order-booking")

    answer = client.post(path, {"to": uuid.uuid4()}, headers={"HX-Request": "true"})

    assert answer.status_code == 409
    assert answer.text.lstrip().startswith('<div class="wrap narrow order-page" id="in-place"')

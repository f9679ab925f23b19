"""Back from the payment service: the page says what is true."""

import logging

import pytest

from tests.tickets.stripe.conftest import begin, begun, order, payment, stripe_server  # noqa: F401
from tickets.models import OrderLine, Payment

pytestmark = pytest.mark.django_db


def address(order, page="paid/"):  # noqa: F811
    return f"/fr/commande/{order.code}/{order.secret}/{page}"


def test_paid_and_no_event_came_yet(stripe_server, begun, order, client):  # noqa: F811
    stripe_server.books.pay(begun.reference)

    response = client.get(address(order))

    assert (response.status_code, response.url) == (302, address(order, ""))
    assert OrderLine.objects.filter(ticket__isnull=False).count() == 2
    assert client.get(address(order)).url == address(order, "")  # read again, it asks for nothing
    assert "private" in response.headers["Cache-Control"]


@pytest.mark.parametrize("later", [True, False])
def test_not_confirmed_yet(stripe_server, begun, order, client, later):  # noqa: F811
    if later:
        stripe_server.books.pay(begun.reference, later=True)
    page = client.get(address(order))
    assert page.status_code == 200
    assert order.email in page.content.decode()
    assert begun.url in page.content.decode()
    assert Payment.objects.get().state == "pending"


def test_the_page_expired(stripe_server, begun, order, client):  # noqa: F811
    stripe_server.books.expire(begun.reference)
    assert client.get(address(order)).url == address(order, "pay/")


def test_the_service_does_not_answer(begun, order, client, settings, caplog):  # noqa: F811
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    with caplog.at_level(logging.CRITICAL):
        assert client.get(address(order)).status_code == 200


def test_nothing_was_begun(order, client):  # noqa: F811
    assert client.get(address(order)).url == address(order, "")


def test_a_wrong_secret(begun, order, client):  # noqa: F811
    assert client.get(f"/fr/commande/{order.code}/wrong/paid/").status_code == 404
    assert client.post(address(order)).status_code == 405

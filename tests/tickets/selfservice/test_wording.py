"""Every reason for which a ticket stays has its sentence; what somebody leaves is called what it is."""

import pytest

from tests.factories.tickets import NOW, LineFactory, OrderFactory
from tests.tickets.orders.test_views import page_of
from tickets.catalogue.terms import Refusal
from tickets.selfservice import wording

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("why", Refusal)
def test_every_refusal_is_said(why):
    order = OrderFactory()
    order.edition.organiser_email = "bonjour@example.org"

    said = wording.refused(why.value, order)

    assert said.endswith(".")
    assert ("bonjour@example.org" in said) == (why in {Refusal.MONEY, Refusal.ONE_PERSON, Refusal.TOO_OFTEN})


def test_without_an_address_one_asks_at_the_ticket_office():
    order = OrderFactory(edition__organiser_email="")

    assert wording.refused("money", order).endswith("Adressez-vous à la billetterie.")


def test_what_was_asked_of_the_office_is_not_done_yet():
    assert wording.given_back(is_asked=True) != wording.given_back(is_asked=False)


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"state": "held", "expires_at": NOW, "awaits_approval": True}, "request"),
        ({"state": "held", "expires_at": NOW}, "choice"),
        ({"state": "pending", "total_cents": 1200}, "order"),
        ({"state": "pending", "total_cents": 0}, "places"),
        ({"state": "paid", "total_cents": 1200}, "places"),
    ],
)
def test_what_is_left_has_its_own_words(values, what):
    assert wording.what_is_left(OrderFactory.build(edition=None, **values)) == what


def test_each_has_a_sentence_of_its_own():
    said = {wording.freed(what) for what in ("request", "choice", "order", "places")}
    assert len(said) == 4


def test_an_unpaid_order_is_cancelled_not_given_back(village, client):
    order = OrderFactory(state="pending", expires_at=NOW, edition=village.edition)
    LineFactory(order=order, product=village, cents=1200)
    html = client.get(page_of(order) + "cancel/").content.decode()
    assert "Annuler votre commande" in html
    assert "n’ouvrira plus" not in html

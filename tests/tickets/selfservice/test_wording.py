"""Every reason for which a ticket stays as it is has its sentence, and says whom to ask where that helps."""

import pytest

from tests.factories.tickets import OrderFactory
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

"""Tickets of an order: one for each admission, under the name of its line, else the buyer's."""

import pytest

from festival.core.writing import writing
from tests.factories.tickets import LineFactory, OrderFactory, ProductFactory
from tickets.delivery import issuing
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


def test_only_admissions_are_tickets(village):
    order = OrderFactory(edition=village.edition, name="Ada Lý")
    lines = [
        LineFactory(order=order, product=village),
        LineFactory(order=order, product=village, holder="Zoé Ünal"),
        LineFactory(order=order, product=ProductFactory(slug="repas", kind="addon"), kind="addon"),
    ]
    with writing(public=False):
        issuing.issue_tickets(order, lines)

    assert list(Ticket.objects.order_by("pk").values_list("number", "holder")) == [(1, "Ada Lý"), (2, "Zoé Ünal")]


def test_without_an_admission_no_number_is_taken(village):
    with writing(public=False):
        issuing.issue_tickets(OrderFactory(edition=village.edition), [])

    assert not Ticket.objects.exists()

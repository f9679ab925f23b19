"""What was bought for a ticket opens with its code, on the lists and the days that it is for."""

import datetime as dt

import pytest

from tests.factories.door import open_door, token
from tests.factories.tickets import LineFactory, OrderFactory, ProductFactory
from tickets.models import OrderLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def party():
    """A door that lets in who has bought the party of 2 May."""
    door = open_door()
    product = ProductFactory(slug="fete", kind="addon", edition=door.product.edition)
    door.list.products.set([product])
    door.party = product
    return door


def buy(door, ticket, **changes):
    day = door.list.day
    return LineFactory(
        **{"order": ticket.order, "product": door.party, "kind": "addon", "day": day, "booked_with": ticket} | changes
    )


def scan(door, ticket):
    return door.scan(token(ticket)).scan.verdict


def test_the_code_of_the_ticket_opens_what_was_bought_for_it(party):
    mine, other = party.ticket(), party.ticket()
    buy(party, mine)

    assert (scan(party, mine), scan(party, mine), scan(party, other)) == ("admitted", "already_in", "wrong_product")


def test_it_opens_whatever_day_the_ticket_itself_is_for(party):
    tomorrow = party.product.days.order_by("date").last()
    ticket = party.ticket(day=tomorrow)
    buy(party, ticket)

    assert scan(party, ticket) == "admitted"


def test_for_another_day_it_opens_nothing_today(party):
    tomorrow = party.product.days.order_by("date").last()
    assert tomorrow.date == dt.date(2027, 5, 3)
    ticket = party.ticket()
    buy(party, ticket, day=tomorrow)

    assert scan(party, ticket) == "wrong_day"


@pytest.mark.unsound
@pytest.mark.parametrize("end", ["cancelled", "unpaid"])
def test_what_is_not_paid_or_was_given_back_opens_nothing(party, end):
    ticket = party.ticket()
    line = buy(party, ticket)
    if end == "cancelled":
        OrderLine.objects.filter(pk=line.pk).update(cancelled_at=line.order.created_at)
    else:
        later = OrderFactory(edition=line.order.edition, state="pending", extends=line.order)
        OrderLine.objects.filter(pk=line.pk).update(order=later)

    assert scan(party, ticket) == "wrong_product"


def test_of_all_days_of_its_product_where_it_names_none(party):
    ticket = party.ticket()
    buy(party, ticket, day=None)

    assert scan(party, ticket) == "admitted"

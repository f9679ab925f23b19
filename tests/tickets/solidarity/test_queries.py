"""What is read of the pot: its account to the cent."""

import pytest

from tests.factories.tickets import NOW
from tests.tickets.solidarity.conftest import OFFICE, ask, give, wish
from tickets.models import Price, Ticket
from tickets.orders import cancelling
from tickets.solidarity import queries
from tickets.solidarity.queries import Account

pytestmark = pytest.mark.django_db


def test_the_account_says_what_came_went_and_waits(pot, box, fest):
    give(box, 20_000)
    order = ask(wish(pot, places=2)).order
    ticket = Ticket.objects.filter(line__order=order).first()
    cancelling.cancel(order=order, actor=OFFICE, now=NOW, even_used=False, only=ticket)
    ask(wish(pot, places=2, email="b@example.org"), automatic=False)

    found = queries.account_of(fest.edition)

    assert found == Account(
        came=20_000, went=12_000, back=6000, balance=14_000, tickets=1, waiting=1, waiting_cents=12_000
    )
    assert found.came - found.went + found.back == found.balance
    assert queries.gifts_that_count(fest.edition_id) == 20_000
    assert queries.paid_by_pot(fest.edition_id) == 12_000


def test_a_gift_that_is_taken_back_does_not_count(pot, box, fest):
    gift = give(box, 700)
    cancelling.refund(order=gift, lines=[gift.lines.get().pk], cents=700, actor=OFFICE, now=NOW)

    assert queries.account_of(fest.edition).came == 0
    assert queries.gifts_that_count(fest.edition_id) == 0


def test_only_prices_of_a_pot_are_found(pot, fest):
    assert queries.price_of_pot(pot.prices.get().pk).product == fest
    assert queries.price_of_pot(Price.objects.get(product=fest, slug="juste").pk) is None


def test_a_request_is_found_by_its_secret_alone(pot):
    request = ask(wish(pot))

    assert queries.request_by_secret(request.secret) == request
    assert queries.request_by_secret("nonsense") is None

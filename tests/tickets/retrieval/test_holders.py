"""Whose ticket a code is: by what stands on it, or the address of its order; a ticket that is gone is nobody's."""

import datetime as dt

import pytest

from tests.factories.festival import EditionFactory
from tests.factories.tickets import NOW, OrderFactory, TicketFactory, cancel
from tickets.delivery.signing import tokens_for
from tickets.models import Guest, Order
from tickets.orders.placing import Buyer
from tickets.retrieval.holders import holder_of, tickets_gone
from tickets.selfservice import passing_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket():
    return TicketFactory(order=OrderFactory(secret="s" * 43, state=Order.State.PAID))


def token_of(ticket):
    return tokens_for([ticket])[0]


def asked(text, ticket):
    return holder_of(text, edition_id=ticket.edition_id)


def test_all_that_a_holder_may_type_means_the_ticket(ticket):
    holder = (str(ticket.pk), ticket.order.email)

    assert asked(str(ticket), ticket) == holder
    assert asked(f" {ticket.short_code.lower()} ", ticket) == holder
    assert asked(token_of(ticket), ticket) == holder
    assert asked(f"https://example.org/fr/commande/{ticket.order.code}/{'s' * 43}/", ticket) == holder


def test_what_is_none_of_ours_means_nothing(ticket):
    other = EditionFactory(number=2031, is_current=False)

    for text in ("", "7K3F-9Q2M", f"/fr/commande/{ticket.order.code}/{'x' * 43}/", f"/commande/AAAAAAAA/{'s' * 43}/"):
        assert asked(text, ticket) is None
    assert holder_of(str(ticket), edition_id=other.pk) is None
    forged = token_of(ticket)
    assert asked(("0" if forged[60] != "0" else "1").join((forged[:60], forged[61:])), ticket) is None


def test_a_token_of_an_earlier_issue_is_nobody_s(ticket):
    old = token_of(ticket)
    ticket.issue += 1
    ticket.save()

    assert asked(old, ticket) is None
    assert asked(token_of(ticket), ticket) is not None


def test_a_cancelled_ticket_is_gone(ticket):
    assert tickets_gone(ticket.edition_id) == []

    cancel(ticket)

    assert asked(str(ticket), ticket) is None
    assert asked(f"/fr/commande/{ticket.order.code}/{'s' * 43}/", ticket) is None
    assert tickets_gone(ticket.edition_id) == [str(ticket.pk)]


def test_it_is_the_guest_s_who_has_filled_it_in(ticket):
    ticket.line.guest = Guest.objects.create(
        order=ticket.order, rank=1, secret="g" * 43, name="Bo", email="bo@example.org", filled_at=NOW
    )
    ticket.line.save()

    assert asked(str(ticket), ticket) == (str(ticket.pk), "bo@example.org")
    assert asked(f"/fr/commande/{ticket.order.code}/{'s' * 43}/", ticket) is None, "no ticket on it is the buyer's"


def test_it_is_whoever_s_it_was_passed_on_to(ticket):
    to = Buyer("Zoé", "zoe@example.org", "fr")
    passing_on.pass_on(ticket=ticket, order=ticket.order, to=to, now=NOW - dt.timedelta(days=9))
    ticket.refresh_from_db()

    assert asked(str(ticket), ticket) == (str(ticket.pk), "zoe@example.org")

"""The words by which the door finds a ticket."""

import pytest

from tests.factories.tickets import LineFactory, OrderFactory, TicketFactory
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


def test_a_ticket_is_stored_with_the_words_of_holder_and_buyer():
    ticket = TicketFactory(holder="Élodie N’Guessan", order__name="Łukasz")

    assert Ticket.objects.get().words == " elodie n guessan nguessan lukasz"
    ticket.holder = "Ada"
    ticket.save(update_fields=["holder"])
    assert Ticket.objects.get().words == " ada lukasz"


@pytest.mark.unsound  # without their numbers from the series
def test_many_at_once_have_theirs_too():
    line = LineFactory(order=OrderFactory(name="Zoé"))
    Ticket.objects.bulk_create(
        Ticket(line=line, order=line.order, edition=line.order.edition, number=number, short_code="0FKRPDB3")
        for number in (1,)
    )

    assert Ticket.objects.get().words == " zoe"

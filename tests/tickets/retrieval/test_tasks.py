"""The background work that answers a search."""

import pytest

from festival.models import OutgoingMail
from tests.factories.tickets import NOW, OrderFactory
from tickets.models import TicketSearch
from tickets.retrieval import searching

pytestmark = pytest.mark.django_db


def test_a_search_is_answered_once_by_the_worker(run_outbox):
    OrderFactory()
    searching.ask(email="camille@example.org", now=NOW)
    assert TicketSearch.objects.count() == 1

    run_outbox()
    run_outbox()

    assert not TicketSearch.objects.exists()
    assert OutgoingMail.objects.count() == 1

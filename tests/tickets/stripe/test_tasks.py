"""The background work of events."""

import pytest

from tests.factories.tickets import NOW
from tickets.models import ProviderEvent
from tickets.stripe.receiving import receive
from tickets.stripe.tasks import handle_event

pytestmark = pytest.mark.django_db


def test_a_task_handles_its_event_and_repeated_does_nothing(run_outbox):
    row = {"id": "cs_of_somebody_else"}
    receive({"id": "evt_1", "type": "checkout.session.completed", "data": {"object": row}}, now=NOW)
    run_outbox()
    handled = ProviderEvent.objects.get().handled_at
    assert handled is not None

    handle_event.call(ProviderEvent.objects.get().pk)
    handle_event.call(0)
    assert ProviderEvent.objects.get().handled_at == handled

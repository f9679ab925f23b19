"""Events as rows."""

import pytest
from django_tasks_db.models import DBTaskResult

from tests.factories.tickets import NOW
from tickets.models import ProviderEvent
from tickets.stripe.receiving import receive

pytestmark = pytest.mark.django_db


def event(kind="checkout.session.completed", **row):
    return {"object": "event", "id": "evt_1", "type": kind, "data": {"object": {"id": "cs_1", **row}}}


def test_a_new_event_is_handled_in_the_background_once():
    assert receive(event(client_reference_id="k"), now=NOW)
    assert not receive(event(), now=NOW)
    assert (ProviderEvent.objects.get().key, DBTaskResult.objects.count()) == ("k", 1)


@pytest.mark.parametrize(
    ("row", "key"),
    [({"metadata": {"payment": "p"}}, "p"), ({"metadata": {"refund": "r"}}, "r"), ({"metadata": None}, ""), ({}, "")],
)
def test_our_key_is_kept(row, key):
    receive(event("payment_intent.succeeded", **row), now=NOW)
    assert ProviderEvent.objects.get().key == key


def test_other_kinds_are_kept_and_left_alone():
    receive(event("customer.created"), now=NOW)
    assert ProviderEvent.objects.get().handled_at == NOW
    assert not DBTaskResult.objects.exists()


def test_long_and_missing_values_are_stored():
    receive(event("x" * 500, id=None), now=NOW)
    assert len(ProviderEvent.objects.get().kind) == 100

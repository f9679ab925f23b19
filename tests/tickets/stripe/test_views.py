"""The address of the events: who is believed, and that what is answered is stored."""

import time

import pytest

from tests.tickets.stripe.conftest import EVENTS, SECRET, send
from tickets.models import ProviderEvent

pytestmark = pytest.mark.django_db
EVENT = {"object": "event", "id": "evt_1", "type": "customer.created", "data": {"object": {"id": "cus_1"}}}


@pytest.fixture(autouse=True)
def _secret(settings):
    settings.STRIPE_WEBHOOK_SECRET = SECRET


def test_an_event_is_stored_once_however_often_it_comes(client):
    assert {send(client, EVENT) for _ in range(5)} == {204}
    event = ProviderEvent.objects.get()
    assert (event.event_id, event.kind, event.object_id) == ("evt_1", "customer.created", "cus_1")
    assert event.handled_at is not None  # nothing of ours


@pytest.mark.parametrize(
    "changes",
    [
        {"secret": "whsec_other"},
        {"header": ""},
        {"header": "t=1,v1=00"},
        {"header": "nonsense"},
        {"at": time.time() - 3600},
        {"at": time.time() + 3600},
    ],
)
def test_what_is_not_signed_by_stripe_just_now_is_refused(client, changes):
    assert send(client, EVENT, **changes) == 400
    assert not ProviderEvent.objects.exists()


@pytest.mark.parametrize(
    "event",
    [
        {"object": "event"},
        [],
        EVENT | {"id": 1},
        EVENT | {"id": "evt\x00"},
        EVENT | {"type": "x\ud800"},
        EVENT | {"type": ""},
        EVENT | {"data": []},
        EVENT | {"data": {"object": []}},
    ],
)
def test_what_is_signed_and_no_event_is_refused(client, event):
    assert send(client, event) == 400
    assert not ProviderEvent.objects.exists()


@pytest.mark.parametrize("odd", [{"a": 1}, [1], 7, None, "\x00", "\ud800"])
def test_references_that_are_none_of_ours_are_left_out(client, odd):
    row = {"id": odd, "client_reference_id": odd, "metadata": odd}

    assert send(client, EVENT | {"type": "refund.created", "data": {"object": row}}) == 204

    event = ProviderEvent.objects.get()
    assert (event.object_id, event.key) == ("", "")


def test_without_a_secret_there_is_no_address(client, settings):
    settings.STRIPE_WEBHOOK_SECRET = ""
    assert send(client, EVENT) == 404


def test_other_methods_and_large_bodies(client):
    assert client.get(EVENTS).status_code == 405
    assert send(client, EVENT | {"more": "x" * 600_000}) == 413


def test_storing_costs_few_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        send(client, EVENT | {"type": "checkout.session.completed"})


def test_an_event_is_taken_without_a_token_of_a_form(settings):
    from django.test import Client

    assert send(Client(enforce_csrf_checks=True), EVENT) == 204

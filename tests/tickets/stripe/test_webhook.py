"""What is signed by Stripe, and what only looks like it."""

import json
import time
import uuid

import pytest

from festival.demo.stripe_server.events import signature
from tests.tickets.stripe.conftest import SECRET
from tickets.stripe import webhook


def signed(event, at=None):
    body = event if isinstance(event, bytes) else json.dumps(event).encode()
    return body, signature(body, SECRET, time.time() if at is None else at)


def test_events_are_signed(settings):
    settings.STRIPE_WEBHOOK_SECRET = SECRET
    event = {"object": "event", "id": str(uuid.uuid4()), "type": "x", "data": {"object": {}}}
    assert webhook.event_of(*signed(event)) == event
    body, header = signed(event)
    bad = [
        (body + b" ", header),
        (body, ""),
        (body, header.replace("v1=", "v0=")),
        (body, "t=1,v1=1"),
        signed(event, at=time.time() - 301),
        signed(event, at=time.time() + 330),
        signed(b"[" * 200_000),
        signed({"object": "event", "id": "1"}),
        signed([event]),
        signed({"object": "v2.core.event"}),
        signed(b"\xff"),
        signed(b"{"),
    ]
    for body, header in bad:
        with pytest.raises(ValueError):
            webhook.event_of(body, header)

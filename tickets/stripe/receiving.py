"""Events of Stripe are stored, once each, before they are answered; what they mean is found out afterwards."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from festival.core.writing import writing
from tickets.models import Provider, ProviderEvent
from tickets.stripe import handling
from tickets.stripe.tasks import handle_event


def receive(event: Mapping[str, Any], *, now: datetime) -> bool:
    """Store an event whose signature was checked, and return whether it is new.

    A kind that concerns us is handled in the background: its task is written with the event.
    """
    kind, row = str(event["type"]), event["data"]["object"]
    concerns_us = kind.startswith(handling.KINDS)
    with writing(public=False):
        stored, is_new = ProviderEvent.objects.get_or_create(
            provider=Provider.STRIPE,
            event_id=str(event["id"])[:255],
            defaults={
                "kind": kind[:100],
                "object_id": _text(row.get("id"))[:255],
                "key": _key(row),
                "received_at": now,
                "handled_at": None if concerns_us else now,
            },
        )
        if is_new and concerns_us:
            handle_event.enqueue(stored.pk)
        return is_new


def _key(row: Mapping[str, Any]) -> str:
    """Return our key of the payment or the refund, which was sent along with it."""
    marks = row.get("metadata")
    kept = marks if isinstance(marks, dict) else {}
    names = (row.get("client_reference_id"), kept.get("payment"), kept.get("refund"))
    return next(filter(None, map(_text, names)), "")[:36]


def _text(value: Any) -> str:
    """Return a reference as it can be stored; "" for what is none: Stripe's and ours are plain ASCII."""
    return value if isinstance(value, str) and value.isascii() and value.isprintable() else ""

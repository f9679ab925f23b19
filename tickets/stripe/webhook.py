"""What Stripe tells by itself: events, signed (https://docs.stripe.com/webhooks#verify-manually)."""

import json
import time
from collections.abc import Mapping
from typing import Any

import stripe
from django.conf import settings

TOLERANCE = 300  # seconds that an event may be old, Stripe's own advice


def event_of(body: bytes, signature: str) -> Mapping[str, Any]:
    """Return what a signed event says.

    Raises:
        ValueError: If it is no event, or the signature is missing, wrong, or more than five minutes from now.
    """
    try:
        text = body.decode()
        stripe.WebhookSignature.verify_header(text, signature, settings.STRIPE_WEBHOOK_SECRET, TOLERANCE)
        event = json.loads(text)
    except (stripe.SignatureVerificationError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    if _signed_at(signature) > time.time() + TOLERANCE:  # the SDK looks for old ones only
        raise ValueError("The signature is of a time to come.")
    if not _is_event(event):
        raise ValueError("This is no event.")
    return event


def _signed_at(signature: str) -> int:
    return max(int(part.removeprefix("t=")) for part in signature.split(",") if part.startswith("t="))


def _is_event(event: Any) -> bool:
    """Whether it has what every event of Stripe has: its id, its kind, and what it is about."""
    if not isinstance(event, dict) or event.get("object") != "event":
        return False
    data = event.get("data")
    names = (event.get("id"), event.get("type"))
    return (
        all(isinstance(name, str) and name.isascii() and name.isprintable() and name for name in names)
        and isinstance(data, dict)
        and isinstance(data.get("object"), dict)
    )

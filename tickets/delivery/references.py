"""What stands for a ticket between a search at the door and the scan that comes of it.

A search shows no code that would open the door elsewhere: the phone gets a signed reference that only it can use.
"""

from typing import Any
from uuid import UUID

from django.core import signing

_SALT = "tickets.delivery.found"
_SECONDS = 60 * 60 * 12  # a scan may wait that long for the network


def reference_to(ticket_id: int, *, device_id: UUID) -> str:
    """Return the reference to a ticket for one phone."""
    return signing.dumps([ticket_id, str(device_id)], salt=_SALT)


def open_reference(text: str, *, device_id: UUID) -> int | None:
    """Return the ticket's id; None when the reference is not ours, too old, or another phone's."""
    try:
        found: Any = signing.loads(text, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return None
    ticket_id, phone = found
    return int(ticket_id) if phone == str(device_id) else None

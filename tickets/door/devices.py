"""The phones of the door team."""

from datetime import datetime
from uuid import UUID

from festival.core.transactions import write_transaction
from festival.models import User
from tickets.exceptions import DeviceRevoked
from tickets.models import CheckinList, Device, Gate


def set_up_device(
    *, device_id: UUID | None, name: str, checkin_list: CheckinList, gate: Gate | None, user: User, now: datetime
) -> Device:
    """Point a phone at a list and a gate; a phone that is not known yet gets its row.

    Raises:
        DeviceRevoked: If the organisers have withdrawn this phone.
    """
    with write_transaction():
        known = Device.objects.filter(pk=device_id).first() if device_id else None
        device = known or Device(created_at=now)
        if device.revoked_at is not None:
            raise DeviceRevoked
        device.name, device.list, device.gate, device.user = name, checkin_list, gate, user
        device.save()
    return device

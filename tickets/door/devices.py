"""The phones of the door team."""

from datetime import datetime
from uuid import UUID

from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import User
from festival.web import sessions
from tickets.exceptions import DeviceRevoked
from tickets.models import CheckinList, Device, Gate

SESSION_MARK = "scan_device"  # under which a session remembers the phone that it was opened on


def set_up_device(
    *, device_id: UUID | None, name: str, checkin_list: CheckinList, gate: Gate | None, user: User, now: datetime
) -> Device:
    """Point a phone at a list and a gate; a phone that is not known yet gets its row.

    Raises:
        DeviceRevoked: If the organisers have withdrawn this phone.
    """
    with writing(public=False):
        known = Device.objects.filter(pk=device_id).first() if device_id else None
        device = known or Device(created_at=now)
        if device.revoked_at is not None:
            raise DeviceRevoked
        device.name, device.list, device.gate, device.user = name, checkin_list, gate, user
        device.save()
        audit.record(
            "device.set_up",
            device,
            actor=Actor.of_user(user),
            at=now,
            facts={"list": checkin_list.slug, "gate": gate.slug if gate else None},
            edition=checkin_list.edition,
        )
    return device


def change_device(*, device: Device, actor: Actor, now: datetime) -> None:
    """Store a phone that the organisers renamed or withdrew: its next scan is refused, and its sessions have ended."""
    with writing(public=False):
        was_revoked = Device.objects.values_list("revoked_at", flat=True).get(pk=device.pk) is not None
        device.save()
        if was_revoked == (device.revoked_at is not None):
            verb = "device.changed"
        else:
            verb = "device.restored" if was_revoked else "device.withdrawn"
        audit.record(verb, device, actor=actor, at=now, facts={"name": device.name})
    if device.revoked_at is not None:
        sessions.end_marked(SESSION_MARK, str(device.pk))

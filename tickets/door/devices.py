"""The phones of the door team."""

from datetime import datetime
from importlib import import_module
from uuid import UUID

from django.conf import settings

from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing, writing_statement
from festival.models import User
from tickets.exceptions import DeviceRevoked
from tickets.models import CheckinList, Device, Gate


def set_up_device(
    *,
    device_id: UUID | None,
    name: str,
    checkin_list: CheckinList,
    gate: Gate | None,
    user: User,
    session_key: str,
    now: datetime,
) -> Device:
    """Point a phone at a list and a gate; a phone that is not known yet gets its row.

    `session_key` is the session it is set up in; it ends when the phone is withdrawn.

    Raises:
        DeviceRevoked: If the organisers have withdrawn this phone.
    """
    with writing(public=False):
        known = Device.objects.filter(pk=device_id).first() if device_id else None
        device = known or Device(created_at=now)
        if device.revoked_at is not None:
            raise DeviceRevoked
        device.name, device.list, device.gate, device.user = name, checkin_list, gate, user
        device.session_key = session_key
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


def note_session(device: Device, session_key: str) -> None:
    """Remember the session that a phone is used in now: people sign in again, and it is this one that must end."""
    if device.session_key != session_key:
        with writing_statement():
            Device.objects.filter(pk=device.pk).update(session_key=session_key)


def change_device(*, device: Device, actor: Actor, now: datetime) -> None:
    """Store a phone that the organisers renamed, or whose rights they changed."""
    with writing(public=False):
        device.save()
        audit.record("device.changed", device, actor=actor, at=now, facts={"name": device.name})


def withdraw(*, device_id: UUID, actor: Actor, now: datetime) -> Device:
    """End the use of a phone: its next scan is refused and its session ends, whatever becomes of its cookies."""
    with writing(public=False):
        device = Device.objects.get(pk=device_id)
        if device.revoked_at is None:
            _end_session(device.session_key)
            device.revoked_at, device.session_key = now, ""
            device.save()
            audit.record("device.withdrawn", device, actor=actor, at=now, facts={"name": device.name})
    return device


def allow_again(*, device_id: UUID, actor: Actor, now: datetime) -> Device:
    """Let a withdrawn phone be set up anew: somebody signs in on it and chooses list and gate."""
    with writing(public=False):
        device = Device.objects.get(pk=device_id)
        if device.revoked_at is not None:
            device.revoked_at, device.list, device.gate = None, None, None
            device.save()
            audit.record("device.restored", device, actor=actor, at=now, facts={"name": device.name})
    return device


def _end_session(key: str) -> None:
    if key:
        import_module(settings.SESSION_ENGINE).SessionStore().delete(key)

"""The phones of the door team."""

import datetime as dt

import pytest

from festival.core.audit import Actor
from festival.models import AuditEntry
from tests.factories.door import open_door
from tests.factories.festival import UserFactory
from tests.factories.tickets import NOW, GateFactory
from tickets.door import devices
from tickets.exceptions import DeviceRevoked
from tickets.models import Device

pytestmark = pytest.mark.django_db
ME = Actor("user:1", "Aïcha")


@pytest.fixture
def door():
    return open_door()


def set_up(door, **changes):
    wish = {"device_id": None, "name": "Téléphone", "checkin_list": door.list, "gate": None, "user": UserFactory()}
    return devices.set_up_device(**wish | changes, now=NOW)


def verbs():
    return list(AuditEntry.objects.filter(verb__startswith="device.").order_by("pk").values_list("verb", flat=True))


def test_a_phone_gets_its_row_once(door):
    gate = GateFactory(slug="sud")
    phone = set_up(door)
    again = set_up(door, device_id=phone.pk, gate=gate, user=phone.user)

    assert (again, again.gate, again.created_at) == (phone, gate, NOW)
    assert Device.objects.count() == 2
    entry = AuditEntry.objects.filter(verb="device.set_up").latest("pk")
    assert (entry.actor, entry.facts) == (f"user:{phone.user.pk}", {"list": door.list.slug, "gate": "sud"})


def test_a_withdrawn_phone_is_not_set_up_again(door):
    Device.objects.update(revoked_at=NOW)

    with pytest.raises(DeviceRevoked):
        set_up(door, device_id=door.phone.pk)
    assert verbs() == []


def test_renaming_withdrawing_and_restoring_are_told_apart(door):
    phone = door.phone
    for changes in (
        {"name": "Autre"},
        {"revoked_at": NOW},
        {"revoked_at": NOW + dt.timedelta(1)},
        {"revoked_at": None},
    ):
        for name, value in changes.items():
            setattr(phone, name, value)
        devices.change_device(device=phone, actor=ME, now=NOW)

    assert verbs() == ["device.changed", "device.withdrawn", "device.changed", "device.restored"]

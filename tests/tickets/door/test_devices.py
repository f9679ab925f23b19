import uuid

import pytest

from festival.core.audit import Actor
from festival.models import AuditEntry
from tests.factories.festival import UserFactory
from tests.factories.tickets import NOW, CheckinListFactory, DeviceFactory, GateFactory
from tickets.door import devices
from tickets.exceptions import DeviceRevoked
from tickets.models import Device

pytestmark = pytest.mark.django_db


def set_up(device_id=None, **changes):
    arguments = {"name": "Téléphone 7", "checkin_list": CheckinListFactory(), "gate": GateFactory(), "now": NOW}
    return devices.set_up_device(device_id=device_id, **{"user": UserFactory(), **arguments, **changes})


def verbs():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


@pytest.mark.parametrize("device_id", [None, uuid.uuid4()])
def test_a_new_phone_gets_its_row(device_id):
    phone = set_up(device_id)

    assert (Device.objects.get(), phone.created_at, phone.name) == (phone, NOW, "Téléphone 7")
    assert verbs() == ["device.set_up"]


def test_a_known_phone_is_pointed_elsewhere():
    phone = set_up()

    again = set_up(phone.pk, gate=None, name="Sud")

    phone.refresh_from_db()
    assert (again.pk, phone.gate, phone.name) == (phone.pk, None, "Sud")
    assert [entry.facts["gate"] for entry in AuditEntry.objects.order_by("pk")] == ["nord", None]


def test_a_withdrawn_phone_is_refused_and_nothing_is_written():
    phone = DeviceFactory(revoked_at=NOW, list=CheckinListFactory())

    with pytest.raises(DeviceRevoked):
        set_up(phone.pk, name="Sud")

    assert Device.objects.get().name == phone.name
    assert verbs() == []


def test_what_the_organisers_change_is_told_by_its_verb():
    phone, actor = DeviceFactory(list=CheckinListFactory()), Actor.of_user(UserFactory())

    for changes in ({"name": "Nord"}, {"revoked_at": NOW}, {"name": "Perdu"}, {"revoked_at": None}):
        for field, value in changes.items():
            setattr(phone, field, value)
        devices.change_device(device=phone, actor=actor, now=NOW)

    assert verbs() == ["device.changed", "device.withdrawn", "device.changed", "device.restored"]

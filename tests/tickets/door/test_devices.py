import uuid

import pytest
from django.contrib.sessions.backends.db import SessionStore

from festival.core.audit import Actor
from festival.models import AuditEntry
from tests.factories.festival import UserFactory
from tests.factories.tickets import NOW, CheckinListFactory, DeviceFactory, GateFactory
from tickets.door import devices
from tickets.exceptions import DeviceRevoked
from tickets.models import Device

pytestmark = pytest.mark.django_db


def set_up(device_id=None, **changes):
    arguments = {
        "name": "Téléphone 7",
        "checkin_list": CheckinListFactory(),
        "gate": GateFactory(),
        "now": NOW,
        "session_key": "s1",
    }
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
    phone.name = "Nord"

    devices.change_device(device=phone, actor=actor, now=NOW)
    for act in (devices.withdraw, devices.withdraw, devices.allow_again, devices.allow_again):
        act(device_id=phone.pk, actor=actor, now=NOW)

    assert verbs() == ["device.changed", "device.withdrawn", "device.restored"]


def test_withdrawing_ends_the_session_and_allowing_asks_for_a_new_set_up():
    actor = Actor.of_user(UserFactory())
    phone = set_up(session_key=a_session())
    devices.note_session(phone, latest := a_session())
    other = a_session()

    devices.withdraw(device_id=phone.pk, actor=actor, now=NOW)

    phone.refresh_from_db()
    assert (phone.revoked_at, phone.session_key) == (NOW, "")
    assert [SessionStore().exists(key) for key in (latest, other)] == [False, True]

    devices.allow_again(device_id=phone.pk, actor=actor, now=NOW)
    phone.refresh_from_db()
    assert (phone.revoked_at, phone.list, phone.gate) == (None, None, None)


def a_session():
    session = SessionStore()
    session.create()
    return session.session_key

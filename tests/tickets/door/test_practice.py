import pytest

from festival.core.audit import Actor
from festival.models import AuditEntry
from tests.factories.door import open_door, token
from tests.factories.tickets import NOW
from tickets.door import practice
from tickets.exceptions import NotForPractice
from tickets.models import Checkin

pytestmark = pytest.mark.django_db


def test_a_practice_list_is_cleared_with_what_was_taken_back():
    door = open_door()
    door.change_list(is_practice=True)
    scan = door.scan(token(door.ticket())).scan
    door.undo(scan)
    door.scan("nothing of ours")

    assert practice.clear(list_id=door.list.pk, actor=Actor.system("test"), now=NOW) == 3
    assert Checkin.objects.count() == 0
    assert AuditEntry.objects.get(verb="checkinlist.cleared").facts == {"scans": 3}


def test_a_real_list_is_never_cleared():
    door = open_door()
    door.scan(token(door.ticket()))

    with pytest.raises(NotForPractice):
        practice.clear(list_id=door.list.pk, actor=Actor.system("test"), now=NOW)

    assert Checkin.objects.count() == 1

import datetime as dt
import uuid

import pytest

from festival.models import AuditEntry
from tests.factories.door import open_door, token
from tests.factories.festival import UserFactory
from tests.factories.tickets import NOW
from tests.remembered import remembered
from tickets.door import undoing
from tickets.door.invariants import violations
from tickets.door.queries import Counts
from tickets.exceptions import DeviceRevoked, ListChanged, NothingToUndo, ScannedSince, UndoneAlready, UndoTooLate
from tickets.models import Checkin

pytestmark = pytest.mark.django_db
SECONDS = dt.timedelta(seconds=1)


@pytest.fixture
@remembered
def door():
    return open_door()


def test_a_scan_is_taken_back_by_a_row_more(door):
    code = token(door.ticket())
    scan = door.scan(code).scan
    before = Checkin.objects.filter(pk=scan.pk).values().get()

    undone = door.undo(scan, now=NOW + 60 * SECONDS)

    assert undone.counts == Counts(admitted=0, inside=0)
    assert Checkin.objects.filter(pk=scan.pk).values().get() == before
    assert door.scan(code, now=NOW + 61 * SECONDS).scan.verdict == "admitted"
    assert violations() == []


def test_the_same_tap_twice_is_one_act(door):
    scan, tap = door.scan(token(door.ticket())).scan, uuid.uuid4()

    first = door.undo(scan, undo_id=tap)
    again = door.undo(scan, undo_id=tap, now=NOW + 90 * SECONDS)  # the answer was lost on the way

    assert (first.counts, again.counts) == (Counts(0, 0), Counts(0, 0))
    assert Checkin.objects.filter(verdict="undone").count() == 1


def test_it_is_taken_back_once(door):
    scan = door.scan(token(door.ticket())).scan
    door.undo(scan)

    with pytest.raises(UndoneAlready):
        door.undo(scan)


def test_after_a_minute_it_is_too_late(door):
    scan = door.scan(token(door.ticket())).scan

    with pytest.raises(UndoTooLate):
        door.undo(scan, now=NOW + 61 * SECONDS)

    assert Checkin.objects.count() == 1


def test_only_the_phone_that_scanned_takes_back(door):
    scan = door.scan(token(door.ticket())).scan

    with pytest.raises(NothingToUndo):
        door.undo(scan, phone=door.another_phone(gate=door.phone.gate))
    with pytest.raises(ListChanged):
        door.undo(scan, list_id=door.list.pk + 1)
    door.phone.revoked_at = NOW
    door.phone.save()
    with pytest.raises(DeviceRevoked):
        door.undo(scan)


def test_what_moved_nobody_cannot_be_taken_back(door):
    code = token(door.ticket())
    door.scan(code)
    refused = door.scan(code).scan

    with pytest.raises(NothingToUndo):
        door.undo(refused)
    with pytest.raises(NothingToUndo):
        undoing.undo_in_office(scan=refused, user=UserFactory(), now=NOW)


def test_the_way_out_is_taken_back_too(door):
    door.change_list(reentry="once_out")
    code = token(door.ticket())
    door.scan(code)
    out = door.scan(code, direction="out").scan

    assert door.undo(out).counts == Counts(admitted=1, inside=1)
    assert door.scan(code).scan.verdict == "already_in"


def test_the_last_that_still_holds_goes_first(door):
    door.change_list(reentry="free")
    code = token(door.ticket())
    first, second = (door.scan(code).scan for _ in range(2))

    with pytest.raises(ScannedSince):
        door.undo(first)
    door.undo(second)
    assert door.undo(first).counts == Counts(0, 0)
    assert violations() == []


def test_the_person_in_charge_takes_back_whenever_it_was(door):
    scan = door.scan(token(door.ticket())).scan
    captain = UserFactory()

    row = undoing.undo_in_office(scan=scan, user=captain, now=NOW + 3600 * SECONDS)

    assert (row.undoes, row.source, row.scanned_by, row.counts, row.inside) == (scan, "office", str(captain), -1, -1)
    entry = AuditEntry.objects.get(verb="checkin.undone")
    assert (entry.subject_id, entry.facts) == (str(scan.pk), {"list": door.list.slug, "verdict": "admitted"})
    with pytest.raises(UndoneAlready):
        undoing.undo_in_office(scan=Checkin.objects.get(pk=scan.pk), user=captain, now=NOW)

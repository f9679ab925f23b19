"""`tickets/door_invariants.py` finds what was falsified by hand."""

import pytest

from tests.factories.door import open_door, token
from tests.factories.festival import EditionFactory
from tests.factories.tickets import OrderFactory, ProductFactory, TicketFactory
from tests.remembered import remembered
from tickets.door.invariants import violations
from tickets.models import Checkin, CheckinList

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


@pytest.fixture
@remembered
def door():
    return open_door()


def test_sound_books_have_no_line(door):
    code = token(door.ticket())
    for each in (code, code, "nothing of ours"):
        door.scan(each)

    assert violations() == []


def test_a_step_that_is_missing_is_found(door):
    scan = door.scan(token(door.ticket())).scan
    Checkin.objects.update(step=2)

    assert violations() == [f"ticket {scan.ticket_id} on list {scan.list_id} has the steps [2]"]


def test_who_leaves_without_coming_is_found(door):
    scan = door.scan(token(door.ticket())).scan
    Checkin.objects.update(direction="out", verdict="left", counts=0, inside=-1)

    assert violations() == [
        f"ticket {scan.ticket_id} on list {scan.list_id} is counted 0 times and -1 times inside after step 1"
    ]


def test_an_undoing_of_something_else_is_found(door):
    first, second = (door.scan(token(door.ticket())).scan for _ in range(2))
    door.undo(first)
    undoing = Checkin.objects.get(verdict="undone")
    Checkin.objects.filter(pk=undoing.pk).update(undoes=second)

    assert violations() == [f"scan {undoing.pk} takes back what it does not fit"]


def test_a_list_of_two_editions_is_found(door):
    future = EditionFactory(number=2028, is_current=False)
    CheckinList.objects.update(edition=future)

    assert violations() == [
        f"list {door.list.pk} is for a day of another edition",
        f"list {door.list.pk} lets in a product of another edition",
    ]


def test_a_refusal_without_ticket_is_found(door):
    scan = door.scan("nothing of ours").scan
    Checkin.objects.update(verdict="cancelled")

    assert violations() == [f"scan {scan.pk} says cancelled and names no ticket"]


def test_an_admission_of_another_edition_is_found(door):
    scan = door.scan(token(door.ticket())).scan
    past = EditionFactory(number=2026, is_current=False)
    other = TicketFactory(order=OrderFactory(edition=past), product=ProductFactory(edition=past, slug="vieux"))
    Checkin.objects.update(ticket=other)

    assert violations() == [f"scan {scan.pk} admitted a ticket of another edition"]


def test_an_already_in_without_admission_is_found(door):
    scan = door.scan(token(door.ticket())).scan
    Checkin.objects.update(verdict="already_in", step=None, counts=0, inside=0)

    assert [line for line in violations() if f"scan {scan.pk} says already in" in line] == violations() != []


def test_a_verdict_that_does_not_exist_is_found(door):
    scan = door.scan("nothing of ours").scan
    Checkin.objects.update(verdict="maybe", ticket=door.ticket())

    assert violations() == [f"scan {scan.pk} has the verdict 'maybe', which does not exist"]

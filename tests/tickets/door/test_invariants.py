"""`tickets/door_invariants.py` finds what was falsified by hand."""

import uuid

import pytest
from django.db import connection

from tests.factories.door import open_door, token
from tests.factories.festival import EditionFactory
from tests.factories.tickets import OrderFactory, ProductFactory, TicketFactory
from tickets.door.invariants import violations
from tickets.models import Checkin

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


@pytest.fixture
def door():
    return open_door()


def test_sound_books_have_no_line(door):
    code = token(door.ticket())
    for each in (code, code, "nothing of ours"):
        door.scan(each)

    assert violations() == []


def test_a_second_admission_is_found(door):
    scan = door.scan(token(door.ticket())).scan
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX checkin_one_admission_per_list")
    scan.pk = uuid.uuid4()
    scan.save(force_insert=True)

    assert violations() == [f"ticket {scan.position_id} was admitted 2 times on list {scan.list_id}"]


def test_an_admission_without_ticket_is_found(door):
    scan = door.scan("nothing of ours").scan
    Checkin.objects.update(verdict="admitted")

    assert violations() == [f"scan {scan.pk} says admitted and names no ticket"]


def test_an_admission_of_another_edition_is_found(door):
    scan = door.scan(token(door.ticket())).scan
    past = EditionFactory(number=2026, is_current=False)
    other = TicketFactory(order=OrderFactory(edition=past), product=ProductFactory(edition=past, slug="vieux"))
    Checkin.objects.update(position=other)

    assert violations() == [f"scan {scan.pk} admitted a ticket of another edition"]


def test_an_already_in_without_admission_is_found(door):
    scan = door.scan(token(door.ticket())).scan
    Checkin.objects.update(verdict="already_in")

    assert [line for line in violations() if f"scan {scan.pk} says already in" in line] == violations() != []


def test_a_verdict_that_does_not_exist_is_found(door):
    scan = door.scan("nothing of ours").scan
    Checkin.objects.update(verdict="maybe", position=door.ticket())

    assert violations() == [f"scan {scan.pk} has the verdict 'maybe', which does not exist"]

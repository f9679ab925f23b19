"""Files are taken in: everything once."""

import pytest

from festival.models import AuditEntry
from tests.factories.tickets import NOW
from tests.tickets.statements.conftest import BANKER
from tests.tickets.statements.files import camt, camt_entry
from tickets.models import StatementFile, StatementLine
from tickets.statements import reading, receiving

pytestmark = pytest.mark.django_db


def take_in(data, name="mai.xml"):
    return receiving.receive(statement=reading.read(data), name=name, data=data, now=NOW, actor=BANKER)


def counts(file):
    return file.added, file.known


def test_the_same_file_twice_adds_nothing():
    data = camt(camt_entry(), camt_entry(own="B2"))

    assert counts(take_in(data)) == (2, 0)
    assert counts(take_in(data)) == (0, 2)

    assert StatementLine.objects.count() == 2
    assert len(set(StatementFile.objects.values_list("digest", flat=True))) == 1
    entry = AuditEntry.objects.filter(verb="statement.imported").latest("pk")
    assert entry.facts == {"added": 0, "known": 2, "left_out": 0}


def test_overlapping_files_add_what_is_new():
    days = [camt_entry(own="A", day=f"2027-05-0{day}") for day in range(1, 6)]

    assert counts(take_in(camt(*days[:3]))) == (3, 0)
    assert counts(take_in(camt(*days[1:]))) == (2, 2)


def test_two_payments_that_are_alike_are_two_lines():
    assert counts(take_in(camt(camt_entry(), camt_entry()))) == (2, 0)


def test_a_long_name_and_a_file_of_nothing():
    file = take_in(camt(camt_entry(mark="DBIT")), "x" * 500)
    assert (counts(file), len(file.name)) == ((0, 0), 120)


def test_a_file_of_many_lines():
    assert counts(take_in(camt(*(camt_entry(own=f"B{n}") for n in range(1200))))) == (1200, 0)

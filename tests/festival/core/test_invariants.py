"""Tampering with the audit log is seen. The database forbids most of it, so the trigger is taken away first."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from festival.core import audit
from festival.core.invariants import violations
from festival.models import SealHead
from tests.factories.festival import EditionFactory, OpeningHoursFactory, SectionFactory, audit_entry

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]

NOW = datetime(2027, 5, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def chain():
    entries = [audit_entry(facts={"n": number}) for number in range(5)]
    audit.seal(NOW)
    migration = import_module("festival.migrations.0003_audit_is_append_only")
    with connection.schema_editor(atomic=False) if connection.vendor != "sqlite" else _no_editor() as editor:
        migration.permit(apps, editor)
    return entries


class _no_editor:
    """On SQLite a schema editor may not begin within a transaction; the one statement needs none."""

    connection = connection

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def execute(self, sql, params=()):
        run(sql)


def run(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_a_whole_chain_is_sound(chain):
    audit_entry()

    assert violations() == []


def test_an_empty_log_is_sound(db):
    assert violations() == []


@pytest.mark.parametrize(
    "change",
    ["verb = 'x.y'", "actor = 'user:2'", "facts = '{\"n\": 9}'", "at = '2027-05-02 09:31:00'", "subject_id = '8'"],
)
def test_a_changed_entry_is_named_and_no_other(chain, change):
    run(f"UPDATE festival_auditentry SET {change} WHERE id = %s", chain[2].pk)

    (line,) = violations()
    assert line.startswith(f"Audit log: entry {chain[2].pk} (")
    assert line.endswith("was changed after it was sealed.")


def test_a_missing_entry_is_named(chain):
    run("DELETE FROM festival_auditentry WHERE id IN (%s, %s)", chain[1].pk, chain[2].pk)

    assert violations() == ["Audit log: positions 2 to 3 of the chain are missing."]


def test_missing_last_entries_are_named(chain):
    run("DELETE FROM festival_auditentry WHERE id >= %s", chain[3].pk)

    assert violations() == ["Audit log: the chain ends at position 3, and should end at 5."]


def test_a_forged_entry_with_a_seal_of_its_own_breaks_the_chain(chain):
    entry = chain[2]
    entry.facts = {"n": 9}
    forged = audit.seal_of(entry, position=3, previous=_seal(chain[1]))
    run("UPDATE festival_auditentry SET facts = %s, seal = %s WHERE id = %s", '{"n": 9}', forged, entry.pk)

    assert violations() == [f"Audit log: entry {chain[3].pk} does not follow the entry before it."]


def test_a_lost_end_of_the_chain_is_named(chain):
    SealHead.objects.all().delete()

    assert violations() == ["Audit log: the chain ends at position 5, and should end at 0."]


def _seal(entry):
    entry.refresh_from_db()
    return entry.seal


def test_hours_of_another_editions_part_are_named():
    stranger = SectionFactory(edition=EditionFactory(number=2028, is_current=False), slug="canari")
    OpeningHoursFactory(section=stranger)

    (line,) = violations()

    assert "on 2027-05-02 is a part of another edition" in line

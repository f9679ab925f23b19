"""Sealing while others seal and record, on PostgreSQL."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, connections, transaction

from festival.core import audit
from festival.core.audit import Actor
from festival.core.invariants import violations
from festival.core.writing import writing
from festival.models import AuditEntry, SealHead
from tests.factories.festival import EditionFactory, audit_entry
from tests.racing import abreast, at_once

NOW = datetime(2027, 5, 2, 9, 30, tzinfo=UTC)
THREADS = 8


def test_eight_seal_and_record_at_once_and_the_chain_is_whole(monkeypatch):
    monkeypatch.setattr(audit, "BATCH", 7)
    edition = EditionFactory()

    def one(number):
        for _ in range(10):
            with writing(public=False):
                audit.record("order.placed", edition, actor=Actor.system("race"), at=NOW)
            if number % 2:
                audit.seal(NOW)

    assert at_once(THREADS, one) == [None] * THREADS
    audit.seal(NOW)

    assert sorted(AuditEntry.objects.values_list("position", flat=True)) == list(range(1, 10 * THREADS + 1))
    assert violations() == []


@pytest.mark.unsound
def test_control_sealing_without_the_lock_breaks_the_chain():
    """The control: who reads the end of the chain without holding it seals two entries with one position."""
    for _ in range(THREADS):
        audit_entry()
    SealHead.objects.create(pk=1, seal=audit.GENESIS)

    def careless_seal(number):
        head = SealHead.objects.get(pk=1)
        abreast()
        entry = AuditEntry.objects.unsealed()[number % AuditEntry.objects.unsealed().count()]
        entry.position, entry.previous = head.position + 1, head.seal
        entry.seal = audit.seal_of(entry, position=entry.position, previous=entry.previous)
        AuditEntry.objects.write_seals([entry])

    outcomes = at_once(THREADS, careless_seal)

    assert any(isinstance(outcome, IntegrityError) for outcome in outcomes)


def test_whoever_records_does_not_wait_for_whoever_seals():
    edition = EditionFactory()
    with transaction.atomic():
        SealHead.objects.bulk_create([SealHead(pk=1, seal=audit.GENESIS)], ignore_conflicts=True)
        SealHead.objects.select_for_update().get(pk=1)
        audit_entry()

        def record(number):
            with connections["default"].cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            with writing(public=False):
                audit.record("order.placed", edition, actor=Actor.system("race"), at=NOW)

        assert at_once(1, record) == [None]


def test_the_database_refuses_to_rewrite():
    audit_entry(facts={"places": 3})
    audit.seal(NOW)

    for change in ("verb = 'x.y'", "facts = '{}'", "seal = repeat('f', 64)", "actor_name = 'Bob'"):
        with pytest.raises(IntegrityError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE festival_auditentry SET {change}")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE festival_auditentry SET actor_name = '', subject_name = ''")

    assert violations() == []

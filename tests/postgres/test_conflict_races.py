"""A conflict is declared while the project is being given out, on PostgreSQL, where neither sees the other's row.

The race has its control without the guards: if that one held too, the race would prove nothing.
"""

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet

from awards.jury import invariants
from awards.jury.scoring import recuse
from awards.models import Assignment, Juror, Recusal
from tests.factories.awards import DURING, EntryFactory, JurorFactory, first_round
from tests.racing import abreast, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def race(monkeypatch):
    """Let one declare and the other give, the latter past every check of ours; return what came of each."""
    juror = JurorFactory()
    entry, judged = EntryFactory(call=juror.call), first_round(juror.call)
    create = Recusal.objects.create

    def create_late(**fields):
        abreast()
        return create(**fields)

    monkeypatch.setattr(Recusal.objects, "create", create_late)

    def act(number):
        if number:
            ids = {"juror_id": juror.pk, "entry_id": entry.pk, "round_id": judged.pk}
            return recuse(**ids, reason="Cousine.", by=None, now=DURING)
        with transaction.atomic():
            given = Assignment.objects.create(round=judged, juror=juror, entry=entry)
            abreast()
        return given

    return at_once(2, act)


def test_no_pair_is_open_and_barred(monkeypatch):
    outcomes = race(monkeypatch)
    assert any(isinstance(outcome, Recusal) for outcome in outcomes), outcomes
    assert invariants.violations() == []
    assert not Assignment.objects.open().exists()


def test_control_without_guards_a_barred_pair_is_open(monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE awards_assignment DISABLE TRIGGER USER")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **options: self.all())
    try:
        race(monkeypatch)
        assert len(invariants.violations()) == 1
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE awards_assignment ENABLE TRIGGER USER")
        Assignment.objects.all().delete()
        Recusal.ever.all().delete()
        assert Juror.objects.exists()

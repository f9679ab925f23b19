"""What keeps a juror from a project: found by the site, said by the chair, lifted when it was a mistake."""

import pytest
from django.db import IntegrityError, transaction

from awards.exceptions.seats import AlreadyBarred, OwnConflict, OwnWordStays
from awards.jury import invariants
from awards.jury.scoring import Conflict, recuse
from awards.models import Assignment, Recusal
from awards.seats.barring import Pair, bar, lift
from awards.ties.finding import find
from festival.models import AuditEntry
from tests.factories.awards import (
    AFTER,
    DURING,
    ApplicantFactory,
    AssignmentFactory,
    EntryFactory,
    JurorFactory,
    first_round,
    score,
)
from tests.factories.festival import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def juror():
    return JurorFactory(email="ada@atelier.fr", organisation="L’Atelier")


def entry(juror, address="bo@ailleurs.fr", **fields):
    return EntryFactory(call=juror.call, applicant=ApplicantFactory(email=address), **fields)


def add(pair, source=Recusal.Source.CHAIR):
    ids = {"juror_id": pair.juror_id, "entry_id": pair.entry_id, "round_id": None}
    return recuse(**ids, reason="Mariés.", by=UserFactory(), now=DURING, conflict=Conflict(source))


def test_bar_keeps_a_juror_from_a_project_at_once(juror):
    pair, user = AssignmentFactory(juror=juror, entry=entry(juror)), UserFactory()
    card = score(pair, 5, 5)
    said = {"pair": Pair(juror.pk, pair.entry_id), "tie": Recusal.Tie.PERSONAL, "reason": "Mariés.", "by": user}
    row = bar(**said, now=DURING)
    card.refresh_from_db()
    assert (row.source, row.tie, row.when, card.state) == ("chair", "personal", "declared_after", "voided")
    with pytest.raises(AlreadyBarred):
        bar(**said, now=DURING)
    assert AuditEntry.objects.get(verb="recusal.declared").actor_name == str(user)


def test_lift_is_not_for_the_juror_whom_it_concerns(juror):
    row = add(AssignmentFactory(juror=juror, entry=entry(juror)))
    with pytest.raises(OwnConflict):
        lift(recusal_id=row.pk, reason="Si.", by=juror.user, now=DURING)


def test_lift_frees_the_pair_for_good(juror):
    pair = AssignmentFactory(juror=juror, entry=entry(juror, "bo@atelier.fr"))
    find(call_id=juror.call_id, now=DURING)
    row = Recusal.objects.get()
    user = UserFactory()

    lift(recusal_id=row.pk, reason="Un homonyme.", by=user, now=DURING)
    lift(recusal_id=row.pk, reason="Encore.", by=user, now=AFTER)

    pair.refresh_from_db()
    row.refresh_from_db()
    assert (pair.state, row.lifted_reason, row.lifted_at) == ("open", "Un homonyme.", DURING)
    assert not Recusal.objects.exists()
    assert find(call_id=juror.call_id, now=DURING) == 0
    assert AuditEntry.objects.filter(verb="recusal.lifted").count() == 1
    assert invariants.violations() == []


def test_lift_leaves_a_card_void(juror):
    pair = AssignmentFactory(juror=juror, entry=entry(juror))
    card = score(pair, 5, 5)
    lift(recusal_id=add(pair).pk, reason="Erreur.", by=UserFactory(), now=DURING)
    pair.refresh_from_db()
    card.refresh_from_db()
    assert (pair.state, card.state) == ("reassigned", "voided")
    assert invariants.violations() == []


def test_lift_never_takes_a_jurors_own_word_back(juror):
    row = add(AssignmentFactory(juror=juror, entry=entry(juror)), Recusal.Source.OWN)
    with pytest.raises(OwnWordStays):
        lift(recusal_id=row.pk, reason="Si.", by=UserFactory(), now=DURING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recusal.objects.update(lifted_at=DURING, lifted_reason="Si.")


def test_the_database_refuses_an_open_pair_that_is_barred(juror):
    pair = AssignmentFactory(juror=juror, entry=entry(juror))
    row = add(pair)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.update(state="open")
    Assignment.objects.all().delete()
    fields = {"round": first_round(juror.call), "juror": juror, "entry": row.entry}
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(**fields)
    Recusal.objects.update(lifted_at=DURING, lifted_reason="Erreur.")
    Assignment.objects.create(**fields)

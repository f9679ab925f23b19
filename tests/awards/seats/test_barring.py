"""What keeps a juror from a project: found by the site, said by the chair, lifted when it was a mistake."""

import pytest
from django.db import IntegrityError, transaction

from awards.exceptions.seats import OwnWordStays
from awards.jury import invariants
from awards.jury.scoring import Conflict, recuse
from awards.models import Assignment, EntryMember, Recusal, Scorecard
from awards.seats.barring import find, find_all, lift
from festival.models import AuditEntry
from tests.factories.awards import (
    AFTER,
    BEFORE,
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


def test_find_writes_each_tie_once(juror):
    own, near = entry(juror, "ada@atelier.fr"), entry(juror, holder="l’atelier")
    member = entry(juror, "cy@ailleurs.fr")
    EntryMember.objects.create(entry=member, email="eve@atelier.fr", invited_at=BEFORE)
    entry(juror, "dan@ailleurs.fr")

    assert find_all(DURING) == 3
    assert find(call_id=juror.call_id, now=DURING) == 0
    assert set(Recusal.objects.values_list("entry", "tie", "source")) == {
        (own.pk, "owner", "automatic"),
        (near.pk, "organisation", "automatic"),
        (member.pk, "mail_domain", "automatic"),
    }
    assert set(AuditEntry.objects.filter(verb="recusal.declared").values_list("actor", flat=True)) == {
        "system:conflicts"
    }


def test_find_all_leaves_juries_alone_whose_rounds_are_over(juror):
    entry(juror, "ada@atelier.fr")
    assert find_all(AFTER) == 0


def test_find_voids_the_card_of_a_tied_juror(juror):
    pair = AssignmentFactory(juror=juror, entry=entry(juror))
    card = score(pair, 5, 5)
    type(juror).objects.filter(pk=juror.pk).update(organisation="Association Paliers")

    assert find(call_id=juror.call_id, now=DURING) == 1
    card.refresh_from_db()
    assert (card.state, Recusal.objects.get().when) == (Scorecard.State.VOIDED, Recusal.When.AFTER)


def test_find_is_quick(juror, django_assert_num_queries):
    for number in range(5):
        entry(juror, f"x{number}@ailleurs.fr")
    with django_assert_num_queries(4):
        find(call_id=juror.call_id, now=DURING)


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

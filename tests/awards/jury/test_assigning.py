"""Who reads what: given once, within one call and round, never to one who stepped back, never taken away in use."""

import pytest

from awards.exceptions import AlreadyAssigned, AssignmentInUse, NotInRound, PairRecused
from awards.jury.assigning import assign, take_back
from awards.jury.scoring import recuse
from awards.models import Assignment
from festival.core.audit import Actor
from festival.models import AuditEntry
from tests.factories.awards import (
    DURING,
    AssignmentFactory,
    EntryFactory,
    JurorFactory,
    first_round,
    score,
    second_round,
)

pytestmark = pytest.mark.django_db
OFFICE = Actor("user:7", "Office")


def give(juror, entry, judged=None):
    judged = judged or first_round(juror.call)
    return assign(round_id=judged.pk, juror_id=juror.pk, entry_id=entry.pk, actor=OFFICE, now=DURING)


def test_assign_gives_a_project_and_records_it():
    juror = JurorFactory()
    entry = EntryFactory(call=juror.call)
    assignment = give(juror, entry)
    assert (assignment.juror, assignment.entry, assignment.state) == (juror, entry, "open")
    act = AuditEntry.objects.get()
    assert (act.verb, act.actor, act.subject_id) == ("assignment.made", "user:7", str(assignment.pk))
    assert act.facts == {"round": str(assignment.round.uuid), "juror": str(juror.uuid), "entry": str(entry.uuid)}


def test_assign_twice_is_refused():
    pair = AssignmentFactory()
    with pytest.raises(AlreadyAssigned):
        give(pair.juror, pair.entry)


def test_assign_across_calls_is_refused():
    juror, entry = JurorFactory(), EntryFactory()
    for judged in (first_round(juror.call), first_round(entry.call)):
        with pytest.raises(NotInRound):
            give(juror, entry, judged)
    assert not Assignment.objects.exists()


def test_assign_in_a_final_takes_finalists_only():
    pair = AssignmentFactory()
    with pytest.raises(NotInRound):
        give(pair.juror, pair.entry, second_round(pair.juror.call))


def test_assign_after_a_recusal_in_another_round_is_refused():
    pair = AssignmentFactory()
    other = second_round(pair.juror.call, follows=None)
    ids = {"juror_id": pair.juror_id, "entry_id": pair.entry_id, "round_id": pair.round_id}
    recuse(**ids, reason="Cousine.", by=None, now=DURING)
    with pytest.raises(PairRecused):
        give(pair.juror, pair.entry, other)


def test_recusal_closes_the_pair_in_every_round_and_voids_its_cards():
    pair = AssignmentFactory()
    second = give(pair.juror, pair.entry, second_round(pair.juror.call, follows=None))
    card = score(pair, 4, 4)
    ids = {"juror_id": pair.juror_id, "entry_id": pair.entry_id, "round_id": second.round_id}
    recusal = recuse(**ids, reason="Cousine.", by=pair.juror.user, now=DURING)
    card.refresh_from_db()
    assert (recusal.round, recusal.when, card.state) == (second.round, "declared_after", "voided")
    assert set(Assignment.objects.values_list("state", flat=True)) == {"recused"}
    act = AuditEntry.objects.get(verb="recusal.declared")
    assert (act.facts["cards"], "Cousine" in str(act.facts)) == (1, False)


def test_take_back_deletes_an_untouched_pair_and_records_it():
    take_back(assignment_id=AssignmentFactory().pk, actor=OFFICE, now=DURING)
    assert not Assignment.objects.exists()
    assert AuditEntry.objects.get().verb == "assignment.taken_back"


@pytest.mark.parametrize("touch", ["draft", "recusal"])
def test_take_back_of_a_touched_pair_is_refused(touch):
    pair = AssignmentFactory()
    if touch == "draft":
        score(pair, 1, 1, submit=False)
    else:
        ids = {"juror_id": pair.juror_id, "entry_id": pair.entry_id, "round_id": pair.round_id}
        recuse(**ids, reason="Cousine.", by=None, now=DURING)
    with pytest.raises(AssignmentInUse):
        take_back(assignment_id=pair.pk, actor=OFFICE, now=DURING)
    assert Assignment.objects.exists()

"""Who reads what: given once, within one call and round, never to one who stepped back, never taken away in use."""

import pytest

from awards.exceptions import (
    AlreadyAssigned,
    AssignmentInUse,
    CardHandedIn,
    ChairRecused,
    GivenToAnother,
    JudgingNotOpen,
    NotInRound,
    OwnChoice,
    OwnProject,
    PairRecused,
)
from awards.jury.assigning import assign, reassign, take_back
from awards.jury.scoring import recuse
from awards.models import Assignment, Entry, Scorecard
from festival.core.audit import Actor
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
    second_round,
)
from tests.remembered import remembered

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


# Passing on ----------------------------------------------------------------------------------------------------------


def pass_on(pair, juror, **changes):
    return reassign(assignment_id=pair.pk, juror_id=juror.pk, **({"actor": OFFICE, "now": DURING} | changes))


@pytest.fixture
@remembered
def pair():
    return AssignmentFactory()


@pytest.fixture
@remembered
def other(pair):
    return JurorFactory(call=pair.juror.call)


def test_reassign_moves_an_untouched_pair_and_records_it(pair, other):
    new = pass_on(pair, other)
    assert list(Assignment.objects.values_list("juror", "entry", "state")) == [(other.pk, pair.entry_id, "open")]
    act = AuditEntry.objects.get(verb="assignment.reassigned")
    assert (act.subject_id, act.facts["from"], act.facts["card"]) == (str(new.pk), str(pair.juror.uuid), "none")


def test_reassign_keeps_a_begun_card_that_no_longer_counts(pair, other):
    card = score(pair, 4, 3, submit=False, comment="Commencé.")
    new = pass_on(pair, other)
    card.refresh_from_db()
    assert (card.state, card.comment, card.voided_at) == ("voided", "Commencé.", DURING)
    assert dict(card.scores.values_list("criterion__slug", "value")) == {"impact": 4, "spread": 3}
    assert Assignment.objects.get(pk=pair.pk).state == "reassigned"
    assert not Scorecard.objects.counting().exists()
    assert AuditEntry.objects.get(verb="assignment.reassigned").facts["card"] == "kept"
    with pytest.raises(GivenToAnother):
        pass_on(pair, JurorFactory(call=pair.juror.call))
    assert Assignment.objects.open().get() == new


def test_reassign_back_brings_the_card_along(pair, other):
    score(pair, 4, 3, submit=False, comment="Commencé.")
    new = pass_on(pair, other)
    again = pass_on(new, pair.juror)
    assert (again.pk, again.state) == (pair.pk, "open")
    card = Scorecard.objects.get()
    assert (card.state, card.comment, card.version) == ("draft", "Commencé.", 3)
    assert set(Assignment.objects.values_list("juror", flat=True)) == {pair.juror_id}


def test_reassign_of_a_card_that_is_in_is_refused(pair, other):
    score(pair, 4, 3)
    with pytest.raises(CardHandedIn):
        pass_on(pair, other)
    assert Assignment.objects.get().juror == pair.juror


def test_reassign_after_a_recusal_leaves_it_and_finds_a_reader(pair, other):
    recuse(juror_id=pair.juror_id, entry_id=pair.entry_id, round_id=pair.round_id, reason="x", by=None, now=DURING)
    pass_on(pair, other)
    assert dict(Assignment.objects.values_list("juror", "state")) == {pair.juror_id: "recused", other.pk: "open"}


def test_reassign_to_one_with_a_conflict_is_refused(pair, other):
    recuse(juror_id=other.pk, entry_id=pair.entry_id, round_id=pair.round_id, reason="x", by=None, now=DURING)
    with pytest.raises(PairRecused):
        pass_on(pair, other)
    applicant = JurorFactory(call=pair.juror.call, email="Claire@example.org")
    Entry.objects.update(applicant=ApplicantFactory(email="claire@example.org"))
    with pytest.raises(OwnProject):
        pass_on(pair, applicant)
    with pytest.raises(OwnProject):
        give(applicant, pair.entry)
    with pytest.raises(NotInRound):
        pass_on(pair, JurorFactory())
    with pytest.raises(AlreadyAssigned):
        pass_on(pair, AssignmentFactory(juror__call=pair.juror.call, entry=pair.entry).juror)
    assert Assignment.objects.get(juror=pair.juror).state == "open"


def test_reassign_after_the_round_is_refused(pair, other):
    with pytest.raises(JudgingNotOpen):
        pass_on(pair, other, now=AFTER)


def test_reassign_by_a_chair_who_stepped_back_is_refused(pair, other):
    chair = JurorFactory(call=pair.juror.call, is_chair=True)
    recuse(juror_id=chair.pk, entry_id=pair.entry_id, round_id=pair.round_id, reason="x", by=None, now=DURING)
    with pytest.raises(ChairRecused):
        pass_on(pair, other, by=chair)


def test_reassign_to_oneself_is_refused(pair, other):
    """Else the chair could give all away, see the ranking, and take them back."""
    with pytest.raises(OwnChoice):
        pass_on(pair, other, by=other)

    assert Assignment.objects.get(pk=pair.pk).juror == pair.juror

"""A plan is proposed, unseen by jurors, then released or discarded."""

import pytest
from django.db import IntegrityError, transaction

from awards.assignment.circumstances import circumstances_of
from awards.assignment.proposing import discard, findings_of, pairs_after, propose, release
from awards.exceptions import JudgingNotOpen
from awards.exceptions.assignment import (
    ConflictInPlan,
    NothingToPropose,
    ProposalOutdated,
    ProposalSettled,
    ReasonMissing,
)
from awards.jury.queries import desk_of
from awards.jury.scoring import recuse
from awards.models import Assignment, AssignmentBatch, Entry, Juror
from festival.core.audit import Actor
from festival.models import AuditEntry, OutgoingMail
from tests.factories.awards import (
    AFTER,
    DURING,
    AssignmentFactory,
    CallFactory,
    EntryFactory,
    JurorFactory,
    first_round as round_of,
    score,
)
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
DECIDED = {"actor": Actor("user:1", "Odile"), "by": None, "now": DURING}


@pytest.fixture
@remembered
def judged():
    """Five jurors, six projects of which each wants three."""
    call = CallFactory()
    for _ in range(5):
        JurorFactory(call=call)
    for _ in range(6):
        EntryFactory(call=call)
    return round_of(call)


def proposed(judged, seed="1", **changes):
    return propose(round_id=judged.pk, seed=seed, **DECIDED | changes)


def released(batch, reason="", **changes):
    return release(batch_id=batch.pk, reason=reason, **DECIDED | changes)


def test_a_proposal_is_kept_with_its_seed_and_jurors_see_nothing(judged):
    batch = proposed(judged)
    assert (batch.state, batch.seed, batch.algorithm) == ("proposed", "1", "2")
    assert len(batch.added) == 18
    assert batch.metrics["readers_level"] == "green"
    assert not Assignment.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert all(desk_of(juror, judged).readings == () for juror in judged.call.jurors.all())
    facts = AuditEntry.objects.get(verb="assignments.proposed").facts
    assert (facts["seed"], facts["pairs"], facts["rule"]) == ("1", 18, "2")


def test_the_same_seed_gives_the_same_plan_and_without_one_a_lot_is_drawn(judged):
    first, second, third = proposed(judged), proposed(judged), proposed(judged, seed="")
    assert first.added == second.added
    assert len(third.seed) == 16
    states = AssignmentBatch.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["discarded", "discarded", "proposed"]


def test_a_release_makes_the_pairs_and_tells_each_juror_once(judged):
    batch = released(proposed(judged))
    assert Assignment.objects.filter(batch=batch).count() == 18
    assert sorted(
        Juror.objects.get(pk=key).assignments.count() for key in judged.call.jurors.values_list("pk", flat=True)
    ) == [3, 3, 4, 4, 4]
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == sorted(
        juror.user.email for juror in judged.call.jurors.all()
    )
    assert released(batch).pk == batch.pk
    assert (Assignment.objects.count(), OutgoingMail.objects.count()) == (18, 5)
    assert AuditEntry.objects.filter(verb="assignments.released").count() == 1
    with pytest.raises(ProposalSettled):
        discard(batch_id=batch.pk, **DECIDED)
    with pytest.raises(NothingToPropose):
        proposed(judged)


def test_a_discarded_plan_is_not_released(judged):
    batch = proposed(judged)
    discard(batch_id=batch.pk, **DECIDED)
    assert discard(batch_id=batch.pk, **DECIDED).state == "discarded"
    assert AuditEntry.objects.filter(verb="assignments.discarded").count() == 1
    with pytest.raises(ProposalSettled):
        released(batch)
    assert not Assignment.objects.exists()


def test_a_plan_that_no_longer_fits_says_what_changed(judged):
    batch = proposed(judged)
    juror, entry = judged.call.jurors.first(), judged.call.entries.first()
    recuse(juror_id=juror.pk, entry_id=entry.pk, round_id=judged.pk, reason="x", by=None, now=DURING)
    EntryFactory(call=judged.call)
    Entry.objects.filter(pk=entry.pk).update(state=Entry.State.WITHDRAWN)
    with pytest.raises(ProposalOutdated) as refused:
        released(batch)
    assert refused.value.changes == {"projects": 2}
    Entry.objects.filter(pk=entry.pk).update(state=Entry.State.ELIGIBLE)
    with pytest.raises(ProposalOutdated) as refused:
        released(batch)
    assert refused.value.changes == {"projects": 1, "conflicts": 1}
    assert not Assignment.objects.exists()


def test_a_top_up_moves_no_card_and_fills_what_is_new(judged):
    released(proposed(judged))
    score(Assignment.objects.first(), 3, 3)
    before = set(Assignment.objects.values_list("juror", "entry"))
    new = EntryFactory(call=judged.call)
    batch = released(proposed(judged))
    after = set(Assignment.objects.values_list("juror", "entry"))
    assert before < after
    assert {entry for _, entry in after - before} == {new.pk}
    assert len(batch.added) == 3
    assert batch.dropped == []


def test_what_nobody_has_begun_moves_where_a_project_would_get_nobody_else(judged):
    """Ada alone reads English: she takes the English project, Bela hers, but not once she has begun it."""
    judged.call.jurors.exclude(pk__in=judged.call.jurors.values("pk")[:2]).delete()
    judged.call.entries.exclude(pk__in=judged.call.entries.values("pk")[:2]).delete()
    judged.call.rounds.update(readers_per_entry=1)
    judged.refresh_from_db()
    ada, bela = judged.call.jurors.all()
    drill, loom = judged.call.entries.all()
    pair = AssignmentFactory(juror=ada, entry=drill, round=judged)
    standing = circumstances_of(judged)
    batch = AssignmentBatch(round=judged, seed="1", algorithm="2", proposed_at=DURING, metrics={"cuts": []})
    batch.basis = standing.basis()
    batch.dropped, batch.added = (
        [[str(ada.uuid), str(drill.uuid)]],
        [[str(bela.uuid), str(drill.uuid)], [str(ada.uuid), str(loom.uuid)]],
    )
    batch.save()
    assert pairs_after(batch, standing) == {tuple(each) for each in batch.added}
    score(pair, 1, 1, submit=False)
    with pytest.raises(ProposalOutdated) as refused:
        released(batch, "x")
    assert refused.value.changes == {"assignments": 1}
    pair.scorecard.changes.all().delete()
    pair.scorecard.scores.all().delete()
    pair.scorecard.delete()
    released(batch, "x")
    assert set(Assignment.objects.values_list("juror", "entry")) == {(bela.pk, drill.pk), (ada.pk, loom.pk)}


def test_a_failed_check_needs_a_reason(judged):
    judged.call.jurors.exclude(pk__in=judged.call.jurors.values("pk")[:2]).delete()
    batch = proposed(judged)
    assert batch.metrics["cuts"][0]["possible"] == 2
    with pytest.raises(ReasonMissing):
        released(batch)
    released(batch, "Deux personnes suffisent.")
    facts = AuditEntry.objects.get(verb="assignments.released").facts
    assert facts["reason"] == AssignmentBatch.objects.get().reason == "Deux personnes suffisent."


def test_a_conflict_is_let_through_by_no_reason(judged):
    batch = proposed(judged)
    juror, entry = judged.call.jurors.first(), judged.call.entries.first()
    recuse(juror_id=juror.pk, entry_id=entry.pk, round_id=judged.pk, reason="x", by=None, now=DURING)
    batch.added = [[str(juror.uuid), str(entry.uuid)]]
    batch.basis = circumstances_of(judged).basis()
    batch.save()
    assert findings_of(batch, circumstances_of(judged))[0].level == "never"
    with pytest.raises(ConflictInPlan):
        released(batch, "Tant pis.")
    assert not Assignment.objects.exists()


def test_after_the_round_nothing_is_proposed_or_released(judged):
    with pytest.raises(JudgingNotOpen):
        proposed(judged, now=AFTER)
    batch = proposed(judged)
    with pytest.raises(JudgingNotOpen):
        released(batch, now=AFTER)


def test_one_proposal_a_round_at_a_time(judged):
    batch = proposed(judged)
    batch.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        AssignmentBatch.objects.bulk_create([batch])

"""The plan of who reads what: proposed, invisible to jurors, then released to them or discarded."""

import secrets
from datetime import datetime

from awards.assignment.circumstances import Circumstances, changes_since, circumstances_of
from awards.assignment.dealing import ALGORITHM, deal
from awards.assignment.demand import Cut, Pair
from awards.assignment.inspection import Finding, Level, figures, inspect, worst
from awards.assignment.mail import tell_jurors
from awards.exceptions import JudgingNotOpen
from awards.exceptions.assignment import (
    ConflictInPlan,
    NothingToPropose,
    ProposalOutdated,
    ProposalSettled,
    ReasonMissing,
)
from awards.models import Assignment, AssignmentBatch, Juror, Round
from festival.core import audit
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from festival.models import User


def propose(*, round_id: int, actor: Actor, by: User | None, now: datetime, seed: str = "") -> AssignmentBatch:
    """Make a plan for what the round lacks and keep it for the chair; it takes the place of one that was proposed.

    What exists stays, but for pairs that nobody has begun, where a project could not get its jurors otherwise. Without
    a seed, one is drawn by lot.

    Raises:
        NothingToPropose: Every project has its jurors.
        JudgingNotOpen: The round is over.
    """
    with writing(public=False):
        judged = _held_round(round_id, now)
        standing = circumstances_of(judged)
        seed = seed or secrets.token_hex(8)
        plan = deal(standing.demand, seed)
        if not plan.added and not plan.cuts:
            raise NothingToPropose
        proposed = AssignmentBatch.objects.filter(round=judged, state=AssignmentBatch.State.PROPOSED)
        proposed.update(state=AssignmentBatch.State.DISCARDED, settled_by=by, settled_at=now)
        batch = AssignmentBatch(
            round=judged,
            seed=seed,
            algorithm=ALGORITHM,
            basis=standing.basis(),
            added=[list(pair) for pair in plan.added],
            dropped=[list(pair) for pair in plan.dropped],
            proposed_by=by,
            proposed_at=now,
        )
        batch.metrics = figures(findings_of(batch, standing)) | {"cuts": [_kept(cut) for cut in plan.cuts]}
        batch.save()
        _record("assignments.proposed", batch, {"pairs": len(plan.added), "seed": seed}, actor, now)
    return batch


def release(*, batch_id: int, reason: str, actor: Actor, by: User | None, now: datetime) -> AssignmentBatch:
    """Make the pairs of a plan, and tell each juror by mail. A second call for the same plan changes nothing.

    Raises:
        ProposalSettled: It was discarded.
        ProposalOutdated: What it was made from has changed; says what.
        ConflictInPlan: Somebody would read a project that they must not; no reason helps.
        ReasonMissing: A check has failed and no reason is given.
        JudgingNotOpen: The round is over.
    """
    with writing(public=False):
        judged = _held_round(AssignmentBatch.objects.values_list("round_id", flat=True).get(pk=batch_id), now)
        batch = AssignmentBatch.objects.select_for_update(of=("self",)).get(pk=batch_id)
        batch.round = judged
        if batch.state == AssignmentBatch.State.RELEASED:
            return batch
        if batch.state == AssignmentBatch.State.DISCARDED:
            raise ProposalSettled
        # Held, so that a juror who steps back at this moment comes before or after, never between.
        list(Juror.objects.select_for_update(of=("self",)).filter(call=judged.call_id).order_by("pk"))
        standing = circumstances_of(judged)
        _refuse_outdated(batch, standing)
        findings = findings_of(batch, standing)
        if worst(findings) == Level.NEVER:
            raise ConflictInPlan
        if worst(findings) == Level.RED and not reason:
            raise ReasonMissing
        _make(batch, standing)
        batch.state, batch.reason = AssignmentBatch.State.RELEASED, reason
        batch.settled_by, batch.settled_at = by, now
        batch.save(update_fields=["state", "reason", "settled_by", "settled_at"])
        facts: dict[str, Fact] = {"pairs": len(batch.added), "taken_back": len(batch.dropped), "reason": reason}
        _record("assignments.released", batch, facts, actor, now)
        tell_jurors((standing.jurors[juror] for juror, _ in batch.added), judged, now)
    return batch


def discard(*, batch_id: int, actor: Actor, by: User | None, now: datetime) -> AssignmentBatch:
    """Drop a plan that was proposed. Raises ProposalSettled for one that was released."""
    with writing(public=False):
        batch = AssignmentBatch.objects.select_for_update(of=("self",)).get(pk=batch_id)
        if batch.state == AssignmentBatch.State.RELEASED:
            raise ProposalSettled
        if batch.state == AssignmentBatch.State.PROPOSED:
            batch.state, batch.settled_by, batch.settled_at = AssignmentBatch.State.DISCARDED, by, now
            batch.save(update_fields=["state", "settled_by", "settled_at"])
            _record("assignments.discarded", batch, {}, actor, now)
    return batch


def pairs_after(batch: AssignmentBatch, standing: Circumstances) -> set[Pair]:
    """Return who reads what once the plan is released."""
    return (set(standing.existing) - set(_pairs(batch.dropped))) | set(_pairs(batch.added))


def findings_of(batch: AssignmentBatch, standing: Circumstances) -> list[Finding]:
    """Return what is to be said of who would read what."""
    return inspect(standing.demand, pairs_after(batch, standing), spans_categories=standing.spans_categories)


def outdated_by(batch: AssignmentBatch, standing: Circumstances) -> dict[str, int]:
    """Return what has changed since a plan was made, by kind; empty while it fits."""
    changes = changes_since(batch.basis, standing.basis())
    begun = set(_pairs(batch.dropped)) - standing.demand.loose
    return changes or ({"assignments": len(begun)} if begun else {})


def _refuse_outdated(batch: AssignmentBatch, standing: Circumstances) -> None:
    if changes := outdated_by(batch, standing):
        raise ProposalOutdated(changes)


def _held_round(round_id: int, now: datetime) -> Round:
    held = Round.objects.select_for_update(of=("self",), no_key=True).select_related("call__edition")
    judged = held.get(pk=round_id)
    if now > judged.closes:
        raise JudgingNotOpen(is_over=True)
    return judged


def _make(batch: AssignmentBatch, standing: Circumstances) -> None:
    known = Assignment.objects.filter(round=batch.round).select_related("juror", "entry")
    dropped = set(_pairs(batch.dropped))
    gone = [each.pk for each in known if (str(each.juror.uuid), str(each.entry.uuid)) in dropped]
    Assignment.objects.filter(pk__in=gone).delete()
    Assignment.objects.bulk_create(
        Assignment(round=batch.round, juror=standing.jurors[juror], entry=standing.entries[entry], batch=batch)
        for juror, entry in _pairs(batch.added)
    )


def _pairs(kept: list[list[str]]) -> list[Pair]:
    return [(juror, entry) for juror, entry in kept]


def _kept(cut: Cut) -> dict[str, object]:
    return {
        "projects": list(cut.projects),
        "jurors": list(cut.readers),
        "needed": cut.needed,
        "possible": cut.possible,
    }


def _record(verb: str, batch: AssignmentBatch, facts: dict[str, Fact], actor: Actor, now: datetime) -> None:
    known: dict[str, Fact] = {"round": batch.round.uuid, "plan": batch.uuid, "rule": batch.algorithm}
    audit.record(verb, batch, actor=actor, at=now, facts=known | facts, edition=batch.round.call.edition)

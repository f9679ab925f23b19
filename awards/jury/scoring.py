"""What jurors do: fill in a card, hand it in, step back."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from awards.exceptions import (
    EntryOutOfContest,
    JudgingNotOpen,
    MarkOffScale,
    PairRecused,
    ScorecardChanged,
    ScorecardIncomplete,
    ScorecardSubmitted,
)
from awards.models import Assignment, Call, Criterion, Recusal, Score, Scorecard, ScoreChange
from festival.core.transactions import write_transaction


def save_scorecard(
    *,
    assignment_id: int,
    version: int,
    marks: Mapping[str, int],
    comment: str,
    submit: bool,
    user_id: int | None,
    now: datetime,
) -> Scorecard:
    """Write marks and comment on a card, as a draft or handed in, and log every change of a mark.

    `version` is the one that the form was opened with, 0 for a new card. `marks` maps criterion slugs to marks; a
    missing criterion keeps the mark it has. `submit` hands the card in.

    Raises:
        JudgingNotOpen, PairRecused, EntryOutOfContest: The card takes no scores.
        ScorecardChanged: Another window saved it first.
        ScorecardSubmitted: A draft cannot replace a card that was handed in.
        MarkOffScale, ScorecardIncomplete: The marks are not right.
    """
    with write_transaction():
        assignment = _open_assignment(assignment_id, now)
        card = Scorecard.objects.filter(assignment=assignment).first() or Scorecard(assignment=assignment)
        if card.version != version:
            raise ScorecardChanged(card.version)
        if card.state == Scorecard.State.SUBMITTED and not submit:
            raise ScorecardSubmitted
        criteria = _criteria(assignment.entry.call, marks)
        before = {score.criterion_id: score for score in card.scores.all()} if card.pk else {}
        missing = [slug for slug, item in criteria.items() if slug not in marks and item.pk not in before]
        if submit and missing:
            raise ScorecardIncomplete(missing)
        card.version, card.comment, card.updated_at = card.version + 1, comment, now
        if submit:
            card.state, card.submitted_at = Scorecard.State.SUBMITTED, now
        card.save()
        _write_marks(card, ((criteria[slug], mark) for slug, mark in marks.items()), before, user_id, now)
    return card


def recuse(*, juror_id: int, entry_id: int, reason: str, now: datetime) -> Recusal:
    """Record that a juror steps back from an entry, close the assignment and void the card if there is one.

    Nothing is deleted: the voided card keeps its marks for the record. Always possible, even when the round is over:
    honesty has no deadline. A second call for the same pair returns the first recusal.
    """
    with write_transaction():
        assignment = Assignment.objects.select_for_update().filter(juror=juror_id, entry=entry_id).first()
        if known := Recusal.objects.filter(juror=juror_id, entry=entry_id).first():
            return known
        card = Scorecard.objects.filter(assignment=assignment).first() if assignment else None
        recusal = Recusal.objects.create(
            juror_id=juror_id,
            entry_id=entry_id,
            when=Recusal.When.AFTER if card and card.submitted_at else Recusal.When.BEFORE,
            reason=reason,
            declared_at=now,
        )
        if assignment:
            assignment.state = Assignment.State.RECUSED
            assignment.save(update_fields=["state"])
        if card:
            card.state, card.voided_at = Scorecard.State.VOIDED, now
            card.version += 1
            card.save(update_fields=["state", "voided_at", "version"])
    return recusal


def _open_assignment(assignment_id: int, now: datetime) -> Assignment:
    assignments = Assignment.objects.select_related("entry__call__judging_phase")
    assignment = assignments.select_for_update(of=("self",)).get(pk=assignment_id)
    phase = assignment.entry.call.judging_phase
    if not phase.is_open(now):
        raise JudgingNotOpen(is_over=now > phase.closes)
    if assignment.state == Assignment.State.RECUSED:
        raise PairRecused
    if not assignment.entry.is_in_contest:
        raise EntryOutOfContest
    return assignment


def _criteria(call: Call, marks: Mapping[str, int]) -> dict[str, Criterion]:
    """Return the call's criteria by slug, once every mark is known to be on them and on the scale."""
    criteria = {item.slug: item for item in call.criteria.order_by("sort_order", "pk")}
    scale = set(call.scale.values_list("value", flat=True))
    for slug, mark in marks.items():
        if slug not in criteria or mark not in scale:
            raise MarkOffScale(f"{slug}: {mark}")
    return criteria


def _write_marks(
    card: Scorecard,
    marks: Iterable[tuple[Criterion, int]],
    before: Mapping[int, Score],
    user_id: int | None,
    now: datetime,
) -> None:
    new: list[Score] = []
    changed: list[Score] = []
    log: list[ScoreChange] = []
    for criterion, mark in marks:
        score = before.get(criterion.pk)
        if score and score.value == mark:
            continue
        log.append(
            ScoreChange(
                card=card,
                criterion=criterion,
                old_value=score.value if score else None,
                new_value=mark,
                version=card.version,
                changed_by_id=user_id,
                changed_at=now,
            )
        )
        if score:
            score.value = mark
            changed.append(score)
        else:
            new.append(Score(card=card, criterion=criterion, value=mark))
    Score.objects.bulk_create(new)
    Score.objects.bulk_update(changed, ["value"])
    ScoreChange.objects.bulk_create(log)

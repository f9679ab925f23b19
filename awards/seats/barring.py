"""Keeping jurors from projects: what the chair adds, and what was a mistake and is lifted."""

from dataclasses import dataclass
from datetime import datetime

from awards.exceptions.seats import AlreadyBarred, OwnConflict, OwnWordStays
from awards.jury.scoring import Conflict, recuse
from awards.models import Assignment, Juror, Recusal, Scorecard
from festival.core import audit
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from festival.models import User


@dataclass(frozen=True, slots=True)
class Pair:
    """A juror and a project, by key."""

    juror_id: int
    entry_id: int


def bar(*, pair: Pair, tie: Recusal.Tie, reason: str, by: User, now: datetime) -> Recusal:
    """Write down, for the chair, that a juror does not judge a project; a card of theirs no longer counts.

    Raises AlreadyBarred where a conflict of the two holds, whoever said so.
    """
    with writing(public=False):
        # Held, so that two who say it at once write one row.
        Juror.objects.select_for_update().get(pk=pair.juror_id)
        if Recusal.objects.filter(juror=pair.juror_id, entry=pair.entry_id).exists():
            raise AlreadyBarred
        conflict = Conflict(Recusal.Source.CHAIR, tie)
        return recuse(
            juror_id=pair.juror_id,
            entry_id=pair.entry_id,
            round_id=None,
            reason=reason,
            by=by,
            now=now,
            conflict=conflict,
        )


def lift(*, recusal_id: int, reason: str, by: User, now: datetime) -> Recusal:
    """Lift a conflict that was a mistake. The pair is free again; a card that it voided stays void.

    A second call changes nothing.

    Raises:
        OwnWordStays: The juror stepped back; nobody takes that back.
        OwnConflict: Whoever lifts it is the juror.
    """
    with writing(public=False):
        juror_id = Recusal.ever.values_list("juror_id", flat=True).get(pk=recusal_id)
        Juror.objects.select_for_update().get(pk=juror_id)
        row = Recusal.ever.select_related("juror__call__edition", "entry").get(pk=recusal_id)
        if row.source == Recusal.Source.OWN:
            raise OwnWordStays
        if row.juror.user_id == by.pk:
            raise OwnConflict
        if row.lifted_at is not None:
            return row
        row.lifted_at, row.lifted_reason = now, reason
        row.save(update_fields=["lifted_at", "lifted_reason"])
        closed = Assignment.objects.filter(juror=row.juror, entry=row.entry, state=Assignment.State.RECUSED)
        begun = Scorecard.objects.filter(assignment__in=closed).values("assignment")
        # A void card may have been left out of a frozen result: it only comes back if the chair gives the pair again.
        closed.filter(pk__in=list(begun.values_list("assignment", flat=True))).update(state=Assignment.State.REASSIGNED)
        closed.update(state=Assignment.State.OPEN)
        facts: dict[str, Fact] = {"juror": row.juror.uuid, "entry": row.entry.uuid, "source": row.source}
        edition = row.juror.call.edition
        audit.record("recusal.lifted", row, actor=Actor.of_user(by), at=now, facts=facts, edition=edition)
    return row

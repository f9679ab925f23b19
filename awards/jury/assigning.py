"""Who reads what: giving a project to a juror, and taking it back before it was touched."""

from datetime import datetime

from awards.exceptions import AlreadyAssigned, AssignmentInUse, NotInRound, PairRecused
from awards.jury.rounds import entries_of
from awards.models import Assignment, Entry, Juror, Recusal, Round, Scorecard
from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing


def assign(*, round_id: int, juror_id: int, entry_id: int, actor: Actor, now: datetime) -> Assignment:
    """Give an entry to a juror in a round.

    Raises:
        NotInRound: The juror is of another call, or the entry is not among those that the round is about.
        PairRecused: The juror stepped back from the entry, in whatever round.
        AlreadyAssigned: The juror reads it already.
    """
    with writing(public=False):
        judged = Round.objects.select_related("call__edition").get(pk=round_id)
        # Held, so that a juror who steps back at this moment comes before or after, never between.
        juror = Juror.objects.select_for_update().get(pk=juror_id)
        if juror.call_id != judged.call_id or not entries_of(judged).filter(pk=entry_id).exists():
            raise NotInRound
        if Recusal.objects.filter(juror=juror, entry=entry_id).exists():
            raise PairRecused
        if Assignment.objects.filter(round=judged, juror=juror, entry=entry_id).exists():
            raise AlreadyAssigned
        entry = Entry.objects.get(pk=entry_id)
        assignment = Assignment.objects.create(round=judged, juror=juror, entry=entry)
        _record("assignment.made", assignment, actor, now)
    return assignment


def take_back(*, assignment_id: int, actor: Actor, now: datetime) -> None:
    """Delete an assignment that the juror has not touched. Raises AssignmentInUse for any other."""
    with writing(public=False):
        held = Assignment.objects.select_for_update(of=("self",))
        assignment = held.select_related("round__call__edition", "juror", "entry").get(pk=assignment_id)
        is_untouched = assignment.state == Assignment.State.OPEN
        if not is_untouched or Scorecard.objects.filter(assignment=assignment).exists():
            raise AssignmentInUse
        _record("assignment.taken_back", assignment, actor, now)
        assignment.delete()


def _record(verb: str, assignment: Assignment, actor: Actor, now: datetime) -> None:
    facts = {
        "round": assignment.round.uuid,
        "juror": assignment.juror.uuid,
        "entry": assignment.entry.uuid,
    }
    audit.record(verb, assignment, actor=actor, at=now, facts=facts, edition=assignment.round.call.edition)

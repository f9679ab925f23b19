"""Who reads what, a pair at a time: giving a project to a juror, passing it on, taking back the untouched."""

from datetime import datetime

from django.db.models import F

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
from awards.jury.candidates import is_own
from awards.jury.rounds import entries_of
from awards.models import Assignment, Entry, Juror, Recusal, Round, Scorecard
from festival.core import audit
from festival.core.audit import Actor, Fact
from festival.core.writing import writing


def assign(*, round_id: int, juror_id: int, entry_id: int, actor: Actor, now: datetime) -> Assignment:
    """Give an entry to a juror in a round. One that was given to another and comes back brings its card along.

    Raises:
        NotInRound: The juror is not of the call's jury, or the entry is not among those that the round is about.
        PairRecused: The juror stepped back from the entry, in whatever round.
        OwnProject: The juror applied with it.
        AlreadyAssigned: The juror reads it already.
    """
    with writing(public=False):
        judged = Round.objects.select_related("call__edition").get(pk=round_id)
        assignment = _give(judged, juror_id, entry_id, now)
        _record("assignment.made", assignment, actor, now)
    return assignment


def reassign(*, assignment_id: int, juror_id: int, actor: Actor, now: datetime, by: Juror | None = None) -> Assignment:
    """Give what one juror was to read to another, and return the new assignment.

    An untouched assignment goes. A card that was begun is kept on record and counts for nothing; it comes back if the
    juror gets the entry again. Of a juror who stepped back nothing changes. `by` is the seat in the jury of whoever
    decides it, if they have one.

    Raises:
        CardHandedIn: The card is in; it counts, and stays.
        GivenToAnother: It was given away already.
        JudgingNotOpen: The round is over, so that nobody could write the card.
        OwnChoice: Whoever decides it would get it.
        ChairRecused: Whoever decides it stepped back from the entry, so does not choose who judges it.
        NotInRound, PairRecused, OwnProject, AlreadyAssigned: As `assign`.
    """
    with writing(public=False):
        rounds = Round.objects.select_for_update(of=("self",), no_key=True).select_related("call__edition")
        judged = rounds.get(assignments=assignment_id)
        held = Assignment.objects.select_for_update(of=("self",)).select_related("juror", "entry")
        old = held.get(pk=assignment_id)
        old.round = judged
        if now > judged.closes:
            raise JudgingNotOpen(is_over=True)
        # Else the chair could give all away, see the ranking, and take them back.
        if by is not None and by.pk == juror_id:
            raise OwnChoice
        if by is not None and Recusal.objects.filter(juror=by, entry=old.entry).exists():
            raise ChairRecused
        new = _give(judged, juror_id, old.entry_id, now)
        facts: dict[str, Fact] = {
            "round": judged.uuid,
            "entry": old.entry.uuid,
            "from": old.juror.uuid,
            "to": new.juror.uuid,
            "card": _close(old, now),
        }
        audit.record("assignment.reassigned", new, actor=actor, at=now, facts=facts, edition=judged.call.edition)
    return new


def _give(judged: Round, juror_id: int, entry_id: int, now: datetime) -> Assignment:
    # Held, so that a juror who steps back at this moment comes before or after, never between.
    juror = Juror.objects.select_for_update(of=("self",)).select_related("user").get(pk=juror_id)
    if juror.call_id != judged.call_id or not juror.is_seated or not entries_of(judged).filter(pk=entry_id).exists():
        raise NotInRound
    if Recusal.objects.filter(juror=juror, entry=entry_id).exists():
        raise PairRecused
    entry = Entry.objects.select_related("applicant").get(pk=entry_id)
    if is_own(entry, juror):
        raise OwnProject
    known = Assignment.objects.filter(round=judged, juror=juror, entry=entry).first()
    if known is None:
        return Assignment.objects.create(round=judged, juror=juror, entry=entry)
    if known.state != Assignment.State.REASSIGNED:
        raise AlreadyAssigned
    known.state = Assignment.State.OPEN
    known.save(update_fields=["state"])
    Scorecard.objects.filter(assignment=known).update(
        state=Scorecard.State.DRAFT, voided_at=None, window="", version=F("version") + 1, updated_at=now
    )
    return known


def _close(old: Assignment, now: datetime) -> str:
    """Take an assignment from its juror, and return what became of the card: none, kept."""
    card = Scorecard.objects.filter(assignment=old).first()
    if old.state == Assignment.State.REASSIGNED:
        raise GivenToAnother
    if old.state == Assignment.State.RECUSED:
        return "stepped back"
    if card is None:
        old.delete()
        return "none"
    if card.state == Scorecard.State.SUBMITTED:
        raise CardHandedIn
    old.state = Assignment.State.REASSIGNED
    old.save(update_fields=["state"])
    card.state, card.voided_at, card.version = Scorecard.State.VOIDED, now, card.version + 1
    card.save(update_fields=["state", "voided_at", "version"])
    return "kept"


def take_back(*, assignment_id: int, actor: Actor, now: datetime) -> None:
    """Delete an assignment that the juror has not touched. Raises AssignmentInUse for any other."""
    with writing(public=False):
        held = Assignment.objects.select_for_update(of=("self",))
        assignment = held.select_related("round__call__edition", "juror", "entry").get(pk=assignment_id)
        if not is_untouched(assignment):
            raise AssignmentInUse
        _record("assignment.taken_back", assignment, actor, now)
        assignment.delete()


def is_untouched(assignment: Assignment) -> bool:
    """Return whether the juror has neither begun the card nor stepped back."""
    has_card = Scorecard.objects.filter(assignment=assignment).exists()
    return assignment.state == Assignment.State.OPEN and not has_card


def _record(verb: str, assignment: Assignment, actor: Actor, now: datetime) -> None:
    facts = {
        "round": assignment.round.uuid,
        "juror": assignment.juror.uuid,
        "entry": assignment.entry.uuid,
    }
    audit.record(verb, assignment, actor=actor, at=now, facts=facts, edition=assignment.round.call.edition)

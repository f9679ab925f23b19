"""What a juror does beside the marks: a star of their own, a flag for the chair, abstaining, being finished."""

from datetime import datetime

from awards.exceptions import CardHandedIn, JudgingNotOpen
from awards.exceptions.scoring import NotFinished
from awards.jury.queries import owed_in
from awards.models import Assignment, FinishedRound, Juror, ReadingNote, Round, Scorecard
from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import User


def star(*, assignment_id: int, is_starred: bool) -> ReadingNote:
    """Put a project on the juror's own list, or take it off. Nobody else sees it."""
    with writing(public=False):
        note, _is_new = ReadingNote.objects.get_or_create(assignment_id=assignment_id)
        note.is_starred = is_starred
        note.save(update_fields=["is_starred"])
    return note


def flag(*, assignment_id: int, reason: str, by: User, now: datetime) -> ReadingNote:
    """Ask the chair to look at a project, with the reason; an empty one takes the flag back. Said twice, said once."""
    with writing(public=False):
        assignment = _held(assignment_id)
        note, _is_new = ReadingNote.objects.get_or_create(assignment=assignment)
        if note.flag == reason:
            return note
        note.flag, note.flagged_at = reason, now if reason else None
        note.save(update_fields=["flag", "flagged_at"])
        _record("reading.flagged" if reason else "reading.unflagged", note, assignment, by, now)
    return note


def abstain(*, assignment_id: int, reason: str, by: User, now: datetime) -> Scorecard:
    """Say that one does not judge a project, with the reason: the card stays on record and does not count.

    Raises JudgingNotOpen out of the round, CardHandedIn where the pair is closed: stepped back or given to another.
    """
    with writing(public=False):
        assignment = _writable(assignment_id, now)
        card = Scorecard.objects.filter(assignment=assignment).first() or Scorecard(assignment=assignment)
        if card.state == Scorecard.State.ABSTAINED and card.abstains_because == reason:
            return card
        card.state, card.abstains_because = Scorecard.State.ABSTAINED, reason
        _save(card, now)
        _record("scorecard.abstained", card, assignment, by, now)
    return card


def score_after_all(*, assignment_id: int, by: User, now: datetime) -> Scorecard | None:
    """Take an abstention back: what the card held is a draft again. Raises what `abstain` raises."""
    with writing(public=False):
        assignment = _writable(assignment_id, now)
        card = Scorecard.objects.filter(assignment=assignment).first()
        if card is None or card.state != Scorecard.State.ABSTAINED:
            return card
        card.state, card.abstains_because = Scorecard.State.DRAFT, ""
        _save(card, now)
        _record("scorecard.reopened", card, assignment, by, now)
    return card


def finish(*, juror: Juror, judged: Round, by: User, now: datetime) -> FinishedRound:
    """Say that a juror is finished with a round; once. Raises NotFinished while cards are to be handed in."""
    with writing(public=False):
        if owed := owed_in(judged).filter(juror=juror).count():
            raise NotFinished(owed)
        said, is_new = FinishedRound.objects.get_or_create(round=judged, juror=juror, defaults={"finished_at": now})
        if is_new:
            facts = {"round": judged.uuid, "juror": juror.uuid}
            actor, edition = Actor.of_user(by), juror.call.edition
            audit.record("round.finished", said, actor=actor, at=now, facts=facts, edition=edition)
    return said


def _held(assignment_id: int) -> Assignment:
    held = Assignment.objects.select_for_update(of=("self",)).select_related("round__call__edition", "juror", "entry")
    return held.get(pk=assignment_id)


def _writable(assignment_id: int, now: datetime) -> Assignment:
    """Hold the round first, as whoever freezes its result does, then the assignment."""
    round_id = Assignment.objects.values_list("round_id", flat=True).get(pk=assignment_id)
    judged = Round.objects.select_for_update(no_key=True).get(pk=round_id)
    if not judged.is_open(now):
        raise JudgingNotOpen(is_over=now > judged.closes)
    assignment = _held(assignment_id)
    if assignment.state != Assignment.State.OPEN:
        raise CardHandedIn
    return assignment


def _save(card: Scorecard, now: datetime) -> None:
    """Count the version up, so that an open page notices; it is no longer the window that saved last."""
    card.version, card.window, card.updated_at, card.submitted_at = card.version + 1, "", now, None
    card.save()


def _record(verb: str, row: Scorecard | ReadingNote, assignment: Assignment, by: User, now: datetime) -> None:
    """Say what was done, never why nor of which project: people who read the log may be jurors too."""
    facts = {"round": assignment.round.uuid, "juror": assignment.juror.uuid}
    edition = assignment.round.call.edition
    audit.record(verb, row, actor=Actor.of_user(by), at=now, facts=facts, edition=edition)

"""What jurors do: fill in a card, hand it in, step back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from awards.exceptions import (
    EntryOutOfContest,
    GivenToAnother,
    JudgingNotOpen,
    MarkOffScale,
    PairRecused,
    ScorecardChanged,
    ScorecardIncomplete,
    ScorecardSubmitted,
)
from awards.exceptions.scoring import Abstained, CommentMissing
from awards.jury.rounds import criteria_for
from awards.models import (
    Assignment,
    CardComment,
    Criterion,
    Juror,
    Recusal,
    Round,
    Score,
    Scorecard,
    ScoreChange,
)
from festival.core import audit
from festival.core.audit import IMPORTER, Actor, Fact
from festival.core.writing import writing
from festival.models import User

# A frozen result ends its round, whatever becomes of its dates; so does one frozen shortly after a card's moment, while
# the card was on its way. One frozen much later only exists where the clock was put back, in a rehearsal, which must go
# on.
LONGEST_REQUEST = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Marks:
    """What a form sends: marks by the criterion's short name, a comment, and whether the card is handed in.

    `notes` are the texts for others than the chair, by `CardComment.Audience`; one that is left out stays as it is.
    """

    by_criterion: Mapping[str, int]
    comment: str = ""
    submit: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Window:
    """The open page that saves: an id that it makes up, and the number of the save in it. Blank without scripts."""

    key: str = ""
    turn: int = 0

    def wrote(self, card: Scorecard) -> bool:
        """Return whether nobody else has saved the card since this page did."""
        return bool(self.key) and card.window == self.key


def save_scorecard(
    *,
    assignment_id: int,
    version: int,
    marks: Marks,
    by: User | None,
    now: datetime,
    window: Window = Window(),
) -> Scorecard:
    """Write marks and comment on a card, as a draft or handed in, and log every change of a mark.

    `version` is the one that the form was opened with, 0 for a new card. A criterion without a mark keeps the one it
    has. What stands on the card already is not written again: sending the same twice is a success, whatever `version`.
    So is what one `window` sends after its own save, whose answer was lost; what it sent before that changes nothing.

    Raises:
        JudgingNotOpen, PairRecused, GivenToAnother, EntryOutOfContest: The card takes no scores.
        ScorecardChanged: Another window saved something else first.
        ScorecardSubmitted, Abstained: A draft cannot replace a card that was handed in, nor anything an abstention.
        MarkOffScale, ScorecardIncomplete, CommentMissing: Something is not right, or not there.
    """
    with writing(public=False):
        assignment = _open_assignment(assignment_id, now)
        card = Scorecard.objects.filter(assignment=assignment).first() or Scorecard(assignment=assignment)
        criteria = _criteria(assignment, marks.by_criterion)
        before = {score.criterion_id: score for score in card.scores.all()} if card.pk else {}
        is_same = bool(card.pk) and not _texts_differ(card, marks) and not _changed(criteria, marks, before)
        if window.wrote(card) and window.turn <= card.turn:
            return card
        if card.version != version and not is_same and not window.wrote(card):
            raise ScorecardChanged(card.version)
        _refuse_half_done(card, criteria, marks, before)
        if is_same and marks.submit == (card.state == Scorecard.State.SUBMITTED):
            return card
        card.window, card.turn = window.key, window.turn
        _write(card, marks, {criteria[slug]: mark for slug, mark in marks.by_criterion.items()}, before, by, now)
        if marks.submit or card.version == 1:
            verb = "scorecard.submitted" if marks.submit else "scorecard.begun"
            _record(verb, card, assignment, by, now)
    return card


@dataclass(frozen=True, slots=True)
class Conflict:
    """Who says that a juror and an entry are tied, and how; by itself, that the juror steps back."""

    source: Recusal.Source = Recusal.Source.OWN
    tie: Recusal.Tie = Recusal.Tie.OTHER


def recuse(
    *,
    juror_id: int,
    entry_id: int,
    round_id: int | None,
    reason: str,
    by: User | None,
    now: datetime,
    conflict: Conflict = Conflict(),  # it never changes
) -> Recusal:
    """Record that a juror does not judge an entry, in all rounds: close the assignments, void the cards.

    Nothing is deleted: a void card keeps its marks for the record. Always possible, even when the round is over:
    honesty has no deadline. A second call for the same pair returns the first recusal.
    """
    with writing(public=False):
        Juror.objects.select_for_update().get(pk=juror_id)
        assignments = Assignment.objects.select_for_update().filter(juror=juror_id, entry=entry_id).order_by("pk")
        held = [assignment.pk for assignment in assignments]
        if known := Recusal.objects.filter(juror=juror_id, entry=entry_id).first():
            return known
        cards = Scorecard.objects.filter(assignment__in=held)
        is_late = cards.filter(submitted_at__isnull=False).exists()
        recusal = Recusal.objects.create(
            round_id=round_id,
            juror_id=juror_id,
            entry_id=entry_id,
            source=conflict.source,
            tie=conflict.tie,
            when=Recusal.When.AFTER if is_late else Recusal.When.BEFORE,
            reason=reason,
            declared_at=now,
        )
        Assignment.objects.filter(pk__in=held).update(state=Assignment.State.RECUSED)
        for card in cards:
            card.state, card.voided_at = Scorecard.State.VOIDED, now
            card.version += 1
            card.save(update_fields=["state", "voided_at", "version"])
        _record_recusal(recusal, len(cards), by, now)
    return recusal


def _record_recusal(recusal: Recusal, cards: int, by: User | None, now: datetime) -> None:
    facts: dict[str, Fact] = {
        "juror": recusal.juror.uuid,
        "entry": recusal.entry.uuid,
        "when": recusal.when,
        "source": recusal.source,
        "cards": cards,
    }
    edition = recusal.juror.call.edition
    finder = Actor.system("conflicts") if recusal.source == Recusal.Source.AUTOMATIC else _actor(by)
    audit.record("recusal.declared", recusal, actor=finder, at=now, facts=facts, edition=edition)


def _open_assignment(assignment_id: int, now: datetime) -> Assignment:
    """Hold round and assignment, and return the latter if it takes scores.

    The round first: whoever freezes its result holds it too, so that a card is in the count or refused.
    """
    held = Round.objects.select_for_update(of=("self",), no_key=True)
    round_id = Assignment.objects.values_list("round_id", flat=True).get(pk=assignment_id)
    judged = held.select_related("call__edition", "rubric").get(pk=round_id)
    if not judged.is_open(now):
        raise JudgingNotOpen(is_over=now > judged.closes)
    if judged.tallies.filter(frozen_at__lte=now + LONGEST_REQUEST).exists():
        raise JudgingNotOpen(is_over=True)
    assignments = Assignment.objects.select_related("entry", "juror")
    assignment = assignments.select_for_update(of=("self",)).get(pk=assignment_id)
    assignment.round = judged
    if assignment.state == Assignment.State.RECUSED:
        raise PairRecused
    if assignment.state == Assignment.State.REASSIGNED:
        raise GivenToAnother
    if not assignment.entry.is_in_contest:
        raise EntryOutOfContest
    return assignment


def _criteria(assignment: Assignment, marks: Mapping[str, int]) -> dict[str, Criterion]:
    """Return what the project is asked by short name, once every mark is known to be on it and on the scale."""
    judged = assignment.round
    criteria = {item.slug: item for item in criteria_for(judged, assignment.entry)}
    scale = set(judged.rubric.scale.values_list("value", flat=True)) if judged.rubric else set()
    for slug, mark in marks.items():
        if slug not in criteria or mark not in scale:
            raise MarkOffScale(f"{slug}: {mark}")
    return criteria


def _refuse_half_done(
    card: Scorecard, criteria: Mapping[str, Criterion], marks: Marks, before: Mapping[int, Score]
) -> None:
    if card.state == Scorecard.State.ABSTAINED:
        raise Abstained
    if card.state == Scorecard.State.SUBMITTED and not marks.submit:
        raise ScorecardSubmitted
    asked = {slug: item for slug, item in criteria.items() if not item.is_optional}
    missing = [slug for slug, item in asked.items() if slug not in marks.by_criterion and item.pk not in before]
    if marks.submit and missing:
        raise ScorecardIncomplete(missing)
    if marks.submit and not marks.comment.strip() and _asks_for_a_comment(card.assignment.round):
        raise CommentMissing


def _asks_for_a_comment(judged: Round) -> bool:
    return judged.rubric is not None and judged.rubric.needs_comment


def _texts_differ(card: Scorecard, marks: Marks) -> bool:
    stored = dict(card.comments.values_list("audience", "text")) if marks.notes else {}
    return card.comment != marks.comment or any(stored.get(key, "") != text for key, text in marks.notes.items())


def _changed(criteria: Mapping[str, Criterion], marks: Marks, before: Mapping[int, Score]) -> bool:
    stored = {slug: before[item.pk].value for slug, item in criteria.items() if item.pk in before}
    return any(stored.get(slug) != mark for slug, mark in marks.by_criterion.items())


def _write(
    card: Scorecard,
    marks: Marks,
    chosen: Mapping[Criterion, int],
    before: Mapping[int, Score],
    by: User | None,
    now: datetime,
) -> None:
    card.version, card.comment, card.updated_at, card.sealed_at = card.version + 1, marks.comment, now, None
    if marks.submit:
        card.state, card.submitted_at = Scorecard.State.SUBMITTED, now
    card.save()
    CardComment.objects.bulk_create(
        [CardComment(card=card, audience=audience, text=text) for audience, text in marks.notes.items()],
        update_conflicts=True,
        unique_fields=["card", "audience"],
        update_fields=["text"],
    )
    changed = [(item, mark) for item, mark in chosen.items() if item.pk not in before or before[item.pk].value != mark]
    ScoreChange.objects.bulk_create(_log(card, changed, before, by, now))
    Score.objects.bulk_create(
        [Score(card=card, criterion=item, value=mark) for item, mark in changed],
        update_conflicts=True,
        unique_fields=["card", "criterion"],
        update_fields=["value"],
    )


def _log(
    card: Scorecard,
    changed: Iterable[tuple[Criterion, int]],
    before: Mapping[int, Score],
    by: User | None,
    now: datetime,
) -> list[ScoreChange]:
    return [
        ScoreChange(
            card=card,
            criterion=criterion,
            old_value=before[criterion.pk].value if criterion.pk in before else None,
            new_value=mark,
            version=card.version,
            changed_by=by,
            changed_at=now,
        )
        for criterion, mark in changed
    ]


def _record(verb: str, card: Scorecard, assignment: Assignment, by: User | None, now: datetime) -> None:
    """Say that a card was begun or handed in; never a mark or a word of it, nor of which project it is.

    The log is read by people who may be jurors too, and would learn how many cards a project has.
    """
    facts: dict[str, Fact] = {
        "round": assignment.round.uuid,
        "juror": assignment.juror.uuid,
        "version": card.version,
    }
    audit.record(verb, card, actor=_actor(by), at=now, facts=facts, edition=assignment.round.call.edition)


def _actor(by: User | None) -> Actor:
    return Actor.of_user(by) if by else IMPORTER

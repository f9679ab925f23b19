"""What a juror sees: their own assignments, one sheet at a time, how far they are. Never another juror's marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count

from awards.models import Answer, Assignment, Criterion, Entry, Juror, Question, Round, ScaleLevel, Scorecard
from festival.models import User


class Progress(StrEnum):
    """How far an assignment is."""

    TODO = "todo"
    DRAFT = "draft"
    DONE = "done"
    RECUSED = "recused"
    CLOSED = "closed"  # the project left the contest


@dataclass(frozen=True, slots=True)
class Reading:
    """One assignment with how far it is; `marked` counts the criteria that have a mark."""

    assignment: Assignment
    progress: Progress
    marked: int

    @property
    def entry(self) -> Entry:
        """The project to read."""
        return self.assignment.entry

    @property
    def is_waiting(self) -> bool:
        """Whether the juror still has to hand this card in."""
        return self.progress in {Progress.TODO, Progress.DRAFT}


@dataclass(frozen=True, slots=True)
class Desk:
    """All of a juror's assignments in a round."""

    readings: tuple[Reading, ...]

    @property
    def counted(self) -> list[Reading]:
        """Assignments that are done or waiting; those that fell away are not counted."""
        return [item for item in self.readings if item.is_waiting or item.progress == Progress.DONE]

    @property
    def done(self) -> int:
        """How many cards are handed in."""
        return sum(item.progress == Progress.DONE for item in self.readings)

    @property
    def first_waiting(self) -> Reading | None:
        """The assignment to go on with: drafts first, then the list's order."""
        drafts = (item for item in self.readings if item.progress == Progress.DRAFT)
        return next(drafts, next((item for item in self.readings if item.is_waiting), None))

    def after(self, entry_id: int) -> Reading | None:
        """Return the next waiting assignment in the list's order, going round; None when all is done."""
        places = [item.entry.pk for item in self.readings]
        here = places.index(entry_id) + 1 if entry_id in places else 0
        rest = self.readings[here:] + self.readings[:here]
        return next((item for item in rest if item.is_waiting and item.entry.pk != entry_id), None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One assignment opened: the project, the questions, what the juror has written so far."""

    assignment: Assignment
    criteria: Sequence[Criterion]
    scale: Sequence[ScaleLevel]
    card: Scorecard | None
    marks: dict[str, int]
    progress: Progress
    answers: Sequence[Answer]


def seats_of(user: User) -> list[Juror]:
    """Return the user's seats in the juries of all calls, the newest call first."""
    return list(Juror.objects.filter(user=user).select_related("call__edition").order_by("-call__opens", "-call_id"))


def seat_of(user: User, call_slug: str) -> Juror | None:
    """Return the user's seat in the jury of a call."""
    return Juror.objects.filter(user=user, call__slug=call_slug).select_related("call__edition").first()


def desk_of(juror: Juror, judged: Round) -> Desk:
    """Return the juror's assignments in a round, by category and short name. One query."""
    assignments = (
        Assignment.objects.filter(juror=juror, round=judged)
        .select_related("entry__category", "scorecard")
        .annotate(marked=Count("scorecard__scores"))
        .order_by("entry__category__sort_order", "entry__slug")
    )
    return Desk(tuple(Reading(item, progress_of(item), item.marked) for item in assignments))  # type: ignore[attr-defined]


def has_cards_to_hand_in(juror: Juror, judged: Round) -> bool:
    """Return whether the juror still owes a card of the round."""
    owed = Assignment.objects.open().filter(juror=juror, round=judged, entry__state=Entry.State.ELIGIBLE)
    return owed.exclude(scorecard__state=Scorecard.State.SUBMITTED).exists()


def sheet_of(juror: Juror, judged: Round, slug: str) -> Sheet:
    """Return the sheet of the juror's own assignment. Raises Assignment.DoesNotExist for anyone else's.

    `judged` is a round of weighted marks, its rubric fetched along.
    """
    assignments = Assignment.objects.select_related("entry__category", "entry__call__edition", "scorecard")
    assignment = assignments.get(juror=juror, round=judged, entry__slug=slug)
    rubric = judged.rubric
    card: Scorecard | None = getattr(assignment, "scorecard", None)
    scores = card.scores.values_list("criterion__slug", "value") if card else ()
    return Sheet(
        assignment=assignment,
        criteria=list(rubric.criteria.order_by("sort_order", "pk")) if rubric else [],
        scale=list(rubric.scale.order_by("value")) if rubric else [],
        card=card,
        marks=dict(scores),
        progress=progress_of(assignment),
        answers=answers_for_jurors(assignment.entry, judged),
    )


def answers_for_jurors(entry: Entry, judged: Round) -> list[Answer]:
    """Return what jurors may read of the applicant's answers, in the order of the form. Two queries at most."""
    seen = Question.objects.read_by_jurors(is_blind=judged.is_blind).exclude(kind=Question.Kind.FILE)
    answers = Answer.objects.filter(entry=entry, question__in=seen).select_related("question", "entry__call__edition")
    return list(answers.prefetch_related("question__options"))


def progress_of(assignment: Assignment) -> Progress:
    """Return how far an assignment is; entry and scorecard must be fetched along."""
    card: Scorecard | None = getattr(assignment, "scorecard", None)
    if assignment.state == Assignment.State.RECUSED:
        return Progress.RECUSED
    if not assignment.entry.is_in_contest:
        return Progress.CLOSED
    if card is None:
        return Progress.TODO
    return Progress.DONE if card.state == Scorecard.State.SUBMITTED else Progress.DRAFT

"""What a juror sees: their own assignments, one sheet at a time, how far they are. Never another juror's marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count

from awards.models import Assignment, Call, Criterion, Entry, Juror, ScaleLevel, Scorecard
from festival.models import User


class Progress(StrEnum):
    """How far an assignment is."""

    TODO = "todo"
    DRAFT = "draft"
    DONE = "done"
    RECUSED = "recused"
    CLOSED = "closed"  # the project left the contest


class Round(StrEnum):
    """Whether jurors may write."""

    AHEAD = "ahead"
    OPEN = "open"
    OVER = "over"


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
    """All of a juror's assignments."""

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


def juror_of(user: User) -> Juror | None:
    """Return the user's seat in the current edition's jury."""
    jurors = Juror.objects.filter(user=user, call__edition__is_current=True)
    return jurors.select_related("call__judging_phase", "call__edition").order_by("-call_id").first()


def round_at(call: Call, at: datetime) -> Round:
    """Return whether the jury's round runs at the aware moment `at`."""
    if call.judging_phase.is_open(at):
        return Round.OPEN
    return Round.OVER if at > call.judging_phase.closes else Round.AHEAD


def desk_of(juror: Juror) -> Desk:
    """Return the juror's assignments by category and title. One query."""
    assignments = (
        Assignment.objects.filter(juror=juror)
        .select_related("entry__category", "scorecard")
        .annotate(marked=Count("scorecard__scores"))
        .order_by("entry__category__sort_order", "entry__slug")
    )
    return Desk(tuple(Reading(item, progress_of(item), item.marked) for item in assignments))  # type: ignore[attr-defined]


def sheet_of(juror: Juror, slug: str) -> Sheet:
    """Return the sheet of the juror's own assignment. Raises Assignment.DoesNotExist for anyone else's."""
    assignments = Assignment.objects.select_related("entry__category", "entry__call__judging_phase", "scorecard")
    assignment = assignments.get(juror=juror, entry__slug=slug)
    call = assignment.entry.call
    card: Scorecard | None = getattr(assignment, "scorecard", None)
    scores = card.scores.values_list("criterion__slug", "value") if card else ()
    return Sheet(
        assignment=assignment,
        criteria=list(call.criteria.order_by("sort_order", "pk")),
        scale=list(call.scale.order_by("value")),
        card=card,
        marks=dict(scores),
        progress=progress_of(assignment),
    )


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

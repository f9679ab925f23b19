"""What a juror sees: their own assignments, one sheet at a time, how far they are. Never another juror's marks.

And who is late, when they were reminded last, in which language they are written to.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from awards.jury.rounds import criteria_for
from awards.models import (
    Answer,
    Assignment,
    CardComment,
    Category,
    Criterion,
    Entry,
    Juror,
    Question,
    Recusal,
    Round,
    ScaleLevel,
    Scorecard,
    ScoreChange,
)
from festival.models import OutgoingMail, User
from festival.text.languages import installed_languages, main_language
from festival.text.typography import local

HISTORY = 100  # changes of a card that are shown
REMINDER = "jury.reminder"  # the kind of mail


class Progress(StrEnum):
    """How far an assignment is."""

    TODO = "todo"
    DRAFT = "draft"
    DONE = "done"
    ABSTAINED = "abstained"
    RECUSED = "recused"
    GIVEN = "given"  # the chair gave the project to another juror
    CLOSED = "closed"  # the project left the contest


@dataclass(frozen=True, slots=True)
class Reading:
    """One assignment with how far it is; `marked` counts the criteria that have a mark."""

    assignment: Assignment
    progress: Progress
    marked: int
    barred_by: str = ""  # who said that there is a conflict: a `Recusal.Source`
    is_to_tune_by: bool = False  # the whole jury scores it first

    @property
    def entry(self) -> Entry:
        """The project to read."""
        return self.assignment.entry

    @property
    def section(self) -> Category | None:
        """Under what it is listed; None: the project to tune by stands alone, before all others."""
        return None if self.is_to_tune_by else self.entry.category

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
        """The assignment to go on with: the project to tune by, then drafts, then the list's order."""
        if self.readings and self.readings[0].is_to_tune_by and self.readings[0].is_waiting:
            return self.readings[0]
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
    notes: dict[str, str]
    asks_for_a_comment: bool


def seats_of(user: User) -> list[Juror]:
    """Return the user's seats in the juries of all calls, the newest call first."""
    return list(
        Juror.objects.seated().filter(user=user).select_related("call__edition").order_by("-call__opens", "-call_id")
    )


def seat_of(user: User, call_slug: str) -> Juror | None:
    """Return the user's seat in the jury of a call."""
    return Juror.objects.seated().filter(user=user, call__slug=call_slug).select_related("call__edition").first()


def desk_of(juror: Juror, judged: Round) -> Desk:
    """Return the juror's assignments in a round: the project to tune by, then by category and short name. One query."""
    assignments = (
        Assignment.objects.filter(juror=juror, round=judged)
        .select_related("entry__category", "scorecard", "note")
        .annotate(marked=Count("scorecard__scores"), barred_by=_barred_by())
        .order_by("entry__category__sort_order", "entry__slug")
    )
    readings = [
        Reading(item, progress_of(item), item.marked, item.barred_by, item.entry_id == judged.calibration_entry_id)  # type: ignore[attr-defined]
        for item in assignments
    ]
    return Desk(tuple(sorted(readings, key=lambda item: not item.is_to_tune_by)))


def _barred_by() -> Coalesce:
    """Return, for a query of assignments, who said that juror and project are tied; empty where nobody did."""
    tie = Recusal.objects.filter(juror=OuterRef("juror"), entry=OuterRef("entry"))
    return Coalesce(Subquery(tie.values("source")[:1]), Value(""))


def owed_in(judged: Round) -> QuerySet[Assignment]:
    """Return the assignments of a round whose cards the jury still owes, by juror."""
    owed = Assignment.objects.open().filter(round=judged, entry__state=Entry.State.ELIGIBLE)
    return owed.exclude(scorecard__state__in=[Scorecard.State.SUBMITTED, Scorecard.State.ABSTAINED])


def has_cards_to_hand_in(juror: Juror, judged: Round) -> bool:
    """Return whether the juror still owes a card of the round."""
    return owed_in(judged).filter(juror=juror).exists()


def sheet_of(juror: Juror, judged: Round, slug: str) -> Sheet:
    """Return the sheet of the juror's own assignment. Raises Assignment.DoesNotExist for anyone else's.

    `judged` is a round of weighted marks, its rubric fetched along.
    """
    assignments = Assignment.objects.select_related("entry__category", "entry__call__edition", "scorecard", "note")
    assignment = assignments.get(juror=juror, round=judged, entry__slug=slug)
    rubric = judged.rubric
    assignment.round = judged
    card: Scorecard | None = getattr(assignment, "scorecard", None)
    scores = card.scores.values_list("criterion__slug", "value") if card else ()
    return Sheet(
        assignment=assignment,
        criteria=criteria_for(judged, assignment.entry),
        scale=list(rubric.scale.order_by("value")) if rubric else [],
        card=card,
        marks=dict(scores),
        progress=progress_of(assignment),
        answers=answers_for_jurors(assignment.entry, judged),
        notes=dict.fromkeys(CardComment.Audience.values, "")
        | (dict(card.comments.values_list("audience", "text")) if card else {}),
        asks_for_a_comment=bool(rubric and rubric.needs_comment),
    )


def history_of(sheet: Sheet) -> list[ScoreChange]:
    """Return every change of a mark of the juror's own card, the newest first. One query."""
    if sheet.card is None:
        return []
    return list(ScoreChange.objects.filter(card=sheet.card).select_related("criterion").order_by("-pk")[:HISTORY])


def peers_of(sheet: Sheet) -> list[Scorecard]:
    """Return the cards of the others on a project, once the juror's own is in and if the round lets them be seen.

    Those on the project to tune by always are: that is its sense. What they wrote for the jury is fetched along;
    nothing else of their texts is for this page.
    """
    judged, entry = sheet.assignment.round, sheet.assignment.entry_id
    is_open = judged.peers_visible or entry == judged.calibration_entry_id
    if not is_open or sheet.progress != Progress.DONE:
        return []
    cards = Scorecard.objects.counting().filter(assignment__round=judged, assignment__entry=entry)
    others = cards.exclude(assignment=sheet.assignment).select_related("assignment__juror")
    for_the_jury = CardComment.objects.filter(audience=CardComment.Audience.JURY).exclude(text="")
    return list(
        others.order_by("assignment__juror__sort_name").prefetch_related(
            "scores__criterion", Prefetch("comments", queryset=for_the_jury)
        )
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
    if assignment.state == Assignment.State.REASSIGNED:
        return Progress.GIVEN
    if not assignment.entry.is_in_contest:
        return Progress.CLOSED
    if card is None:
        return Progress.TODO
    return _OF_CARDS.get(card.state, Progress.DRAFT)


_OF_CARDS: dict[str, Progress] = {
    Scorecard.State.SUBMITTED: Progress.DONE,
    Scorecard.State.ABSTAINED: Progress.ABSTAINED,
}


class Obstacle(StrEnum):
    """Why a juror cannot be reminded now."""

    NOTHING_OWED = "nothing_owed"
    TODAY = "today"
    NO_ADDRESS = "no_address"


@dataclass(frozen=True, slots=True)
class Late:
    """A juror who owes cards: how many, where they are written to, and when they were last."""

    juror: Juror
    owed: int
    last_at: datetime | None
    obstacle: Obstacle | None


def late_in(judged: Round, *, now: datetime) -> list[Late]:
    """Return the jurors who owe a card of the round, by name. Three queries."""
    owed = Counter(owed_in(judged).values_list("juror_id", flat=True))
    jurors = list(Juror.objects.filter(pk__in=owed).select_related("user", "call"))
    sent = OutgoingMail.objects.filter(kind=REMINDER, fact_id__in=[str(juror.pk) for juror in jurors])
    last = dict(
        sent.exclude(state=OutgoingMail.State.FAILED).order_by("created_at").values_list("fact_id", "created_at")
    )
    return [
        Late(juror, owed[juror.pk], at := last.get(str(juror.pk)), obstacle_of(juror, owed[juror.pk], at, now))
        for juror in jurors
    ]


def obstacle_of(juror: Juror, owed: int, last_at: datetime | None, now: datetime) -> Obstacle | None:
    """Return why a juror is not written to at `now`, or None. A day is one of the festival's time zone."""
    if not owed:
        return Obstacle.NOTHING_OWED
    if not address_of(juror):
        return Obstacle.NO_ADDRESS
    if last_at is not None and local(last_at).date() == local(now).date():
        return Obstacle.TODAY
    return None


def address_of(juror: Juror) -> str:
    """Return where a juror is written to: the account's address, else the one that the organisers typed."""
    return juror.user.email if juror.user else juror.email


def language_of(juror: Juror) -> str:
    """Return the language that mails to the juror are in: the one that was set, the first of theirs, the main one."""
    return next(
        (code for code in [juror.mail_language, *juror.language_list] if code in installed_languages()), main_language()
    )

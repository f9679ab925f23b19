"""What each export of the awards holds: a heading and rows, for the one writer of spreadsheets."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _, gettext_lazy
from django_stubs_ext import StrPromise

from awards.applying.fields import LABELS
from awards.entering.submitting import FACTS
from awards.models import (
    Answer,
    Assignment,
    Call,
    Decision,
    Entry,
    EntryMember,
    Juror,
    PublicBallot,
    Question,
    Recusal,
    Round,
    Scorecard,
    Screening,
)

type Rows = Iterable[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Export:
    """A sheet that the office may take out of a call, with the right that it needs.

    `names_applicants` keeps it from whoever judges blind at the moment.
    """

    slug: str
    name: StrPromise
    right: str
    names_applicants: bool
    table: Callable[[Call, datetime], tuple[list[object], Rows]]


def applications(call: Call, now: datetime) -> tuple[list[object], Rows]:
    """Return every project with what it says, a column for each version of each question."""
    questions = list(Question.objects.filter(call=call).order_by("sort_order", "slug", "version"))
    given: dict[int, dict[int, Any]] = {}
    for entry, question, value in Answer.objects.filter(entry__call=call).values_list("entry", "question", "value"):
        given.setdefault(entry, {})[question] = value
    facts = [str(LABELS[name][0]) for name in FACTS]
    heading: list[object] = [_("Short name"), _("Category"), _("State"), _("Applicant"), _("E-mail address"), *facts]
    entries = Entry.objects.filter(call=call).select_related("category", "applicant")
    rows = (
        [
            *(entry.slug, entry.category.name, entry.get_state_display()),
            *((entry.applicant.name, entry.applicant.email) if entry.applicant else ("", "")),
            *(_fact(entry, name) for name in FACTS),
            *(_answer(given.get(entry.pk, {}).get(question.pk)) for question in questions),
        ]
        for entry in entries
    )
    return [*heading, *(_asked(question) for question in questions)], rows


def members(call: Call, now: datetime) -> tuple[list[object], Rows]:
    """Return who is invited to write along, or did."""
    heading: list[object] = [_("Project"), _("E-mail address"), _("Invited at"), _("Joined at"), _("Left at")]
    found = EntryMember.objects.filter(entry__call=call).select_related("entry")
    return heading, ([one.entry.title, one.email, one.invited_at, one.joined_at, one.ended_at] for one in found)


def screenings(call: Call, now: datetime) -> tuple[list[object], Rows]:
    """Return every decision of the screeners, in their order."""
    heading: list[object] = [_("Project"), _("Decision"), _("Reason"), _("Changes until"), _("Decided by"), _("When")]
    found = Screening.objects.filter(entry__call=call).select_related("entry", "decided_by")
    rows = (
        [one.entry.title, one.get_verdict_display(), one.reason, one.until, one.decided_by, one.decided_at]
        for one in found.order_by("decided_at", "pk")
    )
    return heading, rows


def assignments(call: Call, now: datetime) -> tuple[list[object], Rows]:
    """Return who reads what; nothing of what they write."""
    heading: list[object] = [_("Round"), _("Juror"), _("Project"), _("Category"), _("State")]
    found = Assignment.objects.filter(round__call=call).select_related("round", "juror", "entry__category")
    rows = (
        [one.round.name, one.juror.name, one.entry.title, one.entry.category.name, one.get_state_display()]
        for one in found
    )
    return heading, rows


def conflicts(call: Call, now: datetime) -> tuple[list[object], Rows]:
    """Return every conflict, lifted ones too, with what ties juror and project."""
    heading: list[object] = [
        *(_("Juror"), _("Project"), _("Declared by"), _("Tie"), _("Reason")),
        *(_("When"), _("Lifted at"), _("Why it was lifted")),
    ]
    found = Recusal.ever.filter(juror__call=call).select_related("juror", "entry")
    rows = (
        [
            *(one.juror.name, one.entry.title, one.get_source_display(), one.get_tie_display(), one.reason),
            *(one.declared_at, one.lifted_at, one.lifted_reason),
        ]
        for one in found
    )
    return heading, rows


def decisions(call: Call, now: datetime) -> tuple[list[object], Rows]:
    """Return the prizes with every decision about them; one that was replaced says so."""
    heading: list[object] = [
        *(_("Prize"), _("Decision"), _("Project"), _("Follows the frozen result"), _("Reason"), _("When")),
        _("Still holds"),
    ]
    standing = set(Decision.objects.standing().filter(prize__call=call).values_list("pk", flat=True))
    found = Decision.objects.filter(prize__call=call).select_related("prize", "entry").order_by("prize", "decided_at")
    rows = (
        [
            *(one.prize.name, one.get_kind_display(), one.entry.title if one.entry else ""),
            *(one.follows_tally, one.reason, one.decided_at, one.pk in standing),
        ]
        for one in found
    )
    return heading, rows


def public_ballots(call: Call, now: datetime) -> tuple[list[object], Rows]:
    """Return how many ballots each vote of the public had, by their state; of a vote that runs nothing."""
    heading: list[object] = [_("Round"), _("State"), _("Ballots")]
    over = Round.objects.filter(call=call, kind=Round.Kind.PUBLIC, closes__lt=now)
    found = PublicBallot.objects.filter(round__in=over).values_list("round", "state").annotate(count=Count("pk"))
    names, states = {judged.pk: judged.name for judged in over}, dict(PublicBallot.State.choices)
    return heading, ([names[judged], str(states[state]), count] for judged, state, count in found.order_by("round"))


def cards(judged: Round, *, barred: set[int], is_blind: bool) -> tuple[list[object], Rows]:
    """Return the cards of a round that are in, with the mark of each criterion and the comment for the chair.

    Projects in `barred` are left out. Where the round `is_blind`, jurors have numbers in place of names.
    """
    criteria = list(judged.rubric.criteria.order_by("sort_order", "pk")) if judged.rubric else []
    shown = _jurors(judged.call, is_blind=is_blind)
    kept = Scorecard.objects.filter(assignment__round=judged).exclude(state=Scorecard.State.DRAFT)
    found = kept.exclude(assignment__entry__in=barred).select_related("assignment__entry__category")
    ordered = found.order_by("assignment__entry__category__sort_order", "assignment__entry__slug", "pk")

    def rows() -> Rows:
        for card in ordered.prefetch_related("scores"):
            marks = {score.criterion_id: score.value for score in card.scores.all()}
            entry, who = card.assignment.entry, shown[card.assignment.juror_id]
            told = [entry.category.name, entry.title, who, card.get_state_display(), card.submitted_at]
            yield [*told, *(marks.get(one.pk) for one in criteria), card.comment or card.abstains_because]

    heading = [_("Category"), _("Project"), _("Juror"), _("State"), _("When")]
    return [*heading, *(one.name for one in criteria), _("Comment")], rows()


def _jurors(call: Call, *, is_blind: bool) -> dict[int, str]:
    """Return what each juror is called; their order by random numbers tells nothing."""
    found = Juror.objects.filter(call=call).order_by("uuid")
    return {
        juror.pk: _("Juror %(number)d") % {"number": number} if is_blind else juror.name
        for number, juror in enumerate(found, start=1)
    }


def _fact(entry: Entry, name: str) -> object:
    return entry.get_legal_form_display() if name == "legal_form" else getattr(entry, name)


def _asked(question: Question) -> str:
    return f"{question.label} (v{question.version})"


def _answer(value: Any) -> object:
    """Return an answer as a cell; a budget has its lines in one."""
    if isinstance(value, list):
        return ", ".join(
            f"{one['label']} {one['cents'] / 100:.2f}" if isinstance(one, dict) else str(one) for one in value
        )
    return value


EXPORTS = {
    export.slug: export
    for export in (
        Export(
            "applications", gettext_lazy("Applications with their answers"), "awards.view_answer", True, applications
        ),
        Export("members", gettext_lazy("People who write along"), "awards.view_entrymember", True, members),
        Export("screening", gettext_lazy("Decisions of the screening"), "awards.add_screening", True, screenings),
        Export("assignments", gettext_lazy("Who reads what"), "awards.change_assignment", False, assignments),
        Export("conflicts", gettext_lazy("Conflicts of the jury"), "awards.run_jury", True, conflicts),
        Export("decisions", gettext_lazy("Prizes and decisions"), "awards.change_prize", False, decisions),
        Export(
            "public-ballots", gettext_lazy("Ballots of the public, counted"), "awards.run_jury", False, public_ballots
        ),
    )
}

"""What a call asks, of whom, and when, in the reader's words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from awards.applying.wording import files_taken, only_if
from awards.models import Question
from awards.pages.queries import CallStatus
from festival.text.typography import number

_KINDS = {
    Question.Kind.DATE: gettext_lazy("A date."),
    Question.Kind.LINK: gettext_lazy("The address of a page."),
    Question.Kind.VIDEO: gettext_lazy("The address of a film."),
    Question.Kind.BUDGET: gettext_lazy("A table of what comes in and what is spent."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A question as people prepare for it: `how` it is answered, and `condition`, when it is asked at all."""

    label: str
    help: str
    how: str
    condition: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the form, under its heading."""

    heading: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Step:
    """A moment of the call."""

    at: datetime
    what: str | Promise
    is_past: bool


def parts_of(questions: Sequence[Question]) -> list[Part]:
    """Return what the call asks, in the parts and the order of its form."""
    parts: list[Part] = []
    for question in questions:
        if not parts or str(question.heading):
            parts.append(Part(str(question.heading) or _("The questions of this call"), []))
        parts[-1].lines.append(
            Line(
                str(question.label),
                str(question.help),
                how_answered(question),
                only_if(question, questions),
                question.is_required,
            )
        )
    return parts


def how_answered(question: Question) -> str:
    """Return what counts as an answer to a question, in a sentence."""
    match question.kind:
        case Question.Kind.TEXT:
            return _text(question)
        case Question.Kind.NUMBER:
            return _number(question)
        case Question.Kind.CHOICE:
            return _("One of: %(options)s.") % {"options": _options(question)}
        case Question.Kind.CHOICES:
            return _("Any of: %(options)s.") % {"options": _options(question)}
        case Question.Kind.FILE:
            return files_taken(question)
    return str(_KINDS[Question.Kind(question.kind)])


def exclusions_of(questions: Sequence[Question]) -> list[str]:
    """Return the sentences of the answers that exclude a project, in the order of the form."""
    return [
        str(option.exclusion) or _("Not eligible: “%(question)s” %(answer)s") % {"question": question, "answer": option}
        for question in questions
        for option in question.options.all()
        if option.excludes
    ]


def calendar_of(status: CallStatus) -> list[Step]:
    """Return the moments of a call that are known, in their order."""
    when = status.windows
    winners = status.winners.publish_at if status.winners else status.winners_planned_at or status.vote_announced_at
    steps: list[tuple[datetime | None, Promise]] = [
        (when.opens, gettext_lazy("The call opens")),
        (when.closes, gettext_lazy("The call closes")),
        (when.judging_opens, gettext_lazy("The jury begins to read")),
        (when.judging_closes, gettext_lazy("The jury has read")),
        (when.finalists_at, gettext_lazy("The finalists are announced")),
        (when.vote_opens, gettext_lazy("The public’s vote opens")),
        (when.vote_closes, gettext_lazy("The public’s vote closes")),
        (winners, gettext_lazy("The winners are announced")),
    ]
    known = [Step(at, what, at <= status.at) for at, what in steps if at is not None]
    return sorted(known, key=lambda step: step.at)


def _text(question: Question) -> str:
    if not question.limit:
        return _("A text.")
    told = {"limit": question.limit, "count": number(question.limit)}
    if question.limit_unit == Question.Unit.WORDS:
        return ngettext("At most %(count)s word.", "At most %(count)s words.", question.limit) % told
    return ngettext("At most %(count)s character.", "At most %(count)s characters.", question.limit) % told


def _number(question: Question) -> str:
    least, most = question.least, question.most
    told = {"least": number(least or 0), "most": number(most or 0)}
    if least is not None and most is not None:
        return _("A number from %(least)s to %(most)s.") % told
    if least is not None:
        return _("A number, at least %(least)s.") % told
    return _("A number, at most %(most)s.") % told if most is not None else _("A number.")


def _options(question: Question) -> str:
    return "; ".join(_labels(question))


def _labels(question: Question) -> Iterator[str]:
    return (str(option.label) for option in question.options.all())

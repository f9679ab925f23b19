"""Answers and questions in words."""

from collections.abc import Iterable
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext as _, ngettext

from festival.text import typography
from festival.text.collation import country_name
from tickets.models import Answer, Question
from tickets.questions import rules
from tickets.questions.faults import AnswersInTheWay
from tickets.questions.queries import QuestionFacts
from tickets.questions.rules import Frozen
from tickets.uploads.forms import KINDS_TAKEN


def shown(question: Question, value: str) -> str:
    """Return an answer as people read it."""
    if question.kind in {Question.Kind.CHOICE, Question.Kind.CHOICES}:
        labels = {option.slug: str(option.label) for option in question.options.all()}
        return ", ".join(labels.get(part, part) for part in rules.parts(value))
    match question.kind:
        case Question.Kind.YES_NO:
            return capfirst(_("yes") if value == rules.YES else _("no"))
        case Question.Kind.DATE:
            return typography.plain_date(date.fromisoformat(value))
        case Question.Kind.COUNTRY:
            return country_name(value, get_language() or "en")
        case Question.Kind.AGE:
            return ngettext("%(age)s year", "%(age)s years", int(value)) % {"age": value}
        case Question.Kind.FILE:
            return rules.file_name(value)
    return value


def answered(answer: Answer) -> tuple[str, str]:
    """Return question and answer, as it was asked and as people read it."""
    return str(answer.asked), shown(answer.question, answer.value)


def condition(question: QuestionFacts, parent: QuestionFacts) -> str:
    """Return the sentence above a question that is asked only after some answers to another one."""
    if parent.kind == Question.Kind.YES_NO:
        said = [capfirst(_("yes") if rules.YES in question.values else _("no"))]
    else:
        said = [option.label for option in parent.options if option.slug in question.values]
    quoted = [_("“%(words)s”") % {"words": words} for words in said]
    return _("Only if you said %(answers)s:") % {"answers": _either(quoted)}


def limits(question: QuestionFacts) -> str:
    """Return between which numbers an answer lies, or what files are taken; nothing without limits."""
    if question.kind == Question.Kind.FILE:
        return str(KINDS_TAKEN)
    told = {"lowest": question.lowest, "highest": question.highest}
    if question.lowest is not None and question.highest is not None:
        return _("From %(lowest)s to %(highest)s.") % told
    if question.lowest is not None:
        return _("%(lowest)s or more.") % told
    return _("%(highest)s at most.") % told if question.highest is not None else ""


def hint(question: QuestionFacts) -> str:
    """Return what stands below the field: the organiser's help, and what is taken."""
    return " ".join(filter(None, [question.help, limits(question)]))


def refusal(error: AnswersInTheWay) -> str:
    """Return why a question with answers cannot be changed like this, and what to do instead."""
    sentences = {
        Frozen.KIND: _("How it is answered stays"),
        Frozen.SUBJECT: _("What it is asked for stays"),
        Frozen.HEALTH: _("It stays a question about health"),
        Frozen.WORDING: _("Its words stay, unless you tick that they mean the same"),
        Frozen.OPTION: _("An answer that somebody chose stays: take away its tick “can be chosen”"),
        Frozen.PRODUCT: _("A product whose buyers have answered stays"),
    }
    why = ngettext(
        "%(count)s answer was given to it as it is.", "%(count)s answers were given to it as it is.", error.answers
    ) % {"count": error.answers}
    return f"{sentences[error.what]}. {why} " + _("To ask something else, stop asking this one and add another.")


def goes_in_circles() -> str:
    """Return why a question cannot follow another one."""
    return _("It can only follow a question that is asked of the same products, for the same thing, and no later.")


def never_asked() -> str:
    """Return why a question cannot lose an answer."""
    return _("Another question is asked only after one of these answers. Change that question first.")


def _either(words: Iterable[str]) -> str:
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    return _("%(first)s or %(last)s") % {"first": ", ".join(listed[:-1]), "last": listed[-1]}

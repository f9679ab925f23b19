"""The sentences of an applicant's pages: where a project stands, what happens next, what went wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from awards.entering.rules import Deadline, Moment
from awards.exceptions.base import AwardsError
from awards.exceptions.entering import CallNotOpen, EntryIncomplete, RulesChanged, TooManyEntries, TooManyFiles
from awards.models import Question
from festival.text.typography import clock_time, listed, plain_date

_STANDINGS = {
    Moment.DRAFT: (
        gettext_lazy("A draft: not sent in yet"),
        gettext_lazy("You can write on it until %(date)s at %(time)s. It counts once you send it in."),
    ),
    Moment.DRAFT_TOO_LATE: (
        gettext_lazy("Not sent in"),
        gettext_lazy(
            "The call closed on %(date)s at %(time)s, and this draft had not been sent in. It does not compete."
        ),
    ),
    Moment.SUBMITTED: (
        gettext_lazy("Sent in"),
        gettext_lazy(
            "You can still change it and send it in again until %(date)s at %(time)s. After that we check each "
            "project, and write to you."
        ),
    ),
    Moment.CHECKING: (
        gettext_lazy("Sent in, being checked"),
        gettext_lazy("We check that each project fits the rules, and write to you. You need not do anything."),
    ),
    Moment.CHANGES_ASKED: (
        gettext_lazy("Changes asked"),
        gettext_lazy("Please change what we wrote to you about, and send it in again until %(date)s at %(time)s."),
    ),
    Moment.ELIGIBLE: (
        gettext_lazy("In the contest"),
        gettext_lazy("Your project fits the rules. Next, the jury reads it; you need not do anything."),
    ),
    Moment.INELIGIBLE: (
        gettext_lazy("Not in the contest"),
        gettext_lazy(
            "Your project does not fit the rules of this call. Answer our mail if you think that we are wrong."
        ),
    ),
    Moment.WITHDRAWN: (
        gettext_lazy("Withdrawn"),
        gettext_lazy("You have taken this project out of the contest."),
    ),
    Moment.DISQUALIFIED: (
        gettext_lazy("Out of the contest"),
        gettext_lazy("This project has left the contest. Answer our mail if you think that we are wrong."),
    ),
    Moment.JUDGING: (
        gettext_lazy("The jury is at work"),
        gettext_lazy("The jury reads the projects. Next, the finalists are announced; we write to you first."),
    ),
    Moment.DECIDED: (
        gettext_lazy("The jury has finished"),
        gettext_lazy("The finalists are announced soon; we write to you first."),
    ),
    Moment.FINALIST: (
        gettext_lazy("A finalist"),
        gettext_lazy("Your project is a finalist. The winners are named at the ceremony."),
    ),
    Moment.NOT_CHOSEN: (
        gettext_lazy("Not a finalist"),
        gettext_lazy("The jury has chosen other projects this time. Thank you for showing yours."),
    ),
    Moment.WINNER: (
        gettext_lazy("A winner"),
        gettext_lazy("Your project wins a prize, and everybody may know. Congratulations!"),
    ),
    Moment.MENTIONED: (
        gettext_lazy("A special mention"),
        gettext_lazy("The jury mentions your project, and everybody may know. Congratulations!"),
    ),
    Moment.FINALIST_OVER: (
        gettext_lazy("Was a finalist"),
        gettext_lazy("This contest is over, and your project was one of its finalists. Its page stays readable."),
    ),
    Moment.NOT_CHOSEN_OVER: (
        gettext_lazy("Took part"),
        gettext_lazy("This contest is over. What you sent in stays here for you to read."),
    ),
}
_SENTENCES = {
    "draft_changed": gettext_lazy(
        "This application was saved in another window in the meantime. What you typed here is still below, the other "
        "version beside it; save again to replace that."
    ),
    "entry_locked": gettext_lazy("This project cannot be changed any more. What you typed is still below."),
    "not_the_owner": gettext_lazy("Only the person who began the project does this."),
    "too_many_members": gettext_lazy("Ten people are invited already; nobody more can be."),
    "not_invited": gettext_lazy("This invitation leads nowhere: it is older than a fortnight, or was taken back."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a project stands, in words."""

    name: str
    next: str


def standing(moment: Moment, deadline: Deadline) -> Standing:
    """Return the words of a moment."""
    name, following = _STANDINGS[moment]
    return Standing(str(name), str(following) % _when(deadline))


def sentence_for(error: AwardsError, deadline: Deadline) -> str:
    """Return what to tell the person whose action was refused; says what became of what they typed."""
    match error:
        case CallNotOpen(opens=None):
            return _(
                "The call closed on %(date)s at %(time)s, so this was not taken. What you typed is still below."
            ) % _when(deadline)
        case CallNotOpen():
            return _("The call opens on %(date)s at %(time)s. What you typed is still below.") % {
                "date": plain_date(deadline.opens),
                "time": clock_time(deadline.opens),
            }
        case RulesChanged():
            return _("The rules have changed meanwhile: read version %(version)s, and accept it once more.") % {
                "version": error.version
            }
        case TooManyFiles():
            return ngettext(
                "There is a file already. Take it out first.",
                "There are %(count)s files already. Take one out first.",
                error.most,
            ) % {"count": error.most}
        case TooManyEntries():
            return ngettext(
                "This call takes one project of an applicant; withdraw the other first.",
                "This call takes %(count)s projects of an applicant; withdraw another first.",
                error.most,
            ) % {"count": error.most}
        case EntryIncomplete():
            return _("Something is missing or wrong still. Everything you typed is saved.")
    return str(_SENTENCES.get(error.code) or _("This cannot be saved as it is."))


def files_taken(question: Question) -> str:
    """Return which files a question takes."""
    kinds = [str(Question.FileKind(kind).label) for kind in question.file_kind_list]
    told = {"kinds": _(" or ").join(kinds), "megabytes": question.max_megabytes, "count": question.max_files}
    return (
        ngettext(
            "%(kinds)s, %(megabytes)s MB at most, one file.",
            "%(kinds)s, %(megabytes)s MB each, %(count)s at most.",
            question.max_files,
        )
        % told
    )


def only_if(question: Question, questions: Sequence[Question]) -> str:
    """Return when a question is asked, empty for always: what is said where no script hides it."""
    where = [str(category.name) for category in question.categories.all()]
    parts = [_("Only in: %(categories)s.") % {"categories": listed(where)}] if where else []
    other = next((one for one in questions if one.slug == question.depends_on), None)
    if other is not None:
        chosen = [str(option.label) for option in other.options.all() if option.slug in question.depends_option_list]
        told = {
            "question": other.label,
            "answers": _(" or ").join(_("“%(title)s”") % {"title": answer} for answer in chosen),
        }
        parts.append(_("Only if you answer “%(question)s” with %(answers)s.") % told)
    return " ".join(parts)


def saved_at(moment: Any) -> str:
    """Return when a draft was saved."""
    return _("Saved at %(time)s.") % {"time": clock_time(moment)}


def _when(deadline: Deadline) -> dict[str, str]:
    return {"date": plain_date(deadline.told), "time": clock_time(deadline.told)}

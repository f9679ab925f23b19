"""The sentences for what can go wrong, in the visitor’s language."""

from datetime import datetime

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from awards.exceptions import AwardsError, CardsMissing, EntryWasRead, JudgingNotOpen, JuryStillAtWork, RubricInUse
from awards.exceptions.scoring import NotFinished, TooManyApproved
from awards.models import Round
from festival.text.typography import clock_time, plain_date

SENTENCES = {
    "scorecard_changed": gettext_lazy(
        "This scorecard was saved in another window in the meantime. What you typed here is still below, the other "
        "version beside it; save again to replace that."
    ),
    "scorecard_submitted": gettext_lazy("This scorecard is already submitted. To change it, submit it again."),
    "pair_recused": gettext_lazy("A conflict of interest keeps you from this project, so it takes no scores from you."),
    "given_to_another": gettext_lazy(
        "This project has been given to another juror, so it takes no scores from you. What you wrote is kept on "
        "record."
    ),
    "entry_out_of_contest": gettext_lazy("This project has left the contest, so it takes no more scores."),
    "tie_at_the_cut": gettext_lazy(
        "A tie still lies across the last finalist’s place. Decide it first, then freeze the result."
    ),
    "jury_disconnected": gettext_lazy(
        "Some projects of one category have no juror in common with the others, not even through others: nothing tells "
        "whether they are better or their jurors kinder. Let jurors of both sides read some, or count by the mean."
    ),
    "chair_recused": gettext_lazy(
        "You have stepped back from one of these projects, so you have no vote between them. "
        "The organisers can let another juror chair the jury for this vote."
    ),
    "frozen_result_edited": gettext_lazy(
        "This frozen result was changed after it was frozen: it no longer fits its hash. It is neither given out nor "
        "published."
    ),
    "not_in_round": gettext_lazy("This juror or this project does not take part in this round."),
    "already_assigned": gettext_lazy("This juror already reads this project."),
    "own_choice": gettext_lazy("You hand out the projects, so you do not choose those that you read yourself."),
    "own_project": gettext_lazy("This person applied with this project, so does not judge it."),
    "card_handed_in": gettext_lazy("This scorecard is handed in, so it counts and stays with its juror."),
    "not_reminded": gettext_lazy("Nobody is written to twice a day, or without scorecards that are missing."),
    "assignment_in_use": gettext_lazy("The juror has begun this scorecard, so the assignment stays."),
    "abstained": gettext_lazy("You abstain on this project. Take that back first, then score it."),
    "comment_missing": gettext_lazy("This rubric asks for a comment: say in a few words why."),
    "ballot_changed": gettext_lazy(
        "Your ballot was saved in another window in the meantime. What you chose here is still below; save again to "
        "replace that."
    ),
    "ballot_not_fit": gettext_lazy(
        "The ballot has changed: a project or a choice is no longer on it. Look at it again."
    ),
    "ballot_incomplete": gettext_lazy("Something is still missing on your ballot."),
    "pair_not_fit": gettext_lazy("These two projects are no longer a pair for you. Take the next one."),
    "not_tied": gettext_lazy("These projects are no longer tied: the scores have changed since you opened the page."),
}


def sentence_for(error: AwardsError, judged: Round) -> str:
    """Return what to tell the person whose action was refused; says what became of what they typed."""
    begins = {"date": plain_date(judged.opens), "time": clock_time(judged.opens)}
    ends = {"date": plain_date(judged.closes), "time": clock_time(judged.closes)}
    match error:
        case JudgingNotOpen(is_over=True):
            return (
                _(
                    "The jury’s round ended on %(date)s at %(time)s, so this was not saved. "
                    "What you typed is still below."
                )
                % ends
            )
        case JudgingNotOpen():
            return (
                _(
                    "The jury’s round begins on %(date)s at %(time)s; until then nothing is saved. "
                    "What you typed is still below."
                )
                % begins
            )
        case JuryStillAtWork():
            return _("The result can be frozen once the jury’s round is over: on %(date)s at %(time)s.") % ends
        case _:
            return plain_sentence(error)


def saved_on(moment: datetime) -> str:
    """Return when a card was saved, as a sentence."""
    when = {"date": plain_date(moment), "time": clock_time(moment)}
    return _("Saved on %(date)s at %(time)s.") % when


def plain_sentence(error: AwardsError) -> str:
    """Return the sentence of an error that needs no dates."""
    if isinstance(error, CardsMissing):
        return ngettext(
            "%(cards)d scorecard is missing. Say why the result is frozen without it.",
            "%(cards)d scorecards are missing. Say why the result is frozen without them.",
            error.cards,
        ) % {"cards": error.cards}
    if isinstance(error, EntryWasRead):
        return ngettext(
            "%(cards)d scorecard was written on this project. It can leave the contest, not become a draft again.",
            "%(cards)d scorecards were written on this project. It can leave the contest, not become a draft again.",
            error.cards,
        ) % {"cards": error.cards}
    if isinstance(error, RubricInUse):
        return ngettext(
            "%(cards)d scorecard uses this rubric, so its weights, criteria, marks and tie-break stay as they are.",
            "%(cards)d scorecards use this rubric, so its weights, criteria, marks and tie-break stay as they are.",
            error.cards,
        ) % {"cards": error.cards}
    if isinstance(error, TooManyApproved):
        return ngettext(
            "You can approve %(most)d project at most.", "You can approve %(most)d projects at most.", error.most
        ) % {"most": error.most}
    if isinstance(error, NotFinished):
        return ngettext(
            "%(owed)d scorecard is still to be handed in.", "%(owed)d scorecards are still to be handed in.", error.owed
        ) % {"owed": error.owed}
    return str(SENTENCES.get(error.code) or _("This cannot be saved as it is."))


def saved_outside(cards: int) -> str:
    """Return why a round keeps its times."""
    sentence = ngettext(
        "%(cards)d scorecard was saved outside these times.",
        "%(cards)d scorecards were saved outside these times.",
        cards,
    )
    return sentence % {"cards": cards}


def kept_for_projects(entries: int, name: str) -> str:
    """Return why the public does not decide a prize that projects compete for."""
    sentence = ngettext(
        "%(entries)d project competes for “%(name)s”, so the public does not decide it.",
        "%(entries)d projects compete for “%(name)s”, so the public does not decide it.",
        entries,
    )
    return sentence % {"entries": entries, "name": name}


def kept_in_edition(entries: int) -> str:
    """Return why a call stays in its edition."""
    sentence = ngettext(
        "%(entries)d project is entered in this call, so it stays in its edition.",
        "%(entries)d projects are entered in this call, so it stays in its edition.",
        entries,
    )
    return sentence % {"entries": entries}

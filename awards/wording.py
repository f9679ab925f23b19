"""The sentences for what can go wrong, in the visitor’s language."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.exceptions import AwardsError, JudgingNotOpen, JuryStillAtWork
from awards.models import Call
from festival.text.typography import clock_time, plain_date

SENTENCES = {
    "scorecard_changed": gettext_lazy(
        "This scorecard was saved in another window in the meantime. What you typed here is still below; "
        "save again to replace the other version."
    ),
    "scorecard_submitted": gettext_lazy("This scorecard is already submitted. To change it, submit it again."),
    "pair_recused": gettext_lazy("You have stepped back from this project, so it takes no scores from you."),
    "entry_out_of_contest": gettext_lazy("This project has left the contest, so it takes no more scores."),
    "tie_at_the_cut": gettext_lazy(
        "A tie still lies across the last finalist’s place. Decide it first, then freeze the result."
    ),
    "not_tied": gettext_lazy("These projects are no longer tied: the scores have changed since you opened the page."),
}


def sentence_for(error: AwardsError, call: Call) -> str:
    """Return what to tell the person whose action was refused; says what became of what they typed."""
    phase = call.judging_phase
    begins = {"date": plain_date(phase.opens), "time": clock_time(phase.opens)}
    ends = {"date": plain_date(phase.closes), "time": clock_time(phase.closes)}
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
            return str(SENTENCES.get(error.code) or _("This cannot be saved as it is."))

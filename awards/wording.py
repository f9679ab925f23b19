"""The sentences for what can go wrong and for how ties were decided, in the visitor's language."""

from django.utils.translation import gettext as _

from awards.exceptions import (
    AwardsError,
    EntryOutOfContest,
    JudgingNotOpen,
    JuryStillAtWork,
    NotTied,
    PairRecused,
    ScorecardChanged,
    ScorecardSubmitted,
    TieAtTheCut,
)
from awards.models import Call
from festival.typography import clock_time, plain_date


def sentence_for(error: AwardsError, call: Call) -> str:
    """Return what to tell the person whose action was refused; says what became of what they typed."""
    phase = call.judging_phase
    match error:
        case JudgingNotOpen(is_over=True):
            when = {"date": plain_date(phase.closes), "time": clock_time(phase.closes)}
            return _(
                "The jury’s round ended on %(date)s at %(time)s, so this was not saved. What you typed is still below."
            ) % when
        case JudgingNotOpen():
            when = {"date": plain_date(phase.opens), "time": clock_time(phase.opens)}
            return _(
                "The jury’s round begins on %(date)s at %(time)s; until then nothing is saved. What you typed is still below."
            ) % when
        case ScorecardChanged():
            return _(
                "This scorecard was saved in another window in the meantime. What you typed here is still below; "
                "save again to replace the other version."
            )
        case ScorecardSubmitted():
            return _("This scorecard is already submitted. To change it, submit it again.")
        case PairRecused():
            return _("You have stepped back from this project, so it takes no scores from you.")
        case EntryOutOfContest():
            return _("This project has left the contest, so it takes no more scores.")
        case JuryStillAtWork():
            when = {"date": plain_date(phase.closes), "time": clock_time(phase.closes)}
            return _("The result can be frozen once the jury’s round is over: on %(date)s at %(time)s.") % when
        case TieAtTheCut():
            return _("A tie still lies across the last finalist’s place. Decide it first, then freeze the result.")
        case NotTied():
            return _("These projects are no longer tied: the scores have changed since you opened the page.")
        case _:
            return _("This cannot be saved as it is.")

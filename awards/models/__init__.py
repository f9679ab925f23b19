"""Calls, entries, the jury and what it wrote, frozen results. What jurors wrote is never deleted."""

from awards.models.call import Call, Category, Criterion, ScaleLevel
from awards.models.entries import Entry
from awards.models.jury import Assignment, Juror, Recusal
from awards.models.results import CastingVote, Tally, TallyRow
from awards.models.scores import Score, Scorecard, ScoreChange

__all__ = [
    "Assignment",
    "Call",
    "CastingVote",
    "Category",
    "Criterion",
    "Entry",
    "Juror",
    "Recusal",
    "ScaleLevel",
    "Score",
    "ScoreChange",
    "Scorecard",
    "Tally",
    "TallyRow",
]

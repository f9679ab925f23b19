"""Calls with their rounds, applicants and entries, the jury and what it wrote, frozen results.

What jurors wrote is never deleted.
"""

from awards.models.applicants import Applicant
from awards.models.applications import Question, QuestionOption
from awards.models.call import Call, Category
from awards.models.entries import Entry, EntryOnStage
from awards.models.jury import Assignment, Juror, Recusal
from awards.models.members import EntryMember, EntryReminder
from awards.models.results import CastingVote, Tally, TallyRow
from awards.models.rounds import Criterion, Round, Rubric, ScaleLevel
from awards.models.scores import Score, Scorecard, ScoreChange
from awards.models.submissions import Answer, EntryDraft, EntryFile, EntryRevision

__all__ = [
    "Answer",
    "Applicant",
    "Assignment",
    "Call",
    "CastingVote",
    "Category",
    "Criterion",
    "Entry",
    "EntryDraft",
    "EntryFile",
    "EntryMember",
    "EntryOnStage",
    "EntryReminder",
    "EntryRevision",
    "Juror",
    "Question",
    "QuestionOption",
    "Recusal",
    "Round",
    "Rubric",
    "ScaleLevel",
    "Score",
    "ScoreChange",
    "Scorecard",
    "Tally",
    "TallyRow",
]

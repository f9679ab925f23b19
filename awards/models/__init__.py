"""Calls with their rounds and prizes, applicants and entries, the jury and what it wrote, results, decisions.

What jurors wrote is never deleted.
"""

from awards.models.announcements import Announcement, AnnouncementLetter, FeedbackComment, FeedbackRelease
from awards.models.applicants import Applicant
from awards.models.applications import Question, QuestionOption
from awards.models.call import Call, Category, Extension, RulesVersion
from awards.models.decisions import Decision
from awards.models.deliberations import AgendaItem, Deliberation, Motion, MotionBallot, MotionVoter, Presence
from awards.models.entries import Entry, EntryOnStage, Screening, ScreeningLetter
from awards.models.jury import Assignment, Juror, Recusal
from awards.models.members import EntryMember, EntryReminder
from awards.models.prizes import Prize
from awards.models.results import CastingVote, Tally, TallyRow
from awards.models.rounds import Criterion, Round, Rubric, ScaleLevel
from awards.models.scores import Score, Scorecard, ScoreChange
from awards.models.submissions import Answer, EntryDraft, EntryFile, EntryRevision

__all__ = [
    "AgendaItem",
    "Announcement",
    "AnnouncementLetter",
    "Answer",
    "Applicant",
    "Assignment",
    "Call",
    "CastingVote",
    "Category",
    "Criterion",
    "Decision",
    "Deliberation",
    "Entry",
    "EntryDraft",
    "EntryFile",
    "EntryMember",
    "EntryOnStage",
    "EntryReminder",
    "EntryRevision",
    "Extension",
    "FeedbackComment",
    "FeedbackRelease",
    "Juror",
    "Motion",
    "MotionBallot",
    "MotionVoter",
    "Presence",
    "Prize",
    "Question",
    "QuestionOption",
    "Recusal",
    "Round",
    "Rubric",
    "RulesVersion",
    "ScaleLevel",
    "Score",
    "ScoreChange",
    "Scorecard",
    "Screening",
    "ScreeningLetter",
    "Tally",
    "TallyRow",
]

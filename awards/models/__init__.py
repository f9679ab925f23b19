"""Calls with their rounds and prizes, applicants and entries, the jury and what it wrote, results, decisions.

What jurors wrote is never deleted.
"""

from awards.models.announcements import (
    Announcement,
    AnnouncementLetter,
    CeremonyStep,
    FeedbackComment,
    FeedbackRelease,
    FinalistLetter,
)
from awards.models.applicants import Applicant
from awards.models.applications import Question, QuestionOption
from awards.models.call import Call, Category, Extension, RulesVersion
from awards.models.deliberations import AgendaItem, Deliberation, Motion, MotionBallot, MotionVoter, Presence
from awards.models.entries import Entry, EntryOnStage, Screening, ScreeningLetter
from awards.models.judging.ballots import BallotLine, BallotVersion, JuryBallot, PairAnswer
from awards.models.judging.comments import CardComment, FinishedRound, ReadingNote
from awards.models.judging.jurors import Juror
from awards.models.jury import Assignment, AssignmentBatch, Recusal
from awards.models.prizes import Decision, Prize
from awards.models.results import CastingVote, Tally, TallyRow
from awards.models.rounds import Round
from awards.models.rubrics import Criterion, Rubric, ScaleLevel
from awards.models.scores import Score, Scorecard, ScoreChange
from awards.models.submissions import Answer, EntryDraft, EntryFile, EntryMember, EntryReminder, EntryRevision
from awards.models.votes import PublicBallot, PublicGrade, SentBallot

__all__ = [
    "AgendaItem",
    "Announcement",
    "AnnouncementLetter",
    "Answer",
    "Applicant",
    "Assignment",
    "AssignmentBatch",
    "BallotLine",
    "BallotVersion",
    "Call",
    "CardComment",
    "CastingVote",
    "Category",
    "CeremonyStep",
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
    "FinalistLetter",
    "FinishedRound",
    "Juror",
    "JuryBallot",
    "Motion",
    "MotionBallot",
    "MotionVoter",
    "PairAnswer",
    "Presence",
    "Prize",
    "PublicBallot",
    "PublicGrade",
    "Question",
    "QuestionOption",
    "ReadingNote",
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
    "SentBallot",
    "Tally",
    "TallyRow",
]

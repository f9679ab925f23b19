"""The part `awards` of the demonstration's file."""

from typing import Annotated, Any

from pydantic import Field

from awards.models import Entry, Question
from festival.importing.values import (
    NOT_IMPORTED,
    Country,
    Day,
    LanguageCode,
    MailAddress,
    Moment,
    Row,
    Website,
    Words,
    line,
    one_of,
    reference,
    short_name,
    texts,
    whole,
)

MANY = 1_000_000_000
Count = Annotated[int, *whole(0, MANY)]
Label = Annotated[Words, *texts(250, required=True)]
Prose = Annotated[Words, *texts(required=True)]


class CategoryRow(Row):
    """`awards.categories[]`."""

    id: Annotated[str, *short_name()]
    name: Label
    description: Prose
    prize: Label
    decided_by: Annotated[str, *one_of(["public_vote"])] | None = None


class OptionRow(Row):
    """`awards.questions[].options[]`."""

    id: Annotated[str, *short_name()]
    label: Label


class QuestionRow(Row):
    """`awards.questions[]`: what applicants are asked."""

    id: Annotated[str, *short_name()]
    kind: Annotated[str, *one_of(Question.Kind.values)]
    label: Label
    help: Annotated[Words, *texts()] | None = None
    required: bool
    limit: Count | None
    unit: str
    audience: str
    hidden_when_blind: bool
    options: list[OptionRow]


class CriterionRow(Row):
    """`awards.criteria[]`."""

    id: Annotated[str, *short_name()]
    name: Label
    weight: Annotated[int, *whole(1, 100)]
    question: Prose


class Level(Row):
    """`awards.scale[]`."""

    value: Annotated[int, *whole(0, 100)]
    label: Label


class Ceilings(Row):
    """`awards.ceilings`."""

    funding_received_eur: Count


class JurorRow(Row):
    """`awards.jurors[]`."""

    id: Annotated[str, *short_name(80)]
    name: Annotated[str, *line(120, required=True)]
    sort_name: Annotated[str, *line(120, required=True)]
    role: Label
    organisation: Annotated[str, *line(160)]
    city: Annotated[str, *line(80)]
    country: Country
    languages: list[LanguageCode]
    bio: Prose
    email: MailAddress
    president: bool
    fictional: Any = Field(None, description=NOT_IMPORTED)
    accessibility: Any = Field(None, description=NOT_IMPORTED)
    also_speaker: Any = Field(None, description=NOT_IMPORTED)


class RecusalRow(Row):
    """`awards.recusals[]`."""

    juror: Annotated[str, *reference("jurors")]
    project: Annotated[str, *reference("projects")]
    declared_at: Moment
    reason: Prose
    when: Any = Field(None, description=NOT_IMPORTED)


class AssignmentRow(Row):
    """`awards.assignments[]`: who reads which project."""

    project: Annotated[str, *reference("projects")]
    jurors: list[Annotated[str, *reference("jurors")]]


class Crowdfunding(Row):
    """`awards.projects[].crowdfunding`."""

    url: Website
    goal_eur: Count
    raised_eur: Count
    asked_on: Day
    ends: Day


class ApplicantRow(Row):
    """`awards.projects[].applicant`."""

    name: Annotated[str, *line(120, required=True)]
    email: MailAddress
    language: LanguageCode


class ProjectRow(Row):
    """`awards.projects[]`."""

    id: Annotated[str, *short_name(80)]
    category: Annotated[str, *reference("categories")]
    title: Label
    holder: Annotated[str, *line(160, required=True)]
    legal_form: Annotated[str, *one_of(Entry.LegalForm.values)]
    city: Annotated[str, *line(80)]
    country: Country
    founded: Annotated[int, *whole(1800, 2199)]
    funding_received_eur: Count
    community_size: Count
    pitch: Prose
    tags: list[Annotated[str, *line(60, required=True)]]
    website: Website | None
    video: Website | None
    licence: Annotated[str, *line(80)] | None
    crowdfunding: Crowdfunding | None
    status: Annotated[str, *one_of(["submitted", "withdrawn", "ineligible", "disqualified"])]
    status_note: Annotated[Words, *texts()] | None = None
    language_of_application: LanguageCode
    applicant: ApplicantRow
    answers: dict[str, Any]
    fictional: Any = Field(None, description=NOT_IMPORTED)
    finalist: Any = Field(None, description=NOT_IMPORTED)


class CardRow(Row):
    """`awards.sample_evaluations[]`: what a juror gave a project."""

    juror: Annotated[str, *reference("jurors")]
    project: Annotated[str, *reference("projects")]
    status: Annotated[str, *one_of(["submitted", "draft", "not_started", "voided_recusal"])]
    scores: dict[str, Annotated[int, *whole(0, 100)] | None] | None
    comment: Annotated[Words, *texts()] | None
    submitted_at: Moment | None


class PublicVote(Row):
    """`awards.public_vote`. The phase says when it is open; ballots are made so that they show `sample_counts`."""

    results_hidden_until: Moment
    opens: Moment
    closes: Moment
    one_per: Any = Field(None, description=NOT_IMPORTED)
    changeable: Any = Field(None, description=NOT_IMPORTED)
    sample_counts: dict[str, Annotated[int, *whole(0, 1_000_000)]]
    expected_winner: Any = Field(None, description=NOT_IMPORTED)


class Awards(Row):
    """`awards`."""

    categories: list[CategoryRow]
    rules: list[Prose]
    questions: list[QuestionRow]
    criteria: list[CriterionRow]
    scale: list[Level]
    tie_break: list[str]
    readers_per_project: Annotated[int, *whole(1, 50)]
    finalists_per_category: Annotated[int, *whole(1, 50)]
    ceilings: Ceilings
    jurors: list[JurorRow]
    recusals: list[RecusalRow]
    assignments: list[AssignmentRow]
    projects: list[ProjectRow]
    sample_evaluations: list[CardRow]
    public_vote: PublicVote
    formula: Any = Field(None, description=NOT_IMPORTED)
    expected_results: Any = Field(None, description=NOT_IMPORTED)

"""Rows of the awards for tests. Cards are written by the real action, so that their log is sound."""

from datetime import datetime
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from awards.jury.scoring import Marks, save_scorecard
from awards.models import (
    Answer,
    Applicant,
    Assignment,
    Call,
    Category,
    Criterion,
    Entry,
    Juror,
    Question,
    Round,
    Rubric,
    ScaleLevel,
)
from tests.factories.festival import EditionFactory, UserFactory

PARIS = ZoneInfo("Europe/Paris")
BEFORE = datetime(2027, 3, 10, 10, tzinfo=PARIS)
DURING = datetime(2027, 3, 20, 10, tzinfo=PARIS)
AFTER = datetime(2027, 4, 6, 10, tzinfo=PARIS)
IN_ROUND_TWO = datetime(2027, 4, 12, 10, tzinfo=PARIS)
AFTER_ROUND_TWO = datetime(2027, 4, 16, 10, tzinfo=PARIS)
WORDS = ("Absent", "Insuffisant", "Fragile", "Solide", "Remarquable", "Exemplaire")


def both(french, english=None):
    return {"fr": french, "en": english or french}


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


class CallFactory(DjangoModelFactory):
    """A call with one category (`making`), a round of the jury (two finalists) and one of the public."""

    class Meta:
        model = Call
        skip_postgeneration_save = True

    edition = factory.SubFactory(EditionFactory)
    slug = factory.Sequence(lambda n: f"call-{n}")
    name = both("Les Prix", "Awards")
    opens = at("2026-12-01T10:00")
    closes = at("2027-02-28T23:59:59")

    @factory.post_generation
    def parts(self, create, extracted, **kwargs):
        Category.objects.create(call=self, slug="making", name=both("Fabriquer", "Making"))
        RoundFactory(call=self, rubric=rubric(self))
        RoundFactory(
            call=self,
            order=9,
            kind=Round.Kind.PUBLIC,
            mode=Round.Mode.GRADE,
            name=both("Vote du public", "Public vote"),
            opens=at("2027-04-19T10:00"),
            closes=at("2027-05-04T23:59:59"),
            announced_at=at("2027-05-07T18:00"),
        )


def rubric(call, version=1):
    """Two criteria: `impact` weighs 60, `spread` 40; ties look at `impact`."""
    made = Rubric.objects.create(call=call, version=version, name=both("Grille", "Scorecard"))
    for place, (slug, french, english, weight, tie_break) in enumerate(
        (("impact", "Utilité", "Usefulness", 60, 1), ("spread", "Essaimage", "Spread", 40, None))
    ):
        Criterion.objects.create(
            rubric=made, slug=slug, name=both(french, english), weight=weight, tie_break=tie_break, sort_order=place
        )
    for value, word in enumerate(WORDS):
        ScaleLevel.objects.create(rubric=made, value=value, label=both(word))
    return made


class RoundFactory(DjangoModelFactory):
    class Meta:
        model = Round

    call = factory.SubFactory(CallFactory)
    order = 1
    name = both("Premier tour", "First round")
    opens = at("2027-03-15T09:00")
    closes = at("2027-04-05T23:59:59")
    announced_at = at("2027-04-08T11:00")
    finalists_per_category = 2


def first_round(call):
    """The round of the jury that every call of the factory has."""
    return call.rounds.get(order=1)


def second_round(call, **changes):
    """A final among the finalists of the first round, by the same rubric, two days after these are announced."""
    first = first_round(call)
    fields = {
        "order": 2,
        "kind": Round.Kind.FINAL,
        "name": both("Finale", "Final"),
        "opens": at("2027-04-10T09:00"),
        "closes": at("2027-04-15T18:00"),
        "announced_at": None,
        "finalists_per_category": 1,
        "rubric": first.rubric,
        "follows": first,
    }
    return RoundFactory(call=call, **fields | changes)


class ApplicantFactory(DjangoModelFactory):
    class Meta:
        model = Applicant

    email = factory.Sequence(lambda n: f"applicant{n}@example.org")
    name = factory.Sequence(lambda n: f"Applicant {n}")
    created_at = at("2026-12-02T10:00")


class EntryFactory(DjangoModelFactory):
    class Meta:
        model = Entry

    call = factory.SubFactory(CallFactory)
    category = factory.LazyAttribute(lambda entry: entry.call.categories.get(slug="making"))
    slug = factory.Sequence(lambda n: f"project-{n}")
    state = Entry.State.ELIGIBLE
    title = factory.LazyAttribute(lambda entry: both(f"Projet {entry.slug}", f"Project {entry.slug}"))
    pitch = both("Nous réparons.", "We mend.")
    holder = "Association Paliers"


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    call = factory.SubFactory(CallFactory)
    slug = factory.Sequence(lambda n: f"question-{n}")
    label = both("Que changerait le prix ?", "What would the prize change?")


class AnswerFactory(DjangoModelFactory):
    class Meta:
        model = Answer

    entry = factory.SubFactory(EntryFactory)
    question = factory.LazyAttribute(lambda answer: QuestionFactory(call=answer.entry.call))
    value = "Un atelier de plus."
    updated_at = at("2027-01-10T10:00")


class JurorFactory(DjangoModelFactory):
    class Meta:
        model = Juror

    call = factory.SubFactory(CallFactory)
    user = factory.SubFactory(UserFactory)
    slug = factory.Sequence(lambda n: f"juror-{n}")
    name = factory.Sequence(lambda n: f"Juror {n:05}")  # in this order by name too, however many were made before
    sort_name = factory.LazyAttribute(lambda juror: juror.name)


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    juror = factory.SubFactory(JurorFactory)
    round = factory.LazyAttribute(lambda pair: first_round(pair.juror.call))
    entry = factory.LazyAttribute(lambda pair: EntryFactory(call=pair.juror.call))


def score(assignment, impact, spread, *, submit=True, comment="", now=DURING):
    """Write a card for the pair, handed in unless `submit` is False."""
    return save_scorecard(
        assignment_id=assignment.pk,
        version=0,
        marks=Marks({"impact": impact, "spread": spread}, comment, submit=submit),
        by=assignment.juror.user,
        now=now,
    )

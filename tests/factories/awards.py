"""Rows of the awards for tests. Cards are written by the real action, so that their log is sound."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from awards.jury.scoring import save_scorecard
from awards.models import Assignment, Call, Category, Criterion, Entry, Juror, ScaleLevel
from festival.models import Edition, Phase
from tests.factories.festival import EditionFactory, UserFactory

PARIS = ZoneInfo("Europe/Paris")
BEFORE = datetime(2027, 3, 10, 10, tzinfo=PARIS)
DURING = datetime(2027, 3, 20, 10, tzinfo=PARIS)
AFTER = datetime(2027, 4, 6, 10, tzinfo=PARIS)
PHASES = {
    "call-projects": ("2026-12-01T10:00", "2027-02-28T23:59:59"),
    "jury-round-1": ("2027-03-15T09:00", "2027-04-05T23:59:59"),
    "finalists": ("2027-04-08T11:00", "2027-04-08T11:00"),
    "public-vote": ("2027-04-19T10:00", "2027-05-04T23:59:59"),
}
WORDS = ("Absent", "Insuffisant", "Fragile", "Solide", "Remarquable", "Exemplaire")


class CallFactory(DjangoModelFactory):
    """A call with one category (`making`) and two criteria: `impact` weighs 60, `spread` 40; ties look at `impact`."""

    class Meta:
        model = Call
        skip_postgeneration_save = True

    edition = factory.SubFactory(EditionFactory)
    slug = factory.Sequence(lambda n: f"call-{n}")
    name_fr = "Les Prix"
    name_en = "Awards"
    entry_phase = factory.LazyAttribute(lambda call: phase(call.edition, "call-projects"))
    judging_phase = factory.LazyAttribute(lambda call: phase(call.edition, "jury-round-1"))
    finalists_phase = factory.LazyAttribute(lambda call: phase(call.edition, "finalists"))
    vote_phase = factory.LazyAttribute(lambda call: phase(call.edition, "public-vote"))
    finalists_per_category = 2

    @factory.post_generation
    def rubric(self, create, extracted, **kwargs):
        Category.objects.create(call=self, slug="making", name_fr="Fabriquer", name_en="Making")
        Criterion.objects.create(
            call=self, slug="impact", name_fr="Utilité", name_en="Usefulness", weight=60, tie_break=1, sort_order=0
        )
        Criterion.objects.create(
            call=self, slug="spread", name_fr="Essaimage", name_en="Spread", weight=40, sort_order=1
        )
        for value, word in enumerate(WORDS):
            ScaleLevel.objects.create(call=self, value=value, label_fr=word, label_en=word)


def phase(edition: Edition, slug: str) -> Phase:
    opens, closes = (datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC) for text in PHASES[slug])
    defaults = {"label_fr": slug, "label_en": slug, "opens": opens, "closes": closes}
    return Phase.objects.get_or_create(edition=edition, slug=slug, defaults=defaults)[0]


class EntryFactory(DjangoModelFactory):
    class Meta:
        model = Entry

    call = factory.SubFactory(CallFactory)
    category = factory.LazyAttribute(lambda entry: entry.call.categories.get(slug="making"))
    slug = factory.Sequence(lambda n: f"project-{n}")
    state = Entry.State.ELIGIBLE
    title_fr = factory.LazyAttribute(lambda entry: f"Projet {entry.slug}")
    title_en = factory.LazyAttribute(lambda entry: f"Project {entry.slug}")
    pitch_fr = "Nous réparons."
    pitch_en = "We mend."
    holder = "Association Paliers"


class JurorFactory(DjangoModelFactory):
    class Meta:
        model = Juror

    call = factory.SubFactory(CallFactory)
    user = factory.SubFactory(UserFactory)
    slug = factory.Sequence(lambda n: f"juror-{n}")
    name = factory.Sequence(lambda n: f"Juror {n}")
    sort_name = factory.LazyAttribute(lambda juror: juror.name)


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    juror = factory.SubFactory(JurorFactory)
    entry = factory.LazyAttribute(lambda pair: EntryFactory(call=pair.juror.call))


def score(assignment: Assignment, impact: int, spread: int, *, submit: bool = True, comment: str = ""):
    """Write a card for the pair, handed in unless `submit` is False."""
    return save_scorecard(
        assignment_id=assignment.pk,
        version=0,
        marks={"impact": impact, "spread": spread},
        comment=comment,
        submit=submit,
        user_id=assignment.juror.user_id,
        now=DURING,
    )

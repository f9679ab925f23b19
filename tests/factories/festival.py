"""Editions, parts, days and accounts."""

import datetime as dt
from io import BytesIO

import factory
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.images import ImageFile
from factory.django import DjangoModelFactory
from PIL import Image
from wagtail.models import Locale, Page, Site

from festival import roles
from festival.models import (
    AuditEntry,
    Day,
    Edition,
    FestivalImage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    OpeningHours,
    OutgoingMail,
    Section,
    SectionPage,
    StandardPage,
    User,
)
from tests.remembered import remembered


class EditionFactory(DjangoModelFactory):
    """The edition of 1 to 7 May 2027, shown on the site."""

    class Meta:
        model = Edition
        django_get_or_create = ["number"]

    number = 2027
    slug = factory.LazyAttribute(lambda edition: str(edition.number))
    is_current = True
    name = {"fr": "Festival de l’économie collaborative", "en": "Collaborative Economy Festival"}
    theme = {"fr": "L’âge des communs", "en": "The age of the commons"}
    start_date = dt.date(2027, 5, 1)
    end_date = dt.date(2027, 5, 7)
    city = "Paris"
    country = "FR"
    organiser_name = "Les Jours Communs"
    organiser_legal_form = "association loi 1901"
    organiser_registration = "W000000000"
    organiser_address = "Allée du Canal, 75019 Paris"
    organiser_email = "bonjour@joursc.example.org"


SECTION_NAMES = {
    "village": {"fr": "Le Village", "en": "The Village"},
    "fest": {"fr": "Le Fest", "en": "The Fest"},
    "prix": {"fr": "Les Prix", "en": "The Awards"},
}
SECTION_LOOKS = {
    "village": ("#fbd226", "half-disc", 0),
    "fest": ("#ff5b37", "pennant", 1),
    "prix": ("#1d33cf", "star", 2),
}


class SectionFactory(DjangoModelFactory):
    """The Village, unless another slug is given."""

    class Meta:
        model = Section
        django_get_or_create = ["edition", "slug"]

    edition = factory.SubFactory(EditionFactory)
    slug = "village"
    name = factory.LazyAttribute(lambda section: SECTION_NAMES.get(section.slug, SECTION_NAMES["prix"]))
    colour = factory.LazyAttribute(lambda section: SECTION_LOOKS.get(section.slug, SECTION_LOOKS["prix"])[0])
    shape = factory.LazyAttribute(lambda section: SECTION_LOOKS.get(section.slug, SECTION_LOOKS["prix"])[1])
    sort_order = factory.LazyAttribute(lambda section: SECTION_LOOKS.get(section.slug, SECTION_LOOKS["prix"])[2])
    start_date = dt.date(2027, 5, 1)
    end_date = dt.date(2027, 5, 4)


class DayFactory(DjangoModelFactory):
    """A day of the Village, 10 h to 19 h; the second of May unless another date is given.

    `hours__section=`, `hours__opens=` and `hours__closes=` give other hours, `hours=False` none.
    """

    class Meta:
        model = Day
        django_get_or_create = ["edition", "date"]
        skip_postgeneration_save = True

    edition = factory.SubFactory(EditionFactory)
    date = dt.date(2027, 5, 2)

    @factory.post_generation
    def hours(self, create, extracted, **fields):
        if create and extracted is not False and (fields or not self.hours.exists()):
            OpeningHoursFactory(day=self, **fields)


class OpeningHoursFactory(DjangoModelFactory):
    """The Village is open from 10 h to 19 h."""

    class Meta:
        model = OpeningHours
        django_get_or_create = ["day", "section"]

    day = factory.SubFactory(DayFactory, hours=False)
    section = factory.LazyAttribute(lambda hours: SectionFactory(edition=hours.day.edition))
    opens = dt.time(10)
    closes = dt.time(19)


class UserFactory(DjangoModelFactory):
    """An account without rights."""

    class Meta:
        model = User
        django_get_or_create = ["email"]

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    first_name = "Aïcha"
    last_name = "Le Goff"


@remembered
def member_of(*groups):
    """Return somebody of the team, in groups of these names with the rights that the site gives them."""
    roles.set_up()
    user = UserFactory()
    user.groups.add(*Group.objects.filter(name__in=groups))
    return user


class _PageFactory(DjangoModelFactory):
    """A published page; `parent` decides where it hangs and in which language it is."""

    class Meta:
        abstract = True

    intro = "Une phrase."

    @classmethod
    def _create(cls, model_class, *args, parent, **fields):
        fields.setdefault("locale", parent.locale)
        return parent.add_child(instance=model_class(*args, **fields))


class HomePageFactory(_PageFactory):
    """The front page of one language; the one of the main language becomes the root of the site."""

    class Meta:
        model = HomePage

    title = "L’âge des communs"
    slug = factory.LazyAttribute(lambda page: page.locale.language_code)
    locale = factory.LazyFunction(lambda: Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)[0])

    @classmethod
    def _create(cls, model_class, *args, **fields):
        home = super()._create(model_class, *args, parent=Page.get_first_root_node(), **fields)
        if home.locale.language_code == settings.LANGUAGE_CODE:
            Site.objects.update(root_page=home, hostname="testserver", port=80)
        return home


class SectionPageFactory(_PageFactory):
    """The page of the Village."""

    class Meta:
        model = SectionPage

    title = "Village"
    section_slug = "village"


class StandardPageFactory(_PageFactory):
    """A plain page."""

    class Meta:
        model = StandardPage

    title = "À propos"


class NewsIndexPageFactory(_PageFactory):
    """The list of news."""

    class Meta:
        model = NewsIndexPage

    title = "Actualités"


class NewsPageFactory(_PageFactory):
    """A piece of news of 29 April 2027."""

    class Meta:
        model = NewsPage

    title = factory.Sequence("Nouvelle {}".format)
    published_at = dt.datetime(2027, 4, 29, 17, 30, tzinfo=dt.UTC)
    author = "Maëlys Kerbrat-Lanoë"


def image_factory(**fields):
    """A picture of the media library: a small grey square."""
    written = BytesIO()
    Image.new("RGB", (64, 64), "grey").save(written, "PNG")
    fields = {"title": "Carré", "credit": "Personne, CC0"} | fields
    return FestivalImage.objects.create(file=ImageFile(BytesIO(written.getvalue()), name="carre.png"), **fields)


class OutgoingMailFactory(DjangoModelFactory):
    """A mail that waits, about an edition, without the task that would send it."""

    class Meta:
        model = OutgoingMail

    kind = "test.greeting"
    to = factory.Sequence(lambda n: f"reader{n}@example.org")
    language = "fr"
    fact_type = "festival.edition"
    fact_id = factory.LazyFunction(lambda: str(EditionFactory().pk))
    message_id = factory.Sequence("<{}@testserver>".format)
    created_at = dt.datetime(2027, 5, 2, 9, 30, tzinfo=dt.UTC)


def audit_entry(**fields):
    """An entry of the log that is not sealed, about no row in particular."""
    fields = {"actor": "user:1", "actor_name": "Aïcha Le Goff", "subject_id": "7", "subject_name": "ABCD2345"} | fields
    fields = {"verb": "order.placed", "subject_type": "tickets.order"} | fields
    return AuditEntry.objects.create(at=dt.datetime(2027, 5, 2, 9, 30, tzinfo=dt.UTC), **fields)

"""Editions, parts, days and accounts."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from festival.models import Day, Edition, Section, User


class EditionFactory(DjangoModelFactory):
    """The edition of 1 to 7 May 2027, shown on the site."""

    class Meta:
        model = Edition
        django_get_or_create = ["number"]

    number = 2027
    slug = factory.LazyAttribute(lambda edition: str(edition.number))
    is_current = True
    name_fr = "Festival de l’économie collaborative"
    name_en = "Collaborative Economy Festival"
    theme_fr = "L’âge des communs"
    theme_en = "The age of the commons"
    start_date = dt.date(2027, 5, 1)
    end_date = dt.date(2027, 5, 7)
    city = "Paris"
    country = "FR"
    organiser_name = "Les Jours Communs"
    organiser_legal_form = "association loi 1901"
    organiser_registration = "W000000000"
    organiser_address = "Allée du Canal, 75019 Paris"
    organiser_email = "bonjour@joursc.example.org"


class SectionFactory(DjangoModelFactory):
    """The Village, unless another slug is given."""

    class Meta:
        model = Section
        django_get_or_create = ["edition", "slug"]

    edition = factory.SubFactory(EditionFactory)
    slug = "village"
    name_fr = factory.LazyAttribute(lambda section: {"village": "Le Village", "fest": "Le Fest"}.get(section.slug, "Les Prix"))
    name_en = factory.LazyAttribute(lambda section: {"village": "The Village", "fest": "The Fest"}.get(section.slug, "The Awards"))
    start_date = dt.date(2027, 5, 1)
    end_date = dt.date(2027, 5, 4)


class DayFactory(DjangoModelFactory):
    """A day of the Village, 10 h to 19 h; the second of May unless another date is given."""

    class Meta:
        model = Day
        django_get_or_create = ["edition", "date"]

    edition = factory.SubFactory(EditionFactory)
    section = factory.SubFactory(SectionFactory, edition=factory.SelfAttribute("..edition"))
    date = dt.date(2027, 5, 2)
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

"""Venues, rooms, speakers, sessions with an occurrence, releases."""

import datetime as dt
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from program.models import (
    Book,
    Exhibitor,
    Format,
    Occurrence,
    Partner,
    Room,
    Session,
    SessionSpeaker,
    Speaker,
    Tag,
    Track,
    Venue,
)
from program.release.publishing import release_programme
from program.timetable.numbering import next_number, reserve_number
from tests.factories.festival import DayFactory, EditionFactory, SectionFactory

PARIS = ZoneInfo("Europe/Paris")


def paris(text: str) -> dt.datetime:
    """Return the aware moment of a local ISO text."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=PARIS)


class VenueFactory(DjangoModelFactory):
    """A hall."""

    class Meta:
        model = Venue
        django_get_or_create = ["edition", "slug"]

    edition = factory.SubFactory(EditionFactory)
    slug = "halle"
    name = {"fr": "La Halle", "en": "The Hall"}
    address = "Esplanade des Sources, 75015 Paris"


class RoomFactory(DjangoModelFactory):
    """A room of that hall."""

    class Meta:
        model = Room
        django_get_or_create = ["edition", "slug"]

    edition = factory.SubFactory(EditionFactory)
    venue = factory.SubFactory(VenueFactory, edition=factory.SelfAttribute("..edition"))
    slug = factory.Sequence(lambda n: f"salle-{n}")
    name = factory.LazyAttribute(lambda room: {"fr": f"Salle {room.slug}", "en": f"Room {room.slug}"})
    sort_order = factory.Sequence(lambda n: n)


class TrackFactory(DjangoModelFactory):
    """A theme."""

    class Meta:
        model = Track
        django_get_or_create = ["edition", "slug"]

    edition = factory.SubFactory(EditionFactory)
    slug = "partager"
    name = {"fr": "Partager", "en": "Sharing"}
    colour = "#B23A48"


class FormatFactory(DjangoModelFactory):
    """A form."""

    class Meta:
        model = Format
        django_get_or_create = ["edition", "slug"]

    edition = factory.SubFactory(EditionFactory)
    slug = "talk"
    name = {"fr": "Conférence", "en": "Talk"}


class TagFactory(DjangoModelFactory):
    """A label."""

    class Meta:
        model = Tag
        django_get_or_create = ["edition", "slug"]

    edition = factory.SubFactory(EditionFactory)
    slug = factory.Sequence(lambda n: f"mot-{n}")
    name = factory.LazyAttribute(lambda tag: tag.slug)


class SpeakerFactory(DjangoModelFactory):
    """A person."""

    class Meta:
        model = Speaker
        django_get_or_create = ["slug"]

    slug = factory.Sequence(lambda n: f"personne-{n}")
    name = factory.LazyAttribute(lambda speaker: f"Camille {speaker.slug}")
    sort_name = factory.LazyAttribute(lambda speaker: f"{speaker.slug} Camille")


class SessionFactory(DjangoModelFactory):
    """A public talk of the Village; of the edition of its part, or of the one that is given."""

    class Meta:
        model = Session

    edition = factory.SubFactory(EditionFactory)
    section = factory.SubFactory(SectionFactory, edition=factory.SelfAttribute("..edition"))
    slug = factory.Sequence(lambda n: f"seance-{n}")
    title = factory.LazyAttribute(lambda session: {"fr": f"Séance {session.slug}", "en": f"Session {session.slug}"})
    abstract = {"fr": "Deux phrases. Pas plus.", "en": "Two sentences. No more."}
    format = factory.SubFactory(FormatFactory, edition=factory.SelfAttribute("..edition"))
    track = factory.SubFactory(TrackFactory, edition=factory.SelfAttribute("..edition"))
    languages = ["fr"]

    @classmethod
    def _generate(cls, strategy, params):
        if "section" in params:
            params.setdefault("edition", params["section"].edition)
        return super()._generate(strategy, params)


class SessionSpeakerFactory(DjangoModelFactory):
    """Someone on stage."""

    class Meta:
        model = SessionSpeaker

    session = factory.SubFactory(SessionFactory)
    speaker = factory.SubFactory(SpeakerFactory)
    sort_order = factory.Sequence(lambda n: n)


class OccurrenceFactory(DjangoModelFactory):
    """On Sunday 2 May, 14 h to 15 h."""

    class Meta:
        model = Occurrence

    edition = factory.SubFactory(EditionFactory)
    session = factory.SubFactory(SessionFactory, edition=factory.SelfAttribute("..edition"))
    number = factory.LazyAttribute(lambda occurrence: next_number(occurrence.edition))
    room = factory.SubFactory(RoomFactory, edition=factory.SelfAttribute("..edition"))
    starts_at = paris("2027-05-02T14:00")
    ends_at = paris("2027-05-02T15:00")

    @classmethod
    def _generate(cls, strategy, params):
        if "session" in params:
            params.setdefault("edition", params["session"].edition)
        return super()._generate(strategy, params)

    @classmethod
    def _create(cls, model_class, *args, **fields):
        reserve_number(fields["edition"], fields["number"])
        return super()._create(model_class, *args, **fields)


class ExhibitorFactory(DjangoModelFactory):
    """A stand."""

    class Meta:
        model = Exhibitor

    edition = factory.SubFactory(EditionFactory)
    slug = factory.Sequence(lambda n: f"stand-{n}")
    name = factory.LazyAttribute(lambda exhibitor: exhibitor.slug)
    stand = factory.Sequence(lambda n: f"A{n}")
    track = factory.SubFactory(TrackFactory, edition=factory.SelfAttribute("..edition"))


class PartnerFactory(DjangoModelFactory):
    """A partner."""

    class Meta:
        model = Partner

    edition = factory.SubFactory(EditionFactory)
    slug = factory.Sequence(lambda n: f"partenaire-{n}")
    name = factory.LazyAttribute(lambda partner: partner.slug)
    level = "main"


class BookFactory(DjangoModelFactory):
    """A book."""

    class Meta:
        model = Book

    edition = factory.SubFactory(EditionFactory)
    slug = factory.Sequence(lambda n: f"livre-{n}")
    title = factory.LazyAttribute(lambda book: book.slug)
    author = "Oriane Delmarquette"
    year = 2025


def released(now: str = "2027-03-08T09:00", *, edition=None, **fields):
    """Release the programme of the edition (2027 unless another is given) as it is; returns the release."""
    edition = edition or EditionFactory()
    if not edition.days.exists():
        DayFactory(edition=edition)
    return release_programme(edition=edition, now=paris(now), **fields)

"""Each reference of the programme, bent towards another edition behind the back of forms and `clean`."""

import pytest

from festival.models import Series
from program.models import Book, Exhibitor, Occurrence, Room, Session, Venue
from program.timetable.invariants import violations
from tests.factories import program as make
from tests.factories.festival import DayFactory, EditionFactory, SectionFactory
from tests.remembered import remembered

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


@pytest.fixture
@remembered
def other():
    return EditionFactory(number=2028, is_current=False)


def whole_programme():
    occurrence = make.OccurrenceFactory(session=make.SessionFactory(tags=[make.TagFactory()]))
    occurrence.fallback_room = occurrence.room
    occurrence.save()
    occurrence.room.venue.sections.add(occurrence.session.section)
    make.ExhibitorFactory().days.add(DayFactory())
    make.BookFactory().sessions.add(occurrence.session)
    return occurrence


def test_a_sound_programme_of_two_editions_has_no_violation(other):
    whole_programme()
    make.OccurrenceFactory(edition=other)

    assert violations() == []


@pytest.mark.parametrize(
    ("model", "name", "target"),
    [
        (Room, "venue", make.VenueFactory),
        (Session, "section", SectionFactory),
        (Session, "format", make.FormatFactory),
        (Session, "track", make.TrackFactory),
        (Occurrence, "session", make.SessionFactory),
        (Occurrence, "room", make.RoomFactory),
        (Occurrence, "fallback_room", make.RoomFactory),
        (Occurrence, "moved_from_room", make.RoomFactory),
        (Exhibitor, "track", make.TrackFactory),
    ],
)
def test_a_reference_to_another_edition_is_found(other, model, name, target):
    whole_programme()
    row = model.objects.get()
    extra = {"moved_at": row.starts_at} if name == "moved_from_room" else {}
    model.objects.update(**{name: target(edition=other)}, **extra)

    assert violations() == [f"{model.__name__} {row.pk}: {name} belongs to another edition."]


@pytest.mark.parametrize(
    ("model", "name", "target"),
    [
        (Venue, "sections", SectionFactory),
        (Exhibitor, "days", DayFactory),
        (Book, "sessions", make.SessionFactory),
        (Session, "tags", make.TagFactory),
    ],
)
def test_a_list_that_holds_one_row_of_another_edition_is_found(other, model, name, target):
    whole_programme()
    row = model.objects.get()
    field = model._meta.get_field(name)
    strange = target(edition=other)
    field.remote_field.through.objects.create(**{field.m2m_column_name(): row.pk, field.m2m_reverse_name(): strange.pk})

    assert violations() == [f"{model.__name__} {row.pk}: {name} belongs to another edition."]


def test_a_number_that_could_be_given_again_is_found():
    make.OccurrenceFactory(number=7)
    Series.objects.update(last=3)

    assert violations() == ["Edition 2027: occurrence 7 is there, but only 3 numbers were given."]

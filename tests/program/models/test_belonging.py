import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.factories import program as make
from tests.factories.festival import EditionFactory, SectionFactory
from tests.remembered import remembered

pytestmark = pytest.mark.django_db

FACTORIES = [
    make.VenueFactory,
    make.RoomFactory,
    make.TrackFactory,
    make.FormatFactory,
    make.TagFactory,
    make.SessionFactory,
    make.ExhibitorFactory,
    make.PartnerFactory,
    make.BookFactory,
]


@pytest.fixture
@remembered
def other():
    return EditionFactory(number=2028, is_current=False)


@pytest.mark.parametrize("factory", FACTORIES)
def test_two_editions_may_use_one_short_name_and_one_edition_may_not(factory, other):
    row = factory(slug="meme-nom")
    twin = factory(slug="meme-nom", edition=other)

    assert twin.pk != row.pk
    twin.edition = row.edition
    with pytest.raises(ValidationError):
        twin.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(twin).objects.filter(pk=twin.pk).update(edition=row.edition)


@pytest.mark.parametrize(
    ("factory", "name", "target"),
    [
        (make.RoomFactory, "venue", make.VenueFactory),
        (make.SessionFactory, "section", SectionFactory),
        (make.SessionFactory, "format", make.FormatFactory),
        (make.SessionFactory, "track", make.TrackFactory),
        (make.OccurrenceFactory, "session", make.SessionFactory),
        (make.OccurrenceFactory, "room", make.RoomFactory),
        (make.OccurrenceFactory, "fallback_room", make.RoomFactory),
        (make.OccurrenceFactory, "moved_from_room", make.RoomFactory),
        (make.ExhibitorFactory, "track", make.TrackFactory),
    ],
)
def test_a_row_refers_to_its_own_edition_alone(factory, name, target, other):
    row = factory()
    row.clean()
    setattr(row, name, target(edition=other))

    with pytest.raises(ValidationError) as caught:
        row.clean()

    assert list(caught.value.message_dict) == [name]

"""Places, themes, people, stands, partners and books of a sound file are written."""

import pytest

from festival.importing import edition
from festival.importing.changes import Changes
from program.importing import sessions, tables
from program.importing.validation import validate
from program.models import Book, Exhibitor, Partner, Room, Speaker, Venue
from tests.factories.importing import BOTH, small_file
from tests.factories.program import SpeakerFactory, paris

pytestmark = pytest.mark.django_db

AROUND = {
    "exhibitors": [{"id": "a1", "name": "A", "stand": "1", "track": "partager", "days": ["2031-03-30"]}],
    "partners": [{"id": "coop", "name": "Coop", "level": "main", "website": "https://coop.example.org"}],
    "bookshelf": [
        {"id": "livre", "title": "T", "author": "A", "year": 2025, "language": "fr", "sessions": ["reparer"]}
    ],
}


def load(*places_and_values, around=AROUND):
    happened = Changes()
    file = validate(small_file(*places_and_values) | around)
    made = edition.write(file, happened, now=paris("2031-01-01T10:00"))
    known = tables.write(file, made, happened)
    tables.write_around(file, known, sessions.write(file, known, happened), happened)
    return happened


def test_everything_is_written_and_a_second_time_nothing_changes():
    load()
    uuids = set(Room.objects.values_list("uuid")) | set(Speaker.objects.values_list("uuid"))

    assert not load()
    assert set(Room.objects.values_list("uuid")) | set(Speaker.objects.values_list("uuid")) == uuids
    assert [section.slug for section in Venue.objects.get().sections.all()] == ["markt"]
    assert Exhibitor.objects.get().days.get().date.isoformat() == "2031-03-30"
    assert Book.objects.get().sessions.get().slug == "reparer"


def test_only_what_differs_is_changed():
    load()

    changes = load(("rooms", 0, "colour"), "#f00", ("rooms", 1, "wheelchair"), True, ("venues", 0, "lat"), 51.25)

    assert changes.tables["rooms"].changed == {"nef": {"colour"}, "etabli": {"wheelchair"}}
    assert changes.tables["venues"].changed == {"halle": {"latitude"}}
    assert Room.objects.get(slug="nef").colour == "#ff0000"
    assert not changes.tables["sessions"]


def test_unknown_is_not_yes():
    load()

    assert list(Room.objects.values_list("wheelchair", flat=True)) == [False, False]


def test_a_list_that_the_file_lacks_is_left_alone():
    load()

    assert not load(around={})
    assert Partner.objects.count() == 1


def test_a_speaker_stays_across_editions():
    before = SpeakerFactory(slug="ana", internal_note="Végétarienne")

    load(("speakers", 0, "role"), BOTH)

    before.refresh_from_db()
    assert (before.name, before.internal_note, str(before.role)) == ("Ana Prates", "Végétarienne", "Un")


def test_names_and_uuids_are_the_same_everywhere():
    assert tables.slug_of_format("open_space") == "open-space"
    assert str(tables.uuid_of("speaker", "ana")) == "01c56228-e0cb-5dcd-82b9-640ebbca1d51"

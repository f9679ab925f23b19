"""The sessions of a sound file are written; whole files are imported in `test_programme.py`."""

import copy
import datetime as dt

import pytest
from django.utils.translation import override

from festival.importing import edition
from festival.importing.changes import Changes
from program.importing import sessions, tables
from program.importing.validation import validate
from program.models import Occurrence, Session, SessionSpeaker, Tag
from program.timetable.numbering import next_number
from tests.factories.importing import another_session, small_file
from tests.factories.program import paris

pytestmark = pytest.mark.django_db


def load(*places_and_values, **changes):
    data = small_file(*places_and_values)
    data["sessions"][0].update(copy.deepcopy(changes))
    happened = Changes()
    file = validate(data)
    known = tables.write(file, edition.write(file, happened, now=paris("2031-01-01T10:00")), happened)
    return sessions.write(file, known, happened).get("reparer"), happened


def test_a_session_comes_with_its_people_labels_and_time():
    session, _changes = load()

    occurrence = session.occurrences.get()
    assert (occurrence.number, occurrence.room.slug, occurrence.starts_at) == (7, "nef", paris("2031-03-29T14:00"))
    assert session.format.slug == "open-space"
    assert sorted(tag.slug for tag in session.tags.all()) == ["fer-a-souder", "velo"]
    billed = session.session_speakers.order_by("sort_order")
    assert [(billing.speaker.slug, billing.role) for billing in billed] == [("ana", "speaker"), ("bo", "host")]
    assert next_number(session.edition) == 8


def test_written_again_nothing_changes():
    load(occurrences=None, moved={"at": "2031-01-20T10:00", "from_room": "etabli"}, languages=["fr"], capacity=12)

    _session, changes = load(moved={"at": "2031-01-20T10:00", "from_room": "etabli"}, languages=["fr"], capacity=12)

    assert not changes


def test_a_changed_file_changes_the_same_rows_and_no_others():
    first, _changes = load()
    before = first.occurrences.get()

    again, changes = load(start="2031-03-29T13:00", speakers=[{"speaker": "bo", "role": "speaker"}], tags=[])

    after = again.occurrences.get()
    assert (again.pk, again.uuid, after.pk, after.uuid) == (first.pk, first.uuid, before.pk, before.uuid)
    assert [billing.speaker.slug for billing in SessionSpeaker.objects.all()] == ["bo"]
    assert list(Session.objects.get().tags.all()) == []
    assert changes.tables["sessions"].changed == {"reparer": {"speakers", "tags"}}
    assert changes.tables["occurrences"].changed == {"7": {"starts_at"}}
    assert not changes.tables["tracks"]


def test_the_order_of_people_is_a_change():
    load()

    session, changes = load(speakers=[{"speaker": "bo", "role": "host"}, {"speaker": "ana", "role": "speaker"}])

    billed = session.session_speakers.order_by("sort_order")
    assert [billing.speaker.slug for billing in billed] == ["bo", "ana"]
    assert changes.tables["sessions"].changed == {"reparer": {"speakers"}}


@pytest.mark.parametrize(
    ("changes", "note", "internal"),
    [
        ({}, "Attention.", ""),
        ({"status": "draft"}, "", "Attention."),
        ({"crosses_midnight": True}, "", "Attention."),
    ],
)
def test_a_note_on_a_draft_or_a_night_is_for_editors(changes, note, internal):
    with override("en"):
        session, _changes = load(note={"fr": "Attention.", "en": "Careful."}, **changes)

    assert (str(session.note), session.internal_note) == (note, internal)
    assert session.live is (changes.get("status") != "draft")


def test_what_editors_noted_for_themselves_stays():
    load()
    Session.objects.update(internal_note="Appeler Ana")

    load(note={"fr": "Attention."})

    assert Session.objects.get().internal_note == "Appeler Ana"


@pytest.mark.parametrize("hours", [("10:00", "19:00"), ("18:00", "01:00"), ("19:00", "24:00")])
def test_an_exhibition_has_daily_hours(hours):
    load(all_day=True, daily_opening={"from": hours[0], "to": hours[1]}, end="2031-03-30T19:00")

    occurrence = Occurrence.objects.get()
    closes = dt.time.fromisoformat(hours[1].replace("24", "00"))
    assert (occurrence.kind, occurrence.daily_from, occurrence.daily_to) == (
        "all_day",
        dt.time.fromisoformat(hours[0]),
        closes,
    )


def test_a_move_a_cancellation_and_the_rain_are_kept():
    moved = {"at": "2031-01-20T10:00", "from_room": "etabli", "from_start": "2031-03-29T10:00"}

    session, _changes = load(
        moved=moved, status="cancelled", cancelled_at="2031-01-21T10:00", weather_fallback_room="etabli"
    )

    occurrence = session.occurrences.get()
    assert session.cancelled_at == paris("2031-01-21T10:00")
    assert (occurrence.moved_from_room.slug, occurrence.fallback_room.slug) == ("etabli", "etabli")
    assert occurrence.moved_from_starts_at == paris("2031-03-29T10:00")


def test_a_recording_is_kept():
    recording = {"url": "https://video.example.org/1", "captions": ["fr"], "transcript": True}

    session, _changes = load(recording=recording)

    assert (session.recording_url, session.recording_captions) == (recording["url"], ["fr"])
    assert session.recording_has_transcript
    assert not session.recording_is_live


def test_a_number_never_goes_to_another_session():
    load()

    _session, changes = load(("sessions",), [another_session("autre", 7), another_session("reparer", 9)])

    (found,) = changes.faults
    assert (found.path, "reparer" in found.message) == ("sessions[0].number", True)
    assert Occurrence.objects.get().session.slug == "reparer"


def test_labels_of_every_script_are_labels_of_their_own():
    session, _changes = load(tags=["音楽", "موسيقى", "Música", "C++", "C#"])

    assert session.tags.count() == Tag.objects.count() == 5
    assert {str(tag.name) for tag in Tag.objects.all()} == {"音楽", "موسيقى", "Música", "C++", "C#"}


def test_a_label_that_is_written_in_two_ways_keeps_its_first_name():
    load(tags=["Música", "musica"])
    session, changes = load(tags=["MUSICA"])

    assert [str(tag.name) for tag in session.tags.all()] == ["Música"]
    assert not changes


def test_labels_are_named_in_every_language():
    names = [{"fr": "Vélo", "en": "Cycling"}]
    load()

    _session, changes = load(("tags",), names)
    _session, again = load(("tags",), names)

    assert Tag.objects.get(slug="velo").name.as_dict() == names[0]
    assert changes.tables["tags"].changed == {"velo": {"name"}}
    assert not again

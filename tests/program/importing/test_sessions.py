"""One session of a file; whole files are loaded in `test_programme.py`."""

import datetime as dt

import pytest

from festival.importing.faults import Fault
from program.importing import sessions
from program.importing.sessions import Known
from program.models import Occurrence, Session
from tests.factories import program as make
from tests.factories.festival import EditionFactory, SectionFactory

pytestmark = pytest.mark.django_db

ROW = {
    "id": "reparer", "number": 7, "section": "village", "format": "talk", "track": "partager", "status": "published",
    "visibility": "public", "room": "nef", "start": "2027-05-02T14:00", "end": "2027-05-02T15:00",
    "registration": {"mode": "free"}, "title": {"fr": "Réparer"}, "tags": ["Vélo", "Fer à souder"],
    "speakers": [{"speaker": "ana", "role": "speaker"}, {"speaker": "bo", "role": "host"}],
}  # fmt: skip


@pytest.fixture
def known():
    edition = EditionFactory()
    return Known(
        edition,
        {"village": SectionFactory(edition=edition)},
        {slug: make.RoomFactory(slug=slug) for slug in ("nef", "halle")},
        {"partager": make.TrackFactory()},
        {"talk": make.FormatFactory()},
        {slug: make.SpeakerFactory(slug=slug) for slug in ("ana", "bo")},
    )


def load(known, **changes):
    return sessions.load({"sessions": [ROW | changes]}, known)["reparer"]


def test_a_session_comes_with_its_people_labels_and_time(known):
    session = load(known)

    occurrence = session.occurrences.get()
    assert (occurrence.number, occurrence.room.slug, occurrence.starts_at) == (7, "nef", make.paris("2027-05-02T14:00"))
    assert sorted(tag.slug for tag in session.tags.all()) == ["fer-a-souder", "velo"]
    billed = session.session_speakers.order_by("sort_order")
    assert [(billing.speaker.slug, billing.role) for billing in billed] == [("ana", "speaker"), ("bo", "host")]


def test_loaded_again_it_is_the_same_session_at_another_time(known):
    first = load(known)
    before = first.occurrences.get().uuid

    again = load(known, start="2027-05-02T13:00", speakers=[{"speaker": "bo", "role": "speaker"}], tags=[])

    assert (again.pk, again.uuid, again.occurrences.get().uuid) == (first.pk, first.uuid, before)
    assert [billing.speaker.slug for billing in again.session_speakers.all()] == ["bo"]
    assert list(Session.objects.get().tags.all()) == []


@pytest.mark.parametrize(
    ("changes", "note", "internal"),
    [
        ({}, "Attention.", ""),
        ({"status": "draft"}, "", "Attention."),
        ({"crosses_midnight": True}, "", "Attention."),
    ],
)
def test_a_note_on_a_draft_or_a_night_is_for_editors(known, changes, note, internal):
    session = load(known, note={"fr": "Attention."}, **changes)

    assert (str(session.note), session.internal_note) == (note, internal)
    assert session.live is (changes.get("status") != "draft")


def test_an_exhibition_has_daily_hours(known):
    load(known, all_day=True, daily_opening={"from": "10:00", "to": "19:00"}, end="2027-05-04T19:00")

    occurrence = Occurrence.objects.get()
    assert (occurrence.kind, occurrence.daily_from, occurrence.daily_to) == ("all_day", dt.time(10), dt.time(19))


def test_a_move_a_cancellation_and_the_rain_are_kept(known):
    moved = {"at": "2027-04-20T10:00", "from_room": "halle", "from_start": "2027-05-02T10:00"}

    session = load(
        known, moved=moved, status="cancelled", cancelled_at="2027-04-21T10:00", weather_fallback_room="halle"
    )

    occurrence = session.occurrences.get()
    assert session.cancelled_at == make.paris("2027-04-21T10:00")
    assert (occurrence.moved_from_room.slug, occurrence.fallback_room.slug) == ("halle", "halle")
    assert occurrence.moved_from_starts_at == make.paris("2027-05-02T10:00")


def test_a_recording_is_kept(known):
    recording = {"url": "https://video.example.org/1", "captions": ["fr"], "transcript": True}

    session = load(known, recording=recording)

    assert (session.recording_url, session.recording_captions) == (recording["url"], ["fr"])
    assert session.recording_has_transcript
    assert not session.recording_is_live


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"end": "2027-05-02T14:00"}, "sessions[0].end"),
        ({"all_day": True}, "sessions[0].daily_opening"),
        ({"status": "cancelled"}, "sessions[0].cancelled_at"),
        ({"moved": {"at": "2027-04-20T10:00"}}, "sessions[0].moved.from_room"),
        ({"weather_fallback_room": "cave"}, "sessions[0].weather_fallback_room"),
        ({"number": "sept"}, "sessions[0].number"),
    ],
)
def test_a_fault_names_its_place(known, changes, path):
    with pytest.raises(Fault) as caught:
        load(known, **changes)

    assert caught.value.path == path


def test_the_same_short_name_twice_is_refused(known):
    with pytest.raises(Fault, match=r"sessions\[1\]\.id: 'reparer' is there twice"):
        sessions.load({"sessions": [ROW, ROW]}, known)

"""The one validator, on a small file: all faults at once, each with its place."""

import datetime as dt

import pytest
from django.utils.translation import override

from festival.importing.faults import Faults
from program.importing.validation import validate
from tests.factories.importing import another_session, small_file


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def faults_of(*changes, **options):
    with pytest.raises(Faults) as caught:
        validate(small_file(*changes), **options)
    return [str(fault) for fault in caught.value.faults]


def test_a_sound_file_is_read():
    file = validate(small_file())

    assert (file.edition.year, file.sessions[0].placings()[0].number) == (2031, 7)


@pytest.mark.parametrize(
    ("place", "value", "fault"),
    [
        (
            ("sessions", 0, "id"),
            "Ouverture_Été",
            "sessions[0].id: “Ouverture_Été” is no short name: a to z, 0 to 9 and hyphens between; “ouvertur",
        ),
        (("sessions", 0, "capacity"), "env. 420", "sessions[0].capacity: must be a whole number, not “env. 420”"),
        (("sessions", 0, "capacity"), 0, "sessions[0].capacity: 0 is too small: 1 at least"),
        (
            ("sessions", 0, "title", "fr"),
            "é" * 301,
            "sessions[0].title.fr: is too long: 300 characters at most; there are 301",
        ),
        (
            ("sessions", 0, "start"),
            "2031-03-30T02:30",
            "sessions[0].start: “2031-03-30T02:30” does not exist in Paris: clocks go forward over it; the s",
        ),
        (("sessions", 0, "end"), "2031-03-29T14:00", "sessions[0].end: must be after the start"),
        (("sessions", 0, "end"), "2033-03-29T14:00", "sessions[0].end: is more than a year after the start"),
        (("sessions", 0, "number"), 10**9, "sessions[0].number: 1000000000 is too large: 999999 at most"),
        (
            ("sessions", 0, "room"),
            "neef",
            "sessions[0].room: “neef” is not known; “nef” may be meant; known are etabli, nef",
        ),
        (("sessions", 0, "rooom"), "nef", "sessions[0].rooom: is no key that an import knows; “room” may be meant"),
        (
            ("sessions", 0, "all_day"),
            True,
            "sessions[0].daily_opening: is missing; what is open every day needs its hours",
        ),
        (
            ("sessions", 0, "daily_opening"),
            {"from": "10:00", "to": "19:00"},
            "sessions[0].daily_opening: is only for what is open every day (all_day)",
        ),
        (
            ("sessions", 0, "status"),
            "cancelled",
            "sessions[0].cancelled_at: is missing; what is cancelled says since when",
        ),
        (
            ("sessions", 0, "moved"),
            {"at": "2031-01-20T10:00"},
            "sessions[0].moved.from_start: is missing, and so is from_room: one of them is needed",
        ),
        (
            ("sessions", 0, "speakers", 1, "speaker"),
            "ana",
            "sessions[0].speakers[1].speaker: “ana” is in this session already",
        ),
        (
            ("sessions", 0, "speakers", 0, "role"),
            "star",
            "sessions[0].speakers[0].role: “star” is not known; known are host, moderator, speaker",
        ),
        (("sessions", 0, "audience"), "tous", "sessions[0].audience: “tous” is no such code; one would be “12+”"),
        (
            ("sessions", 0, "registration", "mode"),
            "maybe",
            "sessions[0].registration.mode: “maybe” is not known; known are free, invitation, none, slots, t",
        ),
        (
            ("sessions", 0, "recording"),
            {"url": "javascript:x"},
            "sessions[0].recording.url: “javascript:x” is no address of a page; it begins with https:// or h",
        ),
        (("sessions", 0, "occurrences"), [], "sessions[0].occurrences: must not be empty"),
        (("sessions",), {}, "sessions: must be a list"),
        (("sessions", 0), "Séance", "sessions[0]: must be an object"),
        (
            ("speakers", 0, "website"),
            "data:text/html,x",
            "speakers[0].website: “data:text/html,x” is no address of a page; it begins with https:// or htt",
        ),
        (("speakers", 0, "name"), " \u200b", "speakers[0].name: must not be empty"),
        (("rooms", 0, "colour"), "red", "rooms[0].colour: “red” is no colour; write one such as #1d5c63"),
        (("venues", 0, "lat"), 200.5, "venues[0].lat: 200.5 is too large: 90.0 at most"),
        (("edition", "end_date"), "2031-03-01", "edition.end_date: is before the first day"),
        (
            ("edition", "timezone"),
            "Europe/Lisbon",
            "edition.timezone: is “Europe/Lisbon”, but this site is in Europe/Paris, where the file's times",
        ),
        (("edition", "organiser", "email"), "a@", "edition.organiser.email: “a@” is no mail address"),
        (
            ("edition", "days", 0, "date"),
            "2031-04-20",
            "edition.days[0].date: is not between the edition's first and last day",
        ),
        (
            ("edition", "days", 0, "date"),
            "2031-03-30",
            "edition.days[1].date: “2031-03-30” is at edition.days[0].date already",
        ),
        (("edition", "phases", 0, "closes"), "2030-11-01T10:00", "edition.phases[0].closes: is before the opening"),
        (
            ("exhibitors",),
            [{"id": "a", "name": "A", "stand": "1", "track": "partager", "days": ["2031-05-01"]}],
            "exhibitors[0].days[0]: 2031-05-01 is no day of the edition (edition.days)",
        ),
        (("zzz",), [], "zzz: is no key that an import knows"),
    ],
)
def test_each_fault_has_its_place_and_a_sentence(place, value, fault):
    assert [found for found in faults_of(place, value) if found.startswith(fault)]


def test_all_faults_are_told_at_once():
    session = {"track": "none", "number": 0}
    row = small_file()["sessions"][0] | session

    found = faults_of(("rooms", 0, "colour"), "red", ("sessions", 0), row, ("tracks", 0, "x"), 1)

    assert [fault.split(":")[0] for fault in found] == [
        "rooms[0].colour", "tracks[0].x", "sessions[0].number", "sessions[0].track"
    ]  # fmt: skip


def test_numbers_and_names_twice_name_both_places_also_in_rows_with_other_faults():
    again = another_session("reparer", 7, room="cave")
    more = another_session("autre", 8) | {"occurrences": [{"number": 7}]}
    data = small_file()["sessions"]
    alike = [{"id": name, "name": {"fr": "x"}} for name in ("a_b", "a-b")]

    found = faults_of(("sessions",), [*data, again, more], ("formats",), alike)

    assert "sessions[1].id: “reparer” is at sessions[0].id already" in found
    assert "sessions[1].number: 7 is at sessions[0].number already" in found
    assert "sessions[2].occurrences[0].number: 7 is at sessions[0].number already" in found
    assert "sessions[2].occurrences[0].start: is missing" in found
    assert "formats[1].id: “a-b” is at formats[0].id already" in found


def test_several_placings_stand_in_a_list():
    row = small_file()["sessions"][0]
    placing = {key: row.pop(key) for key in ("number", "room", "start", "end")}
    row["occurrences"] = [placing, placing | {"number": 8, "start": "2031-03-30T22:00", "end": "2031-03-31T00:30"}]

    file = validate(small_file(("sessions", 0), row))

    assert [one.number for one in file.sessions[0].placings()] == [7, 8]
    assert faults_of(("sessions", 0), row | {"room": "nef"}) == ["sessions[0].room: stands in occurrences already"]


@pytest.mark.parametrize(
    ("start", "end", "is_on"),
    [
        ("2031-03-31T01:00", "2031-03-31T02:00", True),  # in the night of the last day
        ("2031-03-31T05:00", "2031-03-31T06:00", False),
        ("2031-03-29T04:00", "2031-03-29T08:00", False),  # in the night before
    ],
)
def test_a_placing_is_on_a_day_of_the_edition(start, end, is_on):
    changes = (("sessions", 0, "start"), start, ("sessions", 0, "end"), end)

    if is_on:
        assert validate(small_file(*changes))
        assert "sessions[0].start: belongs to 2031-03-30" in "".join(
            faults_of(*changes, ("edition", "days"), [{"date": "2031-03-29"}])
        )
    else:
        assert "which is no day of the edition" in "".join(faults_of(*changes))


def test_the_edition_says_when_its_days_begin():
    changes = (("sessions", 0, "start"), "2031-03-29T04:00")

    assert validate(small_file(*changes), day_starts_at=dt.time(4))


@pytest.mark.parametrize(
    ("hours", "end", "is_on"),
    [
        (("18:00", "01:00"), "2031-03-30T01:00", True),
        (("19:00", "00:00"), "2031-03-30T00:00", True),
        (("19:00", "24:00"), "2031-03-30T24:00", True),
    ],
)
def test_what_is_open_every_day_may_pass_midnight(hours, end, is_on):
    opening = {"from": hours[0], "to": hours[1]}
    changes = (("sessions", 0, "all_day"), True, ("sessions", 0, "daily_opening"), opening, ("sessions", 0, "end"), end)

    assert validate(small_file(*changes)).sessions[0].all_day is is_on


def test_what_is_open_on_no_day_is_refused():
    opening = {"from": "10:00", "to": "19:00"}
    times = (("sessions", 0, "start"), "2031-03-31T10:00", ("sessions", 0, "end"), "2031-04-02T00:00")

    found = faults_of(("sessions", 0, "all_day"), True, ("sessions", 0, "daily_opening"), opening, *times)

    assert found == ["sessions[0].end: is on no day of the edition (edition.days), nor is any day since the start"]


@pytest.mark.parametrize("data", [{}, {"edition": 7, "sessions": [7, {}, None]}, {"sessions": [{"occurrences": [3]}]}])
def test_whatever_is_there_is_faults(data):
    with pytest.raises(Faults) as caught:
        validate(data)

    assert "edition: " in str(caught.value)


def test_a_label_is_named_once_and_is_one_of_a_session():
    names = [{"fr": "velo", "en": "Cycling"}, {"fr": "Vélo"}, {"fr": "Vin", "en": "Wine"}, {"en": "Mending"}]

    assert faults_of(("tags",), names[:3]) == [
        "tags[2].fr: “Vin” is the tag of no session",
        "tags[1].fr: “velo” is at tags[0].fr already",
    ]
    assert faults_of(("tags",), names[3:]) == ["tags[0].fr: is missing; every text needs the main language"]

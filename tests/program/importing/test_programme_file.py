"""The lists around the sessions; `test_validation.py` tries whole files."""

import datetime as dt

import pytest
from django.utils.translation import override

from festival.importing.checking import check
from festival.importing.values import Context
from program.importing import programme_file as file

KNOWN = Context({"tracks": {"soin"}, "sessions": {"reparer"}, "speakers": {"ana"}}, frozenset({dt.date(2031, 3, 29)}))
STAND = {"id": "a1", "name": "A", "stand": "12", "track": "soin", "days": ["2031-03-29"]}


def faults_of(kind, data):
    with override("en"):
        return [str(fault) for fault in check(kind, data, KNOWN)[1]]


def test_a_stand_is_there_on_days_of_the_edition():
    assert faults_of(file.ExhibitorRow, STAND) == []
    assert faults_of(file.ExhibitorRow, STAND | {"days": ["2031-03-29", "2031-04-01"]}) == [
        "days[1]: 2031-04-01 is no day of the edition (edition.days)"
    ]


@pytest.mark.parametrize(
    ("kind", "data", "faults"),
    [
        (
            file.PartnerRow,
            {"id": "a", "name": "A", "level": "gold"},
            ["level: “gold” is not known; known are main, media, programme, technical"],
        ),
        (file.PartnerRow, {"id": "a", "name": "A", "level": "main", "website": ""}, []),
        (
            file.BookRow,
            {"id": "a", "title": "T", "author": "", "year": "2025", "language": "fr"},
            ["author: must not be empty", "year: must be a whole number, not “2025”"],
        ),
        (
            file.SpeakerRow,
            {"id": "a", "type": "person", "name": "A", "sort_name": "A", "availability": "no"},
            ["availability: “no” is not known; known are cancelled, confirmed"],
        ),
        (
            file.TrackRow,
            {"id": "a", "name": {"fr": "A"}, "colour": "#abc", "icon": "../x"},
            ["icon: “../x” is no such code; one would be “captions-fr”"],
        ),
        (
            file.PostRow,
            {"id": "a", "published": "2031-03-29", "title": {"fr": "A"}},
            ["published: “2031-03-29” must be a date with a time, such as 2027-05-02T18:30"],
        ),
    ],
)
def test_faults_of_a_row(kind, data, faults):
    assert faults_of(kind, data) == faults


def test_the_schema_knows_every_list():
    schema = file.ProgrammeFile.model_json_schema()

    assert schema["additionalProperties"] is False
    assert {"edition", "sections", "venues", "rooms", "tracks", "formats", "speakers", "sessions"} == set(
        schema["required"]
    )
    assert schema["$defs"]["SessionRow"]["properties"]["title"]["additionalProperties"] == {
        "type": "string",
        "maxLength": 300,
    }

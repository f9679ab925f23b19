"""One session of a file; `test_validation.py` tries whole files."""

import pytest
from django.utils.translation import override

from festival.importing.checking import check
from festival.importing.values import Context
from program.importing.session_file import SessionRow
from tests.factories.importing import FILE

KNOWN = Context(
    {
        "rooms": {"nef"},
        "sections": {"markt"},
        "formats": {"open_space"},
        "tracks": {"partager"},
        "speakers": {"ana", "bo"},
    }
)


def read(**changes):
    with override("en"):
        row, faults = check(SessionRow, FILE["sessions"][0] | changes, KNOWN)
    return row, [str(fault) for fault in faults]


def test_the_least_of_a_session():
    row, faults = read(tags=[], speakers=[])

    assert faults == []
    assert (row.placings(), row.audience, row.capacity_mode) == ([row], "all", "seated")


def test_without_readable_days_no_day_is_asked_for():
    assert read(start="2040-01-01T10:00", end="2040-01-01T11:00")[1] == []


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"number": None}, ["number: is missing"]),
        ({"start": None, "end": None}, ["start: is missing", "end: is missing"]),
        (
            {"moved": {}},
            ["moved.at: is missing", "moved.from_start: is missing, and so is from_room: one of them is needed"],
        ),
        (
            {"all_day": True, "daily_opening": {"from": "24:00", "to": "24:00"}},
            ["daily_opening.from: “24:00” is the end of a day; the beginning of the next one is 00:00"],
        ),
        (
            {"speakers": [{"speaker": "zoe", "role": "host"}]},
            ["speakers[0].speaker: “zoe” is not known; known are ana, bo"],
        ),
        ({"languages": ["Français"]}, ["languages[0]: “Français” is no such code; one would be “fr”"]),
    ],
)
def test_faults_of_a_session(changes, faults):
    assert read(**changes)[1] == faults

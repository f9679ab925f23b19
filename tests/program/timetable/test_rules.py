from datetime import date, time

import pytest

from festival.time.days import festival_day
from program.published.layout import Placing
from program.timetable.rules import Clash, Kind, clashes
from tests.factories.program import paris

FIVE = time(5)


def placing(key="a", room="nef", start="2027-05-02T10:00", end="2027-05-02T11:00", **fields):
    return Placing(key, room, paris(start), paris(end), **fields)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2027-05-06T22:00", date(2027, 5, 6)),
        ("2027-05-07T00:00", date(2027, 5, 6)),
        ("2027-05-07T04:59:59", date(2027, 5, 6)),
        ("2027-05-07T05:00", date(2027, 5, 7)),
    ],
)
def test_festival_day_changes_at_five(moment, day):
    assert festival_day(paris(moment), FIVE) == day


HOURS = {date(2027, 5, 2): (paris("2027-05-02T09:15"), paris("2027-05-02T19:00"))}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({}, {}, [Clash(Kind.ROOM, "a", "b")]),
        ({}, {"blocks_room": False}, []),
        ({}, {"room": "etabli"}, []),
        (
            {"speakers": frozenset({"x"})},
            {"room": "etabli", "speakers": frozenset({"x", "y"})},
            [Clash(Kind.SPEAKER, "a", "b")],
        ),
        ({"fallback_room": "etabli"}, {"room": "etabli"}, [Clash(Kind.RAIN, "a", "b")]),
        ({"fallback_room": "cuisine"}, {"room": "etabli", "fallback_room": "cuisine"}, [Clash(Kind.RAIN, "a", "b")]),
        ({"fallback_room": "cuisine"}, {"room": "etabli"}, []),
        ({}, {"start": "2027-05-02T18:30", "end": "2027-05-02T19:30"}, [Clash(Kind.HOURS, "b")]),
        ({}, {"start": "2027-05-09T10:00", "end": "2027-05-09T11:00"}, [Clash(Kind.HOURS, "b")]),
    ],
)
def test_clashes(first, second, expected):
    assert clashes([placing(**first), placing("b", **second)], HOURS, FIVE) == expected

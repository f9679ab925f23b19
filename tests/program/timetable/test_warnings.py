"""From the programme to the rules; the rules themselves have their own tests."""

from dataclasses import replace

from program.timetable.rules import Clash, Kind
from program.timetable.warnings import warnings
from tests.factories import published as make


def programme(*occurrences):
    return replace(make.PROGRAMME, occurrences=occurrences)


def test_two_in_one_room_are_told():
    second = replace(make.OCCURRENCE, uuid="2")

    assert [clash.kind for clash in warnings(programme(make.OCCURRENCE, second))] == [Kind.ROOM, Kind.SPEAKER]


def test_what_is_cancelled_collides_with_nothing():
    cancelled = replace(make.OCCURRENCE, uuid="2", status="cancelled")

    assert warnings(programme(make.OCCURRENCE, cancelled)) == []


def test_a_day_without_hours_is_closed():
    monday = replace(
        make.OCCURRENCE, starts_at=make.moment("2031-03-31T10:00"), ends_at=make.moment("2031-03-31T11:00")
    )

    assert warnings(programme(monday)) == [Clash(Kind.HOURS, monday.uuid)]

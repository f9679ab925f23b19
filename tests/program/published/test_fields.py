"""The pieces that the codec is made of, each alone."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import TypeAdapter, ValidationError

from program.published.fields import Clock, Languages, Moment, Reading, ZoneName, reference, remembered


@dataclass
class Hall:
    slug: str


HALL = TypeAdapter(Annotated[Hall, remembered("hall")])
HALL_REFERENCE = TypeAdapter(Annotated[Any, *reference("hall")])


def test_languages_and_zone_are_known_to_what_is_read_later():
    reading = Reading()

    TypeAdapter(Languages).validate_json('["es", "ca"]', context=reading)
    TypeAdapter(ZoneName).validate_json('"Atlantic/Canary"', context=reading)

    assert (reading.languages, reading.zone) == (("es", "ca"), ZoneInfo("Atlantic/Canary"))


def test_a_moment_is_read_into_the_zone_and_written_with_its_offset():
    reading = Reading(zone=ZoneInfo("Atlantic/Canary"))
    adapter = TypeAdapter(Moment)

    moment = adapter.validate_json('"2031-03-30T09:00:00Z"', context=reading)

    assert moment.tzinfo == reading.zone
    assert adapter.dump_python(moment, mode="json") == "2031-03-30T10:00:00+01:00"
    assert adapter.json_schema() == {"type": "string", "format": "date-time"}


def test_a_time_of_day_is_written_as_people_write_it():
    assert TypeAdapter(Clock).dump_python(dt.time(9, 30), mode="json") == "09:30:00"


def test_a_reference_is_the_thing_itself_and_its_short_name():
    reading = Reading()
    hall = HALL.validate_json('{"slug": "nef"}', context=reading)

    assert HALL_REFERENCE.validate_json('"nef"', context=reading) is hall
    assert HALL_REFERENCE.dump_python(hall, mode="json") == "nef"
    assert HALL_REFERENCE.json_schema() == {"type": "string", "description": "the slug of a hall"}


@pytest.mark.parametrize("known", [{}, {"hall": {}}])
def test_an_unknown_reference_is_refused(known):
    with pytest.raises(ValidationError, match="no hall is called 'cave'"):
        HALL_REFERENCE.validate_json('"cave"', context=Reading(known=known))

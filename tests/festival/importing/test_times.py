"""Dates and times of a file: the two nights when clocks change, midnight, and what is no time."""

import datetime as dt

import pytest
from django.utils.translation import override
from hypothesis import given, strategies as st

from festival.importing import times


def utc(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2027-05-02T18:30", "2027-05-02T16:30"),
        ("2027-05-02 18:30:00", "2027-05-02T16:30"),
        ("2027-05-02T18:30:00.000", "2027-05-02T16:30"),
        ("2027-12-02T18:30", "2027-12-02T17:30"),
        ("2027-05-02T24:00", "2027-05-02T22:00"),
        ("2028-02-29T12:00", "2028-02-29T11:00"),
        ("2027-05-02T18:30Z", "2027-05-02T18:30"),
        ("2027-05-02T18:30+09:00", "2027-05-02T09:30"),
        ("2027-03-28T03:00", "2027-03-28T01:00"),  # clocks go forward at two
        ("2027-03-28T02:30+01:00", "2027-03-28T01:30"),
        ("2027-10-31T02:30", "2027-10-31T00:30"),  # clocks go back at three: the first of two
        ("2027-10-31T02:30+01:00", "2027-10-31T01:30"),
    ],
)
def test_a_moment_is_local_time_or_has_an_offset(text, moment):
    found = times.read_moment(text)

    assert (found, found.tzinfo) == (utc(moment), dt.UTC)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2027-03-28T02:30", "does not exist in Paris: clocks go forward over it; the same moment is 2027-03-28T03:30"),
        ("2027-05-02", "a date with a time"),
        ("demain", "a date with a time"),
        (20270502, "a date with a time"),
        (None, "a date with a time"),
        ("２０２７-05-02T10:00", "a date with a time"),
        ("2027-W18-7T10:00", "a date with a time"),
        ("2027-05-02T10:00+5", "a date with a time"),
        ("2027-02-29T10:00", "no calendar has"),
        ("2027-05-02T25:00", "no clock shows"),
        ("2027-05-02T24:30", "no clock shows"),
        ("2027-05-02T10:00:00.5", "fraction"),
        ("2027-05-02T10:00+25:00", "no place on earth"),
        ("0001-01-01T00:00", "between the years"),
        ("9999-12-31T23:59-12:00", "between the years"),
    ],
)
def test_what_is_no_moment_is_told_in_words(text, words):
    with pytest.raises(ValueError, match=words.replace("+", r"\+")):
        times.read_moment(text)


def test_another_zone_has_other_gaps(settings):
    settings.TIME_ZONE = "Pacific/Apia"

    with pytest.raises(ValueError, match="does not exist in Apia"):
        times.read_moment("2011-12-30T12:00")  # a day that Samoa skipped


def test_the_second_reading_of_an_autumn_night_is_named():
    assert times.other_reading("2027-10-31T02:30").isoformat() == "2027-10-31T02:30:00+01:00"
    for text in ("2027-10-31T03:00", "2027-10-31T02:30+02:00", "2027-03-28T02:30", "demain"):
        assert times.other_reading(text) is None


def test_hours_end_at_24_and_never_begin_there():
    assert times.read_clock("24:00", is_end=True) == dt.time(0)
    assert times.read_clock("18:30:00") == dt.time(18, 30)
    for text in ("24:00", "25:00", "6 pm", 18, "10:00:00.25", "24:00:01"):
        with pytest.raises(ValueError, match=" "):
            times.read_clock(text)


@given(value=st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.from_regex(r"[\d:T.+Z-]{4,30}"))
def test_whatever_it_is_the_answer_is_a_time_or_a_sentence(value):
    for reader in (times.read_day, times.read_clock, times.read_moment):
        try:
            found = reader(value)
        except ValueError as refused:
            found = str(refused)
        assert found or found == dt.time(0)

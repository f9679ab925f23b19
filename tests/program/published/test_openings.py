import datetime as dt
from dataclasses import replace

import pytest

from program.published.openings import open_on, openings
from tests.factories import published as sample


def exhibition(first, last, opens, closes):
    return replace(
        sample.OCCURRENCE,
        kind="all_day",
        starts_at=sample.moment(first),
        ends_at=sample.moment(last),
        daily_from=dt.time.fromisoformat(opens),
        daily_to=dt.time.fromisoformat(closes),
    )


def told(occurrence):
    return [f"{one.start:%d %H:%M}–{one.end:%H:%M}" for one in openings(occurrence)]


def test_what_is_at_a_time_is_one_entry():
    (one,) = openings(sample.OCCURRENCE)

    assert one.uid == sample.OCCURRENCE.uuid
    assert (one.start, one.end) == (sample.OCCURRENCE.starts_at, sample.OCCURRENCE.ends_at)


CASES = {
    "three days": ("02T10:00", "04T19:00", "10:00", "19:00", ["02 10:00–19:00", "03 10:00–19:00", "04 10:00–19:00"]),
    "until midnight of the fourth": ("02T00:00", "04T00:00", "10:00", "19:00", ["02 10:00–19:00", "03 10:00–19:00"]),
    "past midnight": ("02T19:00", "04T01:00", "19:00", "01:00", ["02 19:00–01:00", "03 19:00–01:00"]),
    "to midnight": ("02T19:00", "04T00:00", "19:00", "00:00", ["02 19:00–00:00", "03 19:00–00:00"]),
    "shorter ends": ("02T14:00", "03T12:00", "10:00", "19:00", ["02 14:00–19:00", "03 10:00–12:00"]),
    "until midnight, but for its last night": (
        "02T19:00",
        "04T00:00",
        "19:00",
        "01:00",
        ["02 19:00–01:00", "03 19:00–01:00"],
    ),
    "the night before does not count": ("02T00:30", "02T23:00", "22:00", "02:00", ["02 22:00–23:00"]),
    "never open": ("02T20:00", "02T21:00", "10:00", "19:00", ["02 20:00–21:00"]),
}


@pytest.mark.parametrize(("first", "last", "opens", "closes", "days"), CASES.values(), ids=CASES)
def test_ends_are_exclusive_and_hours_may_pass_midnight(first, last, opens, closes, days):
    assert told(exhibition(f"2027-05-{first}", f"2027-05-{last}", opens, closes)) == days


def test_a_day_keeps_its_uid_when_the_others_change():
    long = openings(exhibition("2027-05-02T10:00", "2027-05-05T19:00", "10:00", "19:00"))
    short = openings(exhibition("2027-05-03T10:00", "2027-05-04T19:00", "11:00", "18:00"))

    assert [one.uid for one in short] == [one.uid for one in long[1:3]]


def test_hours_that_the_clocks_skip_are_those_that_they_show_then():
    """On the Canaries they go from 01:00 to 02:00 on 28 March 2027, so 01:30 is 02:30."""
    night = exhibition("2027-03-27T20:00", "2027-03-29T00:00", "01:30", "05:00")

    assert told(night) == ["28 02:30–05:00"]


def test_on_a_day_outside_of_the_whole_nothing_opens():
    occurrence = exhibition("2027-05-02T10:00", "2027-05-04T19:00", "10:00", "19:00")

    opens, closes = open_on(occurrence, dt.date(2027, 5, 9))
    assert opens == closes

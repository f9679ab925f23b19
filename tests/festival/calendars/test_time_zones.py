"""The description of a time zone says what the zone database says, at every hour, by another reader's reckoning."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from festival.calendars.time_zones import vtimezone

FIRST, LAST = dt.datetime(2027, 5, 1, tzinfo=dt.UTC), dt.datetime(2027, 5, 8, tzinfo=dt.UTC)
ZONES = [
    "Europe/Paris",
    "Atlantic/Canary",
    "Europe/Dublin",
    "America/Toronto",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Asia/Tehran",
    "Africa/Casablanca",
    "Pacific/Apia",
    "Pacific/Chatham",
    "UTC",
]


def described(zone, first=FIRST, last=LAST):
    return vtimezone(ZoneInfo(zone), first, last)


def offset_by_description(component, local):
    """Find the offset of a local time as RFC 5545 3.6.5 says: of the observance that began last before it."""
    onsets = []
    for observance in component.subcomponents:
        start, to = observance["DTSTART"].dt, observance["TZOFFSETTO"].td
        starts = [start]
        if rule := observance.get("RRULE"):
            starts = [_by_rule(rule, start, year) for year in range(start.year, local.year + 1)]
        onsets += [(onset, to) for onset in starts if onset <= local]
    return max(onsets)[1]


def _by_rule(rule, start, year):
    place, weekday = int(rule["BYDAY"][0][:-2]), ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].index(rule["BYDAY"][0][-2:])
    month = rule["BYMONTH"][0]
    days = [
        day
        for day in (start.replace(year=year, month=month, day=1) + dt.timedelta(days=n) for n in range(31))
        if day.month == month and day.weekday() == weekday
    ]
    return days[place - 1 if place > 0 else place]


@pytest.mark.parametrize("zone", ZONES)
def test_every_hour_of_two_years_has_the_right_offset(zone):
    component = described(zone)
    moment = dt.datetime(2027, 1, 1, 0, 30, tzinfo=dt.UTC)
    while moment < dt.datetime(2028, 1, 2, tzinfo=dt.UTC):
        local = moment.astimezone(ZoneInfo(zone))
        if not local.fold:  # the second of two equal times is never written in a zone
            assert offset_by_description(component, local.replace(tzinfo=None)) == local.utcoffset(), local
        moment += dt.timedelta(hours=1)


@pytest.mark.parametrize("zone", ZONES)
def test_it_holds_nothing_that_the_standard_does_not_know(zone):
    component = described(zone)

    assert set(component.keys()) == {"TZID"}
    known = {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "RRULE"}
    assert all(set(one.keys()) <= known for one in component.subcomponents)
    assert len(component.to_ical()) < 900


def test_a_yearly_rule_is_written_as_one():
    summer, winter = described("Europe/Paris").subcomponents

    assert (summer.name, winter.name) == ("DAYLIGHT", "STANDARD")
    assert summer["DTSTART"].dt == dt.datetime(2026, 3, 29, 2)
    assert winter["DTSTART"].dt == dt.datetime(2026, 10, 25, 3)
    assert summer.to_ical().count(b"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3") == 1
    assert b"BYDAY=2SU;BYMONTH=3" in described("America/Toronto").to_ical()


def test_ramadan_has_no_rule_but_each_of_its_dates():
    ramadan = [one for one in described("Africa/Casablanca").subcomponents if one["TZOFFSETTO"].td == dt.timedelta()]

    assert [one["DTSTART"].dt for one in ramadan][1:3] == [
        dt.datetime(2027, 2, 7, 3),
        dt.datetime(2028, 1, 23, 3),
    ]
    assert not any("RRULE" in one for one in ramadan)


def test_a_zone_that_gave_up_its_summer_time_is_right_before_and_after():
    """Samoa's last summer ended on 4 April 2021."""
    first, last = dt.datetime(2021, 3, 30, tzinfo=dt.UTC), dt.datetime(2021, 4, 9, tzinfo=dt.UTC)

    component = described("Pacific/Apia", first, last)

    assert offset_by_description(component, dt.datetime(2021, 4, 3, 12)) == dt.timedelta(hours=14)
    assert offset_by_description(component, dt.datetime(2021, 4, 5, 12)) == dt.timedelta(hours=13)


def test_a_year_before_any_change_is_described_too():
    """Turkey stopped in 2016, and has had one offset since then."""
    component = described(
        "Europe/Istanbul", dt.datetime(2018, 2, 1, tzinfo=dt.UTC), dt.datetime(2018, 2, 2, tzinfo=dt.UTC)
    )

    (only,) = component.subcomponents
    assert (only["DTSTART"].dt.year, only["TZOFFSETTO"].td) == (1970, dt.timedelta(hours=3))


def test_whoever_gets_a_description_may_add_to_it():
    described("Europe/Paris").add("x-mine", "1")

    assert "X-MINE" not in described("Europe/Paris")

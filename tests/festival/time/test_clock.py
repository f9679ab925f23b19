from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given, strategies as st

from festival.time import clock

REAL = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("", REAL),
        ("2027-05-02T11:30", datetime(2027, 5, 2, 9, 30, tzinfo=UTC)),
        ("2026-12-15T10:00", datetime(2026, 12, 15, 9, 0, tzinfo=UTC)),
        ("2027-05-02T11:30+00:00", datetime(2027, 5, 2, 11, 30, tzinfo=UTC)),
        ("+160d", REAL + timedelta(days=160)),
        ("-3h", REAL - timedelta(hours=3)),
        ("+5m", REAL + timedelta(minutes=5)),
    ],
)
def test_read(setting, expected):
    assert clock.read(setting, real=REAL) == expected


def test_read_start_runs_on():
    later = clock.read("start:2027-05-02T11:30", real=clock._STARTED + timedelta(minutes=7))

    assert later == datetime(2027, 5, 2, 9, 37, tzinfo=UTC)


@given(st.integers(min_value=-9999, max_value=9999))
def test_read_offset_keeps_distance(days):
    assert clock.read(f"{days:+d}d", real=REAL) - REAL == timedelta(days=days)


@pytest.mark.parametrize("setting", ["tomorrow", "+3weeks", "2027-13-01T00:00"])
def test_read_refuses_what_it_does_not_understand(setting):
    with pytest.raises(ImproperlyConfigured, match="FESTIVAL_CLOCK is not understood"):
        clock.read(setting, real=REAL)


def test_showing_restores_the_clock(settings):
    settings.FESTIVAL_CLOCK = "2027-05-02T11:30"

    with clock.showing("2027-05-07T00:30"):
        assert clock.today() == date(2027, 5, 7)
    assert clock.today() == date(2027, 5, 2)


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("Europe/Paris", "Paris"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("Atlantic/Canary", "Canary"),
        ("UTC", "UTC"),
    ],
)
def test_people_call_the_time_by_its_town(settings, zone, name):
    settings.TIME_ZONE = zone

    assert clock.zone_name() == name
    assert str(clock.times_are_local()) == f"Les heures sont celles de {name}."


def test_today_is_the_day_of_the_zone(settings):
    settings.TIME_ZONE = "Pacific/Kiritimati"

    assert clock.today() == date(2027, 5, 2)
    with clock.showing("2027-05-02T23:00-10:00"):
        assert clock.today() == date(2027, 5, 3)


@pytest.mark.parametrize(
    ("zone", "day"), [("Europe/Paris", "2027-05-02"), ("Atlantic/Canary", "2027-05-02"), ("Asia/Tokyo", "2027-05-03")]
)
def test_the_festival_day_is_that_of_the_festivals_zone(settings, zone, day):
    settings.TIME_ZONE = zone
    night = datetime(2027, 5, 2, 23, 30, tzinfo=UTC)  # 1:30 in Paris, 0:30 on the Canaries, 8:30 in Tokyo

    assert clock.festival_day_of(night, time(5)).isoformat() == day

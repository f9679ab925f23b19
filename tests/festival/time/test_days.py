import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from festival.time.days import festival_day, last_festival_day, open_days, opening_moments

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2027-05-06T23:59", "2027-05-06"),
        ("2027-05-07T01:30", "2027-05-06"),  # Commons Night goes on
        ("2027-05-07T04:59:59", "2027-05-06"),
        ("2027-05-07T05:00", "2027-05-07"),
        ("2027-05-07T12:00", "2027-05-07"),
        ("2027-05-01T00:00", "2027-04-30"),
    ],
)
def test_a_night_belongs_to_the_day_before(moment, day):
    assert festival_day(dt.datetime.fromisoformat(moment), dt.time(5)) == dt.date.fromisoformat(day)


@given(moment=st.datetimes(min_value=dt.datetime(2000, 1, 2)), starts_at=st.times())
def test_the_festival_day_is_today_or_yesterday(moment, starts_at):
    assert (moment.date() - festival_day(moment, starts_at)).days in {0, 1}
    assert festival_day(moment, dt.time(0)) == moment.date()


@pytest.mark.parametrize(
    ("opens", "closes", "until"),
    [
        ("10:00", "19:00", "2027-05-06T19:00"),
        ("18:00", "01:00", "2027-05-07T01:00"),
        ("19:00", "00:00", "2027-05-07T00:00"),
        ("09:00", "04:00", "2027-05-07T04:00"),
        ("09:00", "09:00", "2027-05-07T09:00"),
        ("00:00", "23:59", "2027-05-06T23:59"),
    ],
)
def test_hours_may_pass_midnight(opens, closes, until):
    found = opening_moments(dt.date(2027, 5, 6), dt.time.fromisoformat(opens), dt.time.fromisoformat(closes), PARIS)

    assert found == (
        dt.datetime.fromisoformat(f"2027-05-06T{opens}").replace(tzinfo=PARIS),
        dt.datetime.fromisoformat(until).replace(tzinfo=PARIS),
    )


@given(day=st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), opens=st.times(), closes=st.times())
def test_doors_close_after_they_open_within_a_day(day, opens, closes):
    opens_at, closes_at = opening_moments(day, opens, closes, dt.UTC)

    assert dt.timedelta(0) < closes_at - opens_at <= dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "end", "opens", "last"),
    [
        ("2027-05-01T10:00", "2027-05-04T19:00", "10:00", "2027-05-04"),
        ("2027-05-01T10:00", "2027-05-05T00:00", "10:00", "2027-05-04"),
        ("2027-05-01T18:00", "2027-05-05T01:00", "18:00", "2027-05-04"),
        ("2027-05-01T10:00", "2027-05-05T10:00", "10:00", "2027-05-04"),
        ("2027-05-01T10:00", "2027-05-05T10:01", "10:00", "2027-05-05"),
        ("2027-05-01T10:00", "2027-05-05T00:00", None, "2027-05-04"),
        ("2027-05-01T10:00", "2027-05-05T00:01", None, "2027-05-05"),
        ("2027-05-01T00:00", "2027-05-02T00:00", "00:00", "2027-05-01"),
        ("2027-05-01T08:00", "2027-05-01T09:00", "10:00", "2027-05-01"),
    ],
)
def test_the_end_of_what_is_open_every_day_is_exclusive(start, end, opens, last):
    moments = (dt.datetime.fromisoformat(start), dt.datetime.fromisoformat(end))

    found = open_days(*moments, opens and dt.time.fromisoformat(opens))

    assert found == (moments[0].date(), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    ("end", "day"),
    [
        ("2027-05-05T00:00", "2027-05-04"),  # ends are exclusive
        ("2027-05-05T01:00", "2027-05-04"),  # a night belongs to the day before
        ("2027-05-05T05:00", "2027-05-04"),
        ("2027-05-05T05:01", "2027-05-05"),
        ("2027-05-05T19:00", "2027-05-05"),
        ("2027-05-01T10:00", "2027-05-01"),  # lasts no time at all
    ],
)
def test_the_last_day_is_the_one_before_an_exclusive_end(end, day):
    start = dt.datetime.fromisoformat("2027-05-01T10:00")

    assert last_festival_day(start, dt.datetime.fromisoformat(end), dt.time(5)) == dt.date.fromisoformat(day)

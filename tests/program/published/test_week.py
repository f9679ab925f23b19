import datetime as dt

from program.published.week import Day, Hours
from tests.factories.published import moment, text


def day(*hours):
    return Day(dt.date(2031, 3, 30), hours, text(), text())


def test_a_day_is_open_from_its_first_doors_to_its_last():
    market = Hours("feria", moment("2031-03-30T10:00"), moment("2031-03-30T19:00"))
    night = Hours("noche", moment("2031-03-30T09:00"), moment("2031-03-31T01:00"))

    open_day = day(market, night)

    assert (open_day.section, open_day.opens, open_day.closes) == ("feria", night.opens, night.closes)


def test_a_day_without_hours_is_closed():
    assert (day().section, day().opens, day().closes) == ("", None, None)

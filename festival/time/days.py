"""Which festival day a moment belongs to, and when doors open and close. Plain Python."""

from datetime import date, datetime, time, timedelta, tzinfo


def festival_day(moment: datetime, day_starts_at: time) -> date:
    """Return the festival day of a local moment: a party at 1 a.m. belongs to the day before."""
    return moment.date() if moment.time() >= day_starts_at else moment.date() - timedelta(days=1)


def last_festival_day(start: datetime, end: datetime, day_starts_at: time) -> date:
    """Return the festival day on which a stretch of local time ends. Ends are exclusive.

    What lasts until 5 May, 0:00 was last open on the 4th; what is empty ends on the day on which it starts.
    """
    moment = max(start, end - timedelta(microseconds=1))
    return festival_day(moment, day_starts_at)


def opening_moments(day: date, opens: time, closes: time, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the aware moments of hours such as 10:00 to 19:00 on `day`.

    Closing at or before the opening means after midnight: 18:00 to 01:00 ends on the next date, 19:00 to 00:00 lasts
    five hours, 09:00 to 09:00 a day.
    """
    until = day if closes > opens else day + timedelta(days=1)
    return datetime.combine(day, opens, zone), datetime.combine(until, closes, zone)


def open_days(start: datetime, end: datetime, opens: time | None) -> tuple[date, date]:
    """Return the first and the last date of what is open every day from `opens` on, between two local moments.

    The end is exclusive: until "5 May, 00:00", or until 09:00 with doors at 10:00, the last day is the 4th. The first
    day always counts.
    """
    last = end.date() if (opens or time(0)) < end.time() else end.date() - timedelta(days=1)
    return start.date(), max(start.date(), last)

"""Which festival day a moment belongs to. Plain Python."""

from datetime import date, datetime, time, timedelta


def festival_day(moment: datetime, day_starts_at: time) -> date:
    """Return the festival day of a local moment: a party at 1 a.m. belongs to the day before."""
    return moment.date() if moment.time() >= day_starts_at else moment.date() - timedelta(days=1)

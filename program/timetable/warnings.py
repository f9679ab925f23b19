"""What an editor should look at before a release. Plain Python."""

from datetime import datetime

from program.published.day_plan import placing
from program.published.snapshot import Programme
from program.published.week import Day
from program.timetable import rules


def open_hours(day: Day) -> tuple[datetime, datetime]:
    """Return when doors open and close."""
    return day.opens, day.closes


def warnings(programme: Programme) -> list[rules.Clash]:
    """Return what an editor should look at; cancelled occurrences collide with nothing."""
    placings = [placing(o) for o in programme.occurrences if not o.is_cancelled]
    hours = {day.date: open_hours(day) for day in programme.days}
    return rules.clashes(placings, hours, programme.day_starts_at)

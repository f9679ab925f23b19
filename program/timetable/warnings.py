"""What an editor should look at before a release. Plain Python."""

from program.published.day_plan import placing
from program.published.snapshot import Programme
from program.timetable import rules


def warnings(programme: Programme) -> list[rules.Clash]:
    """Return what an editor should look at; cancelled occurrences collide with nothing."""
    placings = [placing(o) for o in programme.occurrences if not o.is_cancelled]
    hours = {day.date: (day.opens, day.closes) for day in programme.days if day.opens and day.closes}
    return rules.clashes(placings, hours, programme.day_starts_at)

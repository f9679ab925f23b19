"""A time zone as a calendar file describes it: VTIMEZONE (RFC 5545, 3.6.5), as short as it can be.

The package's own description begins each change of the clocks at the time that the clocks show after it, where the
standard wants the one before, and says by a COMMENT, which a VTIMEZONE may not hold, how long it is good for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import cast
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_STEP = timedelta(days=7)  # no zone changes twice within a week
_BEFORE = timedelta(days=400)
_AFTER = timedelta(days=3 * 366)  # in three years a rule shows itself
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ALWAYS = datetime(1970, 1, 1)  # noqa: DTZ001 -- a VTIMEZONE is written in the times that clocks show

Kind = tuple[timedelta, timedelta, str, bool]


@dataclass(frozen=True, slots=True)
class _Change:
    """One change of the clocks. `local` is what they show just before it."""

    local: datetime
    kind: Kind


def vtimezone(zone: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """Return the VTIMEZONE of `zone`, right for all that happens between two aware moments.

    Clocks that change by a yearly rule get that rule, others a part for each change: some readers pass over RDATE.
    """
    text = _described(zone, first.astimezone(UTC).year, last.astimezone(UTC).year)
    return cast("Timezone", Timezone.from_ical(text))  # a copy: whoever gets it may add to it


@lru_cache(maxsize=32)
def _described(zone: ZoneInfo, first_year: int, last_year: int) -> bytes:
    first, last = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    component = Timezone()
    component.add("tzid", zone.key)
    changes = list(_changes(zone, first - _BEFORE, last + _AFTER))
    if not changes or changes[0].local.replace(tzinfo=UTC) > first - timedelta(days=1):
        start = (first - _BEFORE).astimezone(zone)
        component.add_component(_observance(_Change(_ALWAYS, _kind(start, start))))
    by_kind: dict[Kind, list[_Change]] = {}
    for change in changes:
        by_kind.setdefault(change.kind, []).append(change)
    rules = {kind: _rule([change.local for change in same]) for kind, same in by_kind.items()}
    if all(rules.values()):
        for kind, rule in rules.items():
            component.add_component(_observance(by_kind[kind][0], rule))
    else:
        for change in changes:
            if change.local.replace(tzinfo=UTC) < last + _BEFORE:
                component.add_component(_observance(change))
    return component.to_ical()


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[_Change]:
    """Yield the changes between two moments in UTC, found by halving the week in which the offset changes."""
    moment = begin
    while moment < end:
        low, high = moment, moment + _STEP
        before = low.astimezone(zone)
        if high.astimezone(zone).utcoffset() != before.utcoffset():
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) / 2
                middle = middle.replace(microsecond=0)
                if middle.astimezone(zone).utcoffset() == before.utcoffset():
                    low = middle
                else:
                    high = middle
            yield _Change((high + _offset(before)).replace(tzinfo=None), _kind(before, high.astimezone(zone)))
        moment += _STEP


def _kind(before: datetime, after: datetime) -> Kind:
    """Return offset before, offset after, name, and whether it is summer time, which is always ahead of the other."""
    is_summer = bool(after.dst() or before.dst()) and _offset(after) > _offset(before)
    return _offset(before), _offset(after), after.tzname() or "", is_summer


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def _observance(change: _Change, rule: dict[str, object] | None = None) -> TimezoneStandard | TimezoneDaylight:
    offset_from, offset_to, name, is_summer = change.kind
    component = TimezoneDaylight() if is_summer else TimezoneStandard()
    component.add("dtstart", change.local)
    component.add("tzoffsetfrom", offset_from)
    component.add("tzoffsetto", offset_to)
    component.add("tzname", name)
    if rule:
        component.add("rrule", rule)
    return component


def _rule(starts: list[datetime]) -> dict[str, object] | None:
    """Return the yearly rule that gives exactly these moments, such as the last Sunday of March, or None."""
    years = [start.year for start in starts]
    if len(starts) < 3 or years != list(range(years[0], years[-1] + 1)):
        return None
    if len({(start.month, start.weekday(), start.time()) for start in starts}) > 1:
        return None
    places = {(start.day - 1) // 7 + 1 for start in starts}
    is_last = all((start + timedelta(days=7)).month != start.month for start in starts)
    if not is_last and len(places) > 1:
        return None
    place = -1 if is_last else places.pop()
    return {"freq": "YEARLY", "bymonth": starts[0].month, "byday": f"{place}{_WEEKDAYS[starts[0].weekday()]}"}

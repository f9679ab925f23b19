"""How a file writes dates, times of day and moments (ISO 8601), and what is refused with a sentence.

A moment without an offset is local time of the festival. Where clocks go back it may happen twice: the first one is
meant, as in calendars (RFC 5545 3.3.5); an offset names the other. Where clocks go forward some do not exist: refused.
"""

import re
from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext as _

from festival.time import clock
from festival.typed import moments

FIRST, LAST = date(moments.FIRST_YEAR, 1, 1), date(moments.LAST_YEAR, 12, 31)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLOCK = re.compile(r"(\d{2}:\d{2})(?::(\d{2})(?:\.(\d+))?)?")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?")
_ASCII = str.isascii  # other digits than 0 to 9 would pass `\d`


def read_day(value: object) -> date:
    """Return the date of a text such as `2027-05-02`. Raises ValueError with a sentence."""
    if not isinstance(value, str) or not _ASCII(value) or not _DATE.fullmatch(value):
        raise ValueError(_("must be a date such as 2027-05-02"))
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise ValueError(_("is a day that no calendar has")) from None
    if not FIRST <= found <= LAST:
        raise ValueError(_("must lie between the years %(first)s and %(last)s") % _years())
    return found


def read_clock(value: object, *, is_end: bool = False) -> time:
    """Return the time of day of a text such as `18:30` or `18:30:00`; 24:00 is midnight, and only as an end.

    Raises ValueError with a sentence.
    """
    match = _CLOCK.fullmatch(value) if isinstance(value, str) and _ASCII(value) else None
    if match is None:
        raise ValueError(_("must be a time of day such as 18:30"))
    hours, seconds, fraction = match.groups()
    if (fraction or "").strip("0"):
        raise ValueError(_("has a fraction of a second; whole seconds, please"))
    if hours == "24:00" and not int(seconds or 0):
        if is_end:
            return time(0)
        raise ValueError(_("is the end of a day; the beginning of the next one is 00:00"))
    try:
        return time.fromisoformat(f"{hours}:{seconds or '00'}")
    except ValueError:
        raise ValueError(_("is a time that no clock shows")) from None


def read_moment(value: object) -> datetime:
    """Return the moment, aware and in UTC, of a text such as `2027-05-02T18:30`, festival time, or one with an offset.

    `2027-05-02T24:00` is the midnight at the end of that day. Raises ValueError with a sentence.
    """
    match = _MOMENT.fullmatch(value) if isinstance(value, str) and _ASCII(value) else None
    if match is None:
        raise ValueError(_("must be a date with a time, such as 2027-05-02T18:30"))
    day, clock_time, offset = read_day(match[1]), read_clock(match[2], is_end=True), match[3]
    if match[2].startswith("24"):
        day += timedelta(days=1)
    if offset:
        return _with_offset(day, clock_time, offset)
    found = datetime.combine(day, clock_time, clock.zone()).astimezone(UTC)
    there_and_back = found.astimezone(clock.zone())
    if there_and_back.replace(tzinfo=None) != datetime.combine(day, clock_time):
        raise ValueError(
            _("does not exist in %(zone)s: clocks go forward over it; the same moment is %(moment)s")
            % {"zone": clock.zone_name(), "moment": there_and_back.isoformat(timespec="minutes")}
        )
    return found


def other_reading(value: str) -> datetime | None:
    """Return the second of the two local moments that a time without offset may mean; None where it means one."""
    match = _MOMENT.fullmatch(value)
    if match is None or match[3]:
        return None
    try:
        first = read_moment(value).astimezone(clock.zone())
    except ValueError:
        return None
    second = first.replace(fold=1)
    return second if second.utcoffset() != first.utcoffset() else None


def _with_offset(day: date, clock_time: time, offset: str) -> datetime:
    try:
        return datetime.fromisoformat(f"{day}T{clock_time}{offset}").astimezone(UTC)
    except ValueError:
        raise ValueError(_("has an offset that no place on earth has")) from None


def _years() -> dict[str, int]:
    return {"first": FIRST.year, "last": LAST.year}

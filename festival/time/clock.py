"""The only place that reads the time.

`FESTIVAL_CLOCK` moves it, for demonstrations and rehearsals:

- empty: real time;
- `2027-05-02T11:30`: stands still at that moment (in the festival's time zone unless an offset is given);
- `start:2027-05-02T11:30`: at that moment when the process starts, then runs on;
- `+160d`: real time and so many days (or `h`, `m`); may be negative.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from festival.time.days import festival_day

_STARTED = datetime.now(UTC)
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}
_override: ContextVar[str | None] = ContextVar("festival_clock", default=None)


def now() -> datetime:
    """Return the festival's current moment, aware, in UTC. Raises ImproperlyConfigured for a malformed clock."""
    override = _override.get()
    return read(settings.FESTIVAL_CLOCK if override is None else override, real=datetime.now(UTC))


def today() -> date:
    """Return the current calendar day in the festival's time zone."""
    return now().astimezone(zone()).date()


def zone() -> ZoneInfo:
    """Return the festival's time zone."""
    return ZoneInfo(settings.TIME_ZONE)


def festival_day_of(moment: datetime, day_starts_at: time) -> date:
    """Return the festival day that an aware moment belongs to, at a festival whose days start at `day_starts_at`.

    The one answer to "which day is it?": for pages, tickets and the door.
    """
    return festival_day(moment.astimezone(zone()), day_starts_at)


def zone_name() -> str:
    """Return how people call the festival's time: `Paris` in Europe/Paris, `Buenos Aires`, `UTC`."""
    return settings.TIME_ZONE.rpartition("/")[2].replace("_", " ")


def times_are_local() -> Promise:
    """Return a sentence for screens where times are typed, put together when it is shown."""
    return format_lazy(_("Times are {zone} time."), zone=zone_name())


def read(clock: str, *, real: datetime) -> datetime:
    """Return the moment that `clock` (the grammar above) shows at the real moment `real` (aware)."""
    if not clock:
        return real
    if match := re.fullmatch(r"([+-]\d+)([dhm])", clock):
        return real + timedelta(**{_UNITS[match[2]]: int(match[1])})
    running = clock.startswith("start:")
    try:
        moment = datetime.fromisoformat(clock.removeprefix("start:"))
    except ValueError as error:
        raise ImproperlyConfigured(f"FESTIVAL_CLOCK is not understood: {clock!r}.") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone())
    moment = moment.astimezone(UTC)
    return moment + (real - _STARTED) if running else moment


@contextmanager
def showing(clock: str | None) -> Iterator[None]:
    """Show another clock within the block; None keeps the installation's own."""
    token = _override.set(clock)
    try:
        yield
    finally:
        _override.reset(token)

"""Where the demonstration's clock can be moved to: named stops of the model year."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COOKIE = "demo_clock"
DEFAULT = "village"


@dataclass(frozen=True, slots=True)
class ClockStop:
    """A named stop of the demonstration's clock; `at` is local Paris time, ISO 8601."""

    key: str
    at: str
    label: Promise


CLOCK_STOPS = {
    stop.key: stop
    for stop in (
        ClockStop("calls-open", "2026-12-15T10:00", _("Calls open")),
        ClockStop("jury", "2027-03-20T10:00", _("Jury at work")),
        ClockStop("village", "2027-05-02T11:30", _("Village open")),
        ClockStop("fest", "2027-05-05T11:30", _("Fest live")),
        ClockStop("night", "2027-05-07T00:30", _("Party after midnight")),
        ClockStop("archive", "2027-05-10T10:00", _("Archive")),
    )
}

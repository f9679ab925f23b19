"""The moments of the model week that the demonstration's clock can be moved to."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COOKIE = "demo_moment"
DEFAULT = "village"


@dataclass(frozen=True, slots=True)
class Moment:
    """A named stop of the demonstration's clock; `at` is local Paris time, ISO 8601."""

    key: str
    at: str
    label: Promise


MOMENTS = {
    moment.key: moment
    for moment in (
        Moment("calls-open", "2026-12-15T10:00", _("Calls open")),
        Moment("jury", "2027-03-20T10:00", _("Jury at work")),
        Moment("village", "2027-05-02T11:30", _("Village open")),
        Moment("fest", "2027-05-05T11:30", _("Fest live")),
        Moment("night", "2027-05-07T00:30", _("Party after midnight")),
        Moment("archive", "2027-05-10T10:00", _("Archive")),
    )
}

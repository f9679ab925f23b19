"""When and where a session is, as mails and sentences say it."""

from festival.text import typography
from program.models import Occurrence


def when(occurrence: Occurrence) -> str:
    """Return the day and the hours of a session without markup, in the active language and the festival's time zone."""
    hours = typography.time_range(occurrence.starts_at, occurrence.ends_at)
    return f"{typography.plain_date(occurrence.starts_at)}, {hours}"


def where(occurrence: Occurrence) -> str:
    """Return the room and its house."""
    return f"{occurrence.room.name}, {occurrence.room.venue.name}"

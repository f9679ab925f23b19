"""Calendar files (RFC 5545, 7986): what every event and every calendar of ours has, whichever app writes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vUri

from festival.calendars.time_zones import vtimezone
from festival.typed import cleaning


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One VEVENT.

    `start` and `end`, which is exclusive, are both aware moments or both dates (whole days). `stamp` is the moment of
    the last revision, so that equal facts give equal bytes. Texts are in `language` but for those that `languages`
    names by their field. `organiser` is a name and a mail address.
    """

    uid: str
    summary: str
    start: datetime | date
    end: datetime | date
    sequence: int
    stamp: datetime
    is_cancelled: bool = False
    description: str = ""
    location: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    geo: tuple[float, float] | None = None
    language: str = ""
    languages: Mapping[str, str] = field(default_factory=dict)
    takes_time: bool = True
    organiser: tuple[str, str] = ("", "")


def new_calendar(product: str, language: str) -> Calendar:
    """Return an empty calendar of one of our products (`Programme`), whose texts are in `language`."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Kermesse//{product}//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def write(calendar: Calendar, events: Sequence[CalendarEvent], zone: ZoneInfo, *, quiet: datetime) -> bytes:
    """Return the bytes of the calendar with its events, in the times of `zone`; equal events give equal bytes.

    The zone is described before the events. It is in an empty calendar too, since a calendar must hold something (RFC
    5545, 3.6); then it is described as it is at the moment `quiet`.
    """
    moments = [moment for event in events for moment in (event.start, event.end) if isinstance(moment, datetime)]
    if not events or (moments and zone.key != "UTC"):
        calendar.add_component(vtimezone(zone, min(moments, default=quiet), max(moments, default=quiet)))
    for event in events:
        calendar.add_component(vevent(event, zone))
    return calendar.to_ical()


def vevent(item: CalendarEvent, zone: ZoneInfo) -> Event:
    """Return the VEVENT of an event, in the times of `zone`."""
    event = Event()
    event.add("uid", item.uid)
    event.add("dtstamp", item.stamp.astimezone(UTC))
    event.add("last-modified", item.stamp.astimezone(UTC))
    event.add("sequence", item.sequence)
    event.add("status", "CANCELLED" if item.is_cancelled else "CONFIRMED")
    start, end = _written(item.start, item.end, zone)
    event.add("dtstart", start)
    event.add("dtend", end)
    for name in ("summary", "description", "location"):
        if value := cleaning.writable(getattr(item, name)):
            event.add(name, value, parameters=_language(item, name))
    if item.categories:
        event.add(
            "categories",
            [cleaning.writable(name) for name in item.categories],
            parameters=_language(item, "categories"),
        )
    if item.url:
        event.add("url", vUri(item.url))
    if item.geo:
        event.add("geo", item.geo)
    name, email = item.organiser
    if email:
        event.add("organizer", vCalAddress(f"mailto:{email}"), parameters={"CN": _parameter(name)} if name else {})
    if item.is_cancelled or not item.takes_time:
        event.add("transp", "TRANSPARENT")
    return event


def _language(item: CalendarEvent, name: str) -> dict[str, str]:
    language = item.languages.get(name) or item.language
    return {"LANGUAGE": language} if language else {}


def _parameter(text: str) -> str:
    """Return the text as the value of a parameter, which has no way to hold a quotation mark (RFC 5545, 3.2)."""
    return " ".join(cleaning.writable(text).replace('"', "'").split())


def _written(start: datetime | date, end: datetime | date, zone: ZoneInfo) -> tuple[datetime | date, datetime | date]:
    """Return both ends as they are written.

    A time that the clocks show twice, when they are put back, means the first one (RFC 5545, 3.3.5), but many readers
    take the second; so such an event is written in UTC. A time that they skip is written as they show it then.
    """
    if not (isinstance(start, datetime) and isinstance(end, datetime)):
        return start, end
    moments = [moment.astimezone(UTC) for moment in (start, end)]
    local = [moment.astimezone(zone) for moment in moments]
    first, last = moments if any(_is_shown_twice(moment) for moment in local) else local
    return first, last


def _is_shown_twice(moment: datetime) -> bool:
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()

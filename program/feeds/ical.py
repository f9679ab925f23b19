"""Our writer for django-ical's feeds.

As it stands the package writes no VTIMEZONE, drops SEQUENCE, stamps every request anew and writes an invalid TTL;
see decision 0019. Everything else (the feed view, its dynamic attributes) is the package's own.
"""

from datetime import date, timedelta
from typing import IO, Any

from django_ical.feedgenerator import ICal20Feed
from icalendar import Calendar, Event, vDuration, vText

from festival.typed import cleaning

PRODID = "-//Kermesse//Programme//FR"
HOUR = timedelta(hours=1)


class ScheduleCalendar(ICal20Feed):
    """Writes VCALENDAR with time zone, refresh interval and honest revisions."""

    def write(self, outfile: IO[bytes], encoding: str) -> None:
        """Write the calendar; equal items give equal bytes."""
        calendar = Calendar()
        calendar.add("prodid", PRODID)
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("method", "PUBLISH")
        self._describe(calendar)
        self.write_items(calendar)
        if self.items:
            first, last = self._span()
            calendar.add_missing_timezones(first, last)
        outfile.write(cleaning.writable(calendar.to_ical().decode()).encode())

    def write_items(self, calendar: Calendar) -> None:
        """Add one VEVENT per item; the item carries a finished `event`."""
        for item in self.items:
            calendar.add_component(vevent(item["event"]))

    def _describe(self, calendar: Calendar) -> None:
        # vText escapes; the package would write commas and newlines as they are.
        title, description = (vText(cleaning.line(self.feed[key])) for key in ("title", "description"))
        calendar.add("name", title)
        calendar.add("x-wr-calname", title)
        calendar.add("description", description)
        calendar.add("x-wr-caldesc", description)
        calendar.add("x-wr-timezone", vText(self.feed["timezone"]))
        calendar.add("url", self.feed["link"])
        calendar.add("source", self.feed["feed_url"], parameters={"VALUE": "URI"})
        calendar.add("refresh-interval", vDuration(HOUR), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vText("PT1H"))

    def _span(self) -> tuple[date, date]:
        starts = [item["event"].start.date() for item in self.items]
        return min(starts) - timedelta(days=365), max(starts) + timedelta(days=365)


def vevent(item: Any) -> Event:
    """Return the VEVENT of a `CalendarEvent`."""
    event = Event()
    event.add("uid", item.uid)
    event.add("dtstamp", item.stamp)
    event.add("last-modified", item.stamp)
    event.add("sequence", item.sequence)
    event.add("status", item.status)
    event.add("summary", item.summary)
    event.add("dtstart", item.start)
    event.add("dtend", item.end)
    for name in ("description", "location", "url"):
        if value := getattr(item, name):
            event.add(name, value)
    if item.categories:
        event.add("categories", list(item.categories))
    if item.geo:
        event.add("geo", item.geo)
    if item.status == "CANCELLED":
        event.add("transp", "TRANSPARENT")
    return event

"""Our writer for django-ical's feeds.

As it stands the package writes no VTIMEZONE, drops SEQUENCE, stamps every request anew and writes an invalid TTL;
see decision 0019. Everything else (the feed view, its dynamic attributes) is the package's own.
"""

from datetime import timedelta
from typing import IO
from zoneinfo import ZoneInfo

from django_ical.feedgenerator import ICal20Feed
from icalendar import Calendar, vDuration, vText

from festival.calendars import files
from festival.typed import cleaning

HOUR = timedelta(hours=1)


class ScheduleCalendar(ICal20Feed):
    """Writes VCALENDAR with time zone, refresh interval and honest revisions.

    There is no METHOD: it makes a calendar a message between people (RFC 5546), which would name its sender; what is
    subscribed to is none.
    """

    def write(self, outfile: IO[bytes], encoding: str) -> None:
        """Write the calendar; equal items give equal bytes."""
        calendar = files.new_calendar("Programme", self.feed["language"])
        self._describe(calendar)
        events = [item["event"] for item in self.items]
        zone = ZoneInfo(self.feed["timezone"])
        outfile.write(files.write(calendar, events, zone, quiet=self.feed["published_at"]))

    def _describe(self, calendar: Calendar) -> None:
        # vText escapes; the package would write commas and newlines as they are.
        for key, names in (("title", ("name", "x-wr-calname")), ("description", ("description", "x-wr-caldesc"))):
            text = cleaning.line(self.feed[key])
            # The old names, which many programs read alone, have no parameters.
            calendar.add(names[0], vText(text), parameters={"LANGUAGE": self.feed["language"]})
            calendar.add(names[1], vText(text))
        calendar.add("x-wr-timezone", vText(self.feed["timezone"]))
        calendar.add("url", self.feed["link"])
        calendar.add("source", self.feed["feed_url"], parameters={"VALUE": "URI"})
        calendar.add("refresh-interval", vDuration(HOUR), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vText("PT1H"))

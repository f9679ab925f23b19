"""What a calendar file breaks of RFC 5545, 5546 and 7986, for a reader as strict as libical's restriction check."""

import icalendar

ONE, MAYBE, MANY = (1, 1), (0, 1), (0, 1000)
CALENDAR = {
    **dict.fromkeys(("PRODID", "VERSION"), ONE),
    **dict.fromkeys(
        ("CALSCALE", "METHOD", "URL", "LAST-MODIFIED", "REFRESH-INTERVAL", "SOURCE", "COLOR", "UID"), MAYBE
    ),
    **dict.fromkeys(("NAME", "DESCRIPTION", "CATEGORIES", "IMAGE"), MANY),
}
EVENT = {
    **dict.fromkeys(("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "LAST-MODIFIED", "STATUS", "SUMMARY"), ONE),
    **dict.fromkeys(("DESCRIPTION", "LOCATION", "GEO", "URL", "ORGANIZER", "TRANSP", "CLASS", "PRIORITY"), MAYBE),
    **dict.fromkeys(("CATEGORIES", "COMMENT", "CONTACT"), MANY),
}
ZONE = {"TZID": ONE, "TZURL": MAYBE, "LAST-MODIFIED": MAYBE}
OBSERVANCE = {
    **dict.fromkeys(("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"), ONE),
    "RRULE": MAYBE,
    **dict.fromkeys(("RDATE", "COMMENT", "TZNAME"), MANY),
}
RULES = {"VCALENDAR": CALENDAR, "VEVENT": EVENT, "VTIMEZONE": ZONE, "STANDARD": OBSERVANCE, "DAYLIGHT": OBSERVANCE}


def faults(content, content_type="text/calendar; charset=utf-8"):
    """Return a line for each broken rule; `content_type` is that under which the file is sent."""
    found = [*_lines(content)]
    calendar = icalendar.Calendar.from_ical(content)
    for component in calendar.walk():
        found += _properties(component)
    return [*found, *_whole(calendar, content_type)]


def _lines(content):
    if b"\n" in content.replace(b"\r\n", b""):
        yield "a line ends with LF alone"
    for line in content.split(b"\r\n"):
        if len(line) > 75:
            yield f"longer than 75 octets: {line[:30]!r}…"
        line.decode()  # no character is cut in two


def _properties(component):
    rules = RULES.get(component.name)
    if rules is None:
        yield f"unexpected {component.name}"
        return
    counts = {name: len(value) if isinstance(value, list) else 1 for name, value in component.items()}
    for name, (least, most) in rules.items():
        if not least <= counts.get(name, 0) <= most:
            yield f"{component.name}: {counts.get(name, 0)} times {name}"
    yield from (f"{component.name}: {name}" for name in counts if name not in rules and not name.startswith("X-"))
    if component.name == "VEVENT":
        start, end = component["DTSTART"].dt, component["DTEND"].dt
        if type(start) is not type(end) or end <= start:
            yield f"VEVENT: from {start} to {end}"


def _whole(calendar, content_type):
    if not calendar.subcomponents:
        yield "nothing in the calendar (RFC 5545, 3.6)"
    events = calendar.walk("VEVENT")
    if len({str(event["UID"]) for event in events}) < len(events):
        yield "two events with one UID"
    if missing := calendar.get_missing_tzids():
        yield f"zones that are not described: {missing}"
    method = calendar.get("METHOD")
    if (f"method={method}" in content_type) != bool(method) or ("method=" in content_type) != bool(method):
        yield "the content type does not name the method (RFC 6047, 2.4)"
    if method and not all("ORGANIZER" in event for event in events):
        yield f"{method} without ORGANIZER (RFC 5546, 3.2.1)"

"""What every event has, whatever it is about."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import icalendar

from festival.calendars import files
from festival.calendars.files import CalendarEvent

PARIS, TORONTO = ZoneInfo("Europe/Paris"), ZoneInfo("America/Toronto")
STAMP = dt.datetime(2027, 3, 8, 8, tzinfo=dt.UTC)
EVENT = CalendarEvent(
    uid="5f2d",
    summary="Été; ici, là\\bas",
    start=dt.datetime(2027, 5, 2, 14, tzinfo=PARIS),
    end=dt.datetime(2027, 5, 2, 15, tzinfo=PARIS),
    sequence=0,
    stamp=STAMP,
    language="fr",
)


def written(*events, zone=PARIS):
    return files.write(files.new_calendar("Essai", "fr"), events, zone, quiet=STAMP)


def lines(*events, zone=PARIS):
    return written(*events, zone=zone).replace(b"\r\n ", b"").decode().split("\r\n")


def test_texts_have_no_control_characters():
    assert "SUMMARY;LANGUAGE=fr:Zoé" in lines(replace(EVENT, summary="Z\x1bo\x0bé"))


def test_texts_are_escaped_and_name_their_language():
    event = replace(EVENT, location="Halle", description="a\nb", languages={"location": "en"})

    found = lines(event)

    assert "SUMMARY;LANGUAGE=fr:Été\\; ici\\, là\\\\bas" in found
    assert "LOCATION;LANGUAGE=en:Halle" in found
    assert "DESCRIPTION;LANGUAGE=fr:a\\nb" in found


def test_moments_are_those_that_the_clocks_of_the_zone_show():
    assert "DTSTART;TZID=America/Toronto:20270502T080000" in lines(EVENT, zone=TORONTO)
    assert "DTSTART:20270502T120000Z" in lines(EVENT, zone=ZoneInfo("UTC"))


def test_a_time_that_comes_twice_is_written_in_utc():
    """31 October 2027, 02:30 in Paris. The standard means the first, libical, vobject and ical.js the second."""
    first, second = (dt.datetime(2027, 10, 31, 2, 30, tzinfo=PARIS, fold=fold) for fold in (0, 1))

    assert "DTSTART:20271031T003000Z" in lines(replace(EVENT, start=first, end=second))
    assert "DTEND:20271031T013000Z" in lines(replace(EVENT, start=first, end=second))
    assert "DTSTART:20271031T013000Z" in lines(replace(EVENT, start=second, end=second + dt.timedelta(hours=2)))
    after = dt.datetime(2027, 10, 31, 3, tzinfo=PARIS)
    assert "DTSTART;TZID=Europe/Paris:20271031T030000" in lines(
        replace(EVENT, start=after, end=after + dt.timedelta(hours=1))
    )


def test_an_hour_that_the_clocks_skip_is_written_as_they_show_it():
    event = replace(
        EVENT, start=dt.datetime(2027, 3, 28, 2, 30, tzinfo=PARIS), end=dt.datetime(2027, 3, 28, 4, tzinfo=PARIS)
    )

    assert "DTSTART;TZID=Europe/Paris:20270328T033000" in lines(event)


def test_whole_days_are_dates_with_an_exclusive_end():
    found = lines(replace(EVENT, start=dt.date(2027, 5, 2), end=dt.date(2027, 5, 3)))

    assert "DTSTART;VALUE=DATE:20270502" in found
    assert "DTEND;VALUE=DATE:20270503" in found
    assert "BEGIN:VTIMEZONE" not in found


def test_what_is_cancelled_says_so_and_takes_no_time():
    found = lines(replace(EVENT, is_cancelled=True, sequence=3))

    assert {"STATUS:CANCELLED", "TRANSP:TRANSPARENT", "SEQUENCE:3"} <= set(found)
    assert "TRANSP:TRANSPARENT" in lines(replace(EVENT, takes_time=False))
    assert {"STATUS:CONFIRMED", "SEQUENCE:0"} <= set(lines(EVENT))


def test_an_empty_calendar_holds_its_zone():
    """RFC 5545 3.6: a calendar has at least one component."""
    (zone,) = icalendar.Calendar.from_ical(written()).subcomponents

    assert zone["TZID"] == "Europe/Paris"


def test_lines_are_at_most_75_octets_and_cut_no_character():
    body = written(replace(EVENT, summary="À l’évidence 🥕 " * 20, url="https://example.org/" + "a" * 200))

    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    assert all(line.decode() is not None for line in body.split(b"\r\n"))


def test_equal_events_are_equal_bytes():
    assert written(EVENT) == written(replace(EVENT))


def test_the_rest_is_there_when_it_is_known():
    event = replace(EVENT, categories=("Fête, foire", "Rue"), geo=(48.85, 2.35), url="https://example.org/a,b")

    found = lines(event)

    assert "CATEGORIES;LANGUAGE=fr:Fête\\, foire,Rue" in found
    assert "GEO:48.85;2.35" in found
    assert "URL:https://example.org/a,b" in found
    assert not any(line.startswith(("GEO", "URL", "CATEGORIES", "LOCATION")) for line in lines(EVENT))


def test_the_organiser_is_named_as_a_parameter_can_hold_it():
    event = replace(EVENT, organiser=('Les "Jours"\n Communs', "bonjour@example.org"))
    nameless = replace(EVENT, organiser=("", "bonjour@example.org"))

    found = [icalendar.Calendar.from_ical(written(one)).events[0]["ORGANIZER"] for one in (event, nameless)]

    assert found == ["mailto:bonjour@example.org"] * 2
    assert [one.params.get("CN") for one in found] == ["Les 'Jours' Communs", None]

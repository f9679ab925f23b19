"""The calendar feeds: one test for each rule that subscribed calendars depend on."""

import datetime as dt
import uuid

import icalendar
import pytest
from django.core.cache import caches
from django.urls import reverse

from program.models import Occurrence
from tests.factories.festival import DayFactory, EditionFactory
from tests.factories.program import (
    OccurrenceFactory,
    SessionFactory,
    SessionSpeakerFactory,
    SpeakerFactory,
    paris,
    released,
)

pytestmark = pytest.mark.django_db


def feed(client, query=""):
    response = client.get("/schedule.ics" + query)
    assert response.status_code == 200
    return icalendar.Calendar.from_ical(response.content)


def events(client, query=""):
    return feed(client, query).walk("VEVENT")


def test_uid_is_the_occurrences_own_and_survives_a_move(client):
    occurrence = OccurrenceFactory()
    released()
    before = events(client)[0]["UID"]
    Occurrence.objects.filter(pk=occurrence.pk).update(starts_at=paris("2027-05-02T13:00"))
    released("2027-04-01T09:00")

    assert before == events(client)[0]["UID"] == str(occurrence.uuid)


def test_stamp_is_the_last_revision_and_not_now(client, settings):
    OccurrenceFactory()
    released("2027-03-08T09:00")
    first = client.get("/schedule.ics").content
    settings.FESTIVAL_CLOCK = "2027-05-03T11:30"

    event = events(client)[0]

    assert client.get("/schedule.ics").content == first
    assert event.decoded("DTSTAMP") == event.decoded("LAST-MODIFIED") == dt.datetime(2027, 3, 8, 8, tzinfo=dt.UTC)


def test_sequence_is_written_even_when_it_is_zero_and_grows_with_a_move(client):
    occurrence = OccurrenceFactory()
    released()
    first = events(client)[0]["SEQUENCE"]
    Occurrence.objects.filter(pk=occurrence.pk).update(starts_at=paris("2027-05-02T13:00"))
    released("2027-04-01T09:00")

    event = events(client)[0]

    assert (first, event["SEQUENCE"]) == (0, 1)
    assert event.decoded("LAST-MODIFIED") == dt.datetime(2027, 4, 1, 7, tzinfo=dt.UTC)


def test_cancelled_stays_as_cancelled(client):
    OccurrenceFactory(session=SessionFactory(title="Microcrédit", cancelled_at=paris("2027-04-29T17:20")))
    released()

    event = events(client)[0]

    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"].endswith(" – Microcrédit")
    assert event["TRANSP"] == "TRANSPARENT"


def test_withdrawn_is_cancelled_without_a_title_and_only_in_the_whole_feed(client):
    occurrence = OccurrenceFactory(session=SessionFactory(title="SECRET"))
    released()
    occurrence.session.live = False
    occurrence.session.save()
    released("2027-04-01T09:00")

    (event,) = events(client)

    assert (event["UID"], event["STATUS"], event["SEQUENCE"]) == (str(occurrence.uuid), "CANCELLED", 1)
    assert b"SECRET" not in client.get("/schedule.ics").content
    assert events(client, "?track=partager") == []


def test_times_name_the_zone_and_the_zone_is_described(client):
    OccurrenceFactory()
    released()
    raw = client.get("/schedule.ics").content.decode()

    assert "DTSTART;TZID=Europe/Paris:20270502T140000" in raw
    assert [str(zone["TZID"]) for zone in feed(client).walk("VTIMEZONE")] == ["Europe/Paris"]
    assert events(client)[0].decoded("DTSTART") == paris("2027-05-02T14:00")


def test_description_of_the_zone_is_short(client):
    OccurrenceFactory()
    released()

    (zone,) = feed(client).walk("VTIMEZONE")

    assert len(zone.to_ical()) < 1200
    assert b"1970" not in zone.to_ical()


def test_opening_on_several_days_is_one_event_a_day(client):
    OccurrenceFactory(
        kind="all_day",
        starts_at=paris("2027-05-01T10:00"),
        ends_at=paris("2027-05-04T19:00"),
        daily_from=dt.time(10),
        daily_to=dt.time(19),
    )
    released()

    found = events(client)

    assert [e.decoded("DTEND") - e.decoded("DTSTART") for e in found] == [dt.timedelta(hours=9)] * 4
    assert len({uuid.UUID(e["UID"]) for e in found}) == 4


def test_lines_are_folded_at_75_octets_and_end_with_crlf(client):
    OccurrenceFactory(session=SessionFactory(title="À l’évidence, déjà 🥕 " * 12))
    released()

    lines = client.get("/schedule.ics").content.split(b"\r\n")

    assert max(len(line) for line in lines) <= 75
    assert not any(b"\n" in line for line in lines)
    assert events(client)[0]["SUMMARY"].strip() == ("À l’évidence, déjà 🥕 " * 12).strip()


def test_text_is_escaped_and_without_control_characters(client):
    session = SessionFactory(title="Un, deux; trois\\ quatre", abstract="Ligne 1\nLigne 2")
    SessionSpeakerFactory(session=OccurrenceFactory(session=session).session, speaker=SpeakerFactory(name="Zo\x0bé"))
    released()
    raw = client.get("/schedule.ics").content.replace(b"\r\n ", b"")

    assert b"SUMMARY;LANGUAGE=fr:Un\\, deux\\; trois\\\\ quatre" in raw
    assert b"Ligne 1\\nLigne 2" in raw
    assert b"\x0b" not in raw


def test_description_names_people_languages_and_the_page(client):
    session = OccurrenceFactory().session
    SessionSpeakerFactory(session=session, speaker=SpeakerFactory(name="Jónas Hallvarðsson"))
    released()

    event = events(client, "?lang=en")[0]

    assert "Jónas Hallvarðsson" in event["DESCRIPTION"]
    assert event["URL"] in event["DESCRIPTION"]
    assert event["URL"].startswith("http://testserver/en/")
    assert event["LOCATION"].endswith("Esplanade des Sources, 75015 Paris")


def test_calendar_asks_to_be_refreshed_every_hour(client):
    OccurrenceFactory()
    released()
    raw = client.get("/schedule.ics").content.decode()

    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in raw
    assert "X-PUBLISHED-TTL:PT1H\r\n" in raw
    assert "X-WR-TIMEZONE:Europe/Paris\r\n" in raw


def test_a_subscription_is_no_message_so_it_has_no_method(client):
    """RFC 5546 wants a sender and a word in the content type with a METHOD; RFC 5545 wants none of it without."""
    OccurrenceFactory()
    released()

    calendar = feed(client)

    assert "METHOD" not in calendar
    assert {zone for zone in calendar.walk("VTIMEZONE") if "COMMENT" in zone} == set()


@pytest.mark.parametrize(("language", "title"), [("fr", "Réparer"), ("en", "Mend")])
def test_a_feed_is_in_one_language_and_says_in_which(client, language, title):
    OccurrenceFactory(session__title={"fr": "Réparer", "en": "Mend"})
    released()

    calendar = feed(client, f"?lang={language}")
    (event,) = calendar.walk("VEVENT")

    assert calendar["PRODID"].endswith(f"//{language.upper()}")
    assert (event["SUMMARY"], event["SUMMARY"].params["LANGUAGE"]) == (title, language)
    assert {calendar[name].params["LANGUAGE"] for name in ("NAME", "DESCRIPTION")} == {language}
    assert str(calendar["DESCRIPTION"]).startswith({"fr": "Programme du", "en": "Programme of"}[language])
    assert str(calendar["X-WR-CALDESC"])[:12] == str(calendar["DESCRIPTION"])[:12]
    assert f"lang={language}" in calendar["SOURCE"]


def test_one_day_is_that_day_alone(client):
    """The festival's day: what is on after midnight too, and of an exhibition the one opening."""
    OccurrenceFactory(session__title="Dimanche")
    OccurrenceFactory(session__title="Lundi", starts_at=paris("2027-05-03T10:00"), ends_at=paris("2027-05-03T11:00"))
    OccurrenceFactory(session__title="Nuit", starts_at=paris("2027-05-03T01:00"), ends_at=paris("2027-05-03T04:00"))
    OccurrenceFactory(
        session__title="Exposition",
        kind="all_day",
        starts_at=paris("2027-05-01T10:00"),
        ends_at=paris("2027-05-04T00:00"),
        daily_from=dt.time(10),
        daily_to=dt.time(19),
    )
    DayFactory()
    DayFactory(date=dt.date(2027, 5, 3))
    released()

    calendar = feed(client, "?day=2027-05-02")

    assert {str(event["SUMMARY"]) for event in calendar.walk("VEVENT")} == {"Dimanche", "Nuit", "Exposition"}
    assert len(calendar.walk("VEVENT")) == 3
    assert str(calendar["NAME"]).endswith("dimanche 2\N{NO-BREAK SPACE}mai\N{NO-BREAK SPACE}2027")
    assert "day=2027-05-02&lang=fr" in calendar["SOURCE"]
    assert [str(e["SUMMARY"]) for e in events(client, "?day=2027-05-03&room=autre")] == []


def test_a_subscribed_day_of_a_past_edition_leads_to_its_archive(client):
    past = EditionFactory(number=2026, is_current=False, start_date=dt.date(2026, 5, 1), end_date=dt.date(2026, 5, 7))
    DayFactory(edition=past, date=dt.date(2026, 5, 2))
    OccurrenceFactory(edition=past, session__title={"fr": "Bal"}, starts_at=paris("2026-05-02T20:00"))
    released("2026-03-08T09:00", edition=past)
    OccurrenceFactory(edition=EditionFactory())
    released()

    response = client.get("/schedule.ics?day=2026-05-02&lang=fr")

    assert (response.status_code, response.url) == (301, "/2026/schedule.ics?day=2026-05-02&lang=fr")
    assert "SUMMARY;LANGUAGE=fr:Bal" in client.get(response.url).text
    assert client.get("/schedule.ics?day=2026-06-02").status_code == 404
    assert client.get("/2026/schedule.ics?day=2027-05-02").status_code == 404


def test_the_last_week_stays_in_calendars_until_the_next_one_is_released(client):
    past = EditionFactory(number=2026, is_current=False, start_date=dt.date(2026, 5, 1), end_date=dt.date(2026, 5, 7))
    DayFactory(edition=past, date=dt.date(2026, 5, 2))
    OccurrenceFactory(edition=past, session__title={"fr": "Bal"}, starts_at=paris("2026-05-02T20:00"))
    EditionFactory()
    assert client.get("/schedule.ics").status_code == 404
    released("2026-03-08T09:00", edition=past)

    response = client.get("/schedule.ics?lang=fr")

    assert (response.status_code, response.url) == (302, "/2026/schedule.ics?lang=fr")
    assert "SUMMARY;LANGUAGE=fr:Bal" in client.get(response.url).text


def test_the_calendar_is_called_after_the_festival(client):
    OccurrenceFactory()
    released()

    assert str(feed(client)["X-WR-CALNAME"]) == "Festival de l’économie collaborative"
    assert str(feed(client, "?lang=en&access=lsf")["NAME"]).endswith(" (selection)")


@pytest.mark.parametrize("day", ["2027-05-42", "demain", "1999-01-01"])
def test_what_is_no_day_of_the_edition_has_no_calendar(client, day):
    OccurrenceFactory()
    released()

    assert client.get(f"/schedule.ics?day={day}").status_code == 404


def test_withdrawn_is_told_in_the_calendar_of_its_day(client):
    occurrence = OccurrenceFactory()
    released()
    occurrence.session.live = False
    occurrence.session.save()
    released("2027-04-01T09:00")

    assert [event["STATUS"] for event in events(client, "?day=2027-05-02")] == ["CANCELLED"]
    assert events(client, "?day=2027-05-03") == []


def test_a_feed_without_an_event_is_still_a_calendar(client):
    OccurrenceFactory()
    released()

    assert [one.name for one in feed(client, "?track=autre").subcomponents] == ["VTIMEZONE"]


def test_nothing_changed_is_told_with_304(client):
    OccurrenceFactory()
    released()
    first = client.get("/schedule.ics")

    by_tag = client.get("/schedule.ics", headers={"If-None-Match": first["ETag"]})
    by_date = client.get("/schedule.ics", headers={"If-Modified-Since": first["Last-Modified"]})

    assert first["ETag"].startswith('"')
    assert (by_tag.status_code, by_tag.content) == (304, b"")
    assert by_date.status_code == 304
    assert first["Cache-Control"] == "public, max-age=300"


def test_head_works_and_subscription_is_inline(client):
    OccurrenceFactory()
    released()

    response = client.head("/schedule.ics")

    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Content-Disposition" not in response
    assert client.post("/schedule.ics").status_code == 405


def test_session_file_is_an_attachment(client):
    session = OccurrenceFactory().session
    OccurrenceFactory()
    released()

    response = client.get(reverse("program-session-calendar", args=[session.slug]))

    assert response["Content-Disposition"] == f'attachment; filename="{session.slug}.ics"'
    assert len(icalendar.Calendar.from_ical(response.content).walk("VEVENT")) == 1


@pytest.mark.parametrize("query", ["?track=autre", "?section=fest", "?room=autre", "?speaker=autre", "?language=en"])
def test_filters_leave_out_what_does_not_match(client, query):
    OccurrenceFactory()
    released()

    assert events(client, query) == []


def test_filters_keep_what_matches(client):
    occurrence = OccurrenceFactory()
    SessionSpeakerFactory(session=occurrence.session, speaker=SpeakerFactory(slug="qui"))
    OccurrenceFactory()
    released()

    assert len(events(client, f"?room={occurrence.room.slug}")) == 1
    assert len(events(client, "?speaker=qui")) == 1
    assert len(events(client, "?track=partager&section=village")) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_feed_costs_one_query_once_warm(client, django_assert_num_queries, count):
    OccurrenceFactory.create_batch(count)
    released()
    client.get("/schedule.ics")

    with django_assert_num_queries(1):  # the site's generation
        client.get("/schedule.ics?lang=en")


def test_only_what_exists_is_kept(client):
    occurrence = OccurrenceFactory()
    released()
    client.get("/schedule.ics")
    before = len(caches["default"]._cache)

    for number in range(20):
        assert events(client, f"?track=invented-{number}") == []
        assert len(events(client, f"?invented={number}")) == 1
        assert events(client, f"?track={occurrence.session.track.slug}&room=invented-{number}") == []
    assert len(caches["default"]._cache) == before

    for _ in range(3):
        assert len(events(client, f"?track={occurrence.session.track.slug}")) == 1
    assert len(caches["default"]._cache) == before + 1

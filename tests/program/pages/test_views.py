"""The public pages, on small programmes: addresses, languages, leaks, query counts."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import translation

from festival.models import Edition
from program.models import Occurrence
from tests.factories.festival import DayFactory
from tests.factories.program import (
    OccurrenceFactory,
    SessionFactory,
    SessionSpeakerFactory,
    SpeakerFactory,
    paris,
    released,
)

pytestmark = pytest.mark.django_db
DAY = "/fr/programme/2027-05-02/"


def page(client, name, *args, language="fr"):
    with translation.override(language):
        return client.get(reverse(name, args=args))


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def test_before_the_first_release_the_page_says_when(client, settings):
    OccurrenceFactory()
    released("2027-03-08T09:00")
    settings.FESTIVAL_CLOCK = "2027-03-01T10:00"

    response = page(client, "program-home")

    assert "8 mars 2027" in html(response).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("language", "counted"), [("en", "1 day, 1 session, 1 speaker."), ("fr", "1 jour, 1 séance, 1 personne sur scène.")]
)
def test_what_there_is_once_is_not_said_in_the_plural(client, language, counted):
    SessionSpeakerFactory(session=OccurrenceFactory().session)
    released()

    assert counted in " ".join(html(page(client, "program-home", language=language)).split())


def test_without_any_release_the_page_is_friendly(client):
    assert page(client, "program-home").status_code == 200


@pytest.mark.parametrize("name", ["program-schedule", "program-calendar"])
def test_without_a_release_there_is_nothing_to_serve(client, name):
    assert client.get(reverse(name)).status_code == 404


@pytest.mark.parametrize("path", ["/en/programme/2027-05-02/", "/en/programme/speakers/", "/en/live/"])
def test_what_will_be_there_leads_to_the_waiting_page_before_the_first_release(client, path):
    assert client.get(path).headers["Location"] == "/en/programme/"


@pytest.mark.parametrize("path", ["/fr/programme/2027-05-09/", "/fr/programme/2027-02-30/", "/fr/programme/27-5-2/"])
def test_other_days_are_not_found(client, path):
    OccurrenceFactory()
    released()

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("fields", [{"live": False}, {"visibility": "private"}])
def test_drafts_and_private_sessions_are_not_found(client, fields):
    session = OccurrenceFactory(session=SessionFactory(title="SECRET", **fields)).session
    released()

    assert page(client, "program-session", session.slug).status_code == 404
    assert "SECRET" not in html(client.get(DAY)) + html(page(client, "program-home"))
    assert client.get(reverse("program-session-calendar", args=[session.slug])).status_code == 404


def test_unlisted_session_opens_with_its_link_alone(client):
    session = OccurrenceFactory(session=SessionFactory(title="Pour la classe", visibility="unlisted")).session
    released()

    opened = html(page(client, "program-session", session.slug))

    assert "Pour la classe" in opened
    assert '<meta name="robots" content="noindex">' in opened
    assert "ld+json" not in opened
    assert "Pour la classe" not in html(client.get(DAY)) + client.get("/schedule.ics").content.decode()


def test_pages_show_the_release_and_not_the_working_tables(client):
    occurrence = OccurrenceFactory()
    released()
    occurrence.session.title = "Autre titre"
    occurrence.session.save()

    assert "Autre titre" not in html(client.get(DAY))


def test_title_cannot_end_the_linked_data(client):
    session = OccurrenceFactory(session=SessionFactory(title="</script><script>alert(1)</script> & co")).session
    released()

    found = html(page(client, "program-session", session.slug))

    assert "<script>alert" not in found
    assert "\\u003C/script\\u003E" in found


def test_untranslated_title_says_its_language(client):
    session = OccurrenceFactory(session=SessionFactory(title={"fr": "Levain", "en": ""})).session
    released()

    assert '<h1><span lang="fr">Levain</span></h1>' in html(
        page(client, "program-session", session.slug, language="en")
    )


def test_session_lists_each_of_its_occurrences(client):
    session = SessionFactory()
    OccurrenceFactory(session=session)
    OccurrenceFactory(session=session, starts_at=paris("2027-05-02T10:00"), ends_at=paris("2027-05-02T11:00"))
    released()

    found = html(page(client, "program-session", session.slug))

    assert found.count('class="placing"') == 2
    assert found.count('"@type": "Event"') == 2


def test_neighbours_and_parallel_sessions_are_named(client):
    mine = OccurrenceFactory()
    before = OccurrenceFactory(room=mine.room, starts_at=paris("2027-05-02T12:00"), ends_at=paris("2027-05-02T13:00"))
    beside = OccurrenceFactory(starts_at=paris("2027-05-02T14:30"), ends_at=paris("2027-05-02T15:30"))
    touching = OccurrenceFactory(starts_at=paris("2027-05-02T15:00"), ends_at=paris("2027-05-02T16:00"))
    released()

    found = html(page(client, "program-session", mine.session.slug))

    assert str(before.session.title) in found
    assert str(beside.session.title) in found
    assert str(touching.session.title) not in found


def test_filters_work_without_javascript(client):
    english = OccurrenceFactory(session=SessionFactory(languages=["en"]))
    french = OccurrenceFactory(session=SessionFactory(interpretation=["lsf"]))
    released()

    in_english = html(client.get(DAY + "?language=en"))
    signed = html(client.get(DAY + "?access=lsf"))
    neither = html(client.get(DAY + "?access=lsf&language=en"))

    assert str(english.session.title) in in_english
    assert str(french.session.title) not in in_english
    assert str(french.session.title) in signed
    assert str(english.session.title) not in signed
    assert 'class="empty"' in neither


def test_star_waits_for_javascript(client):
    OccurrenceFactory()
    released()

    found = html(client.get(DAY))

    assert found.count('<button class="star"') == 1
    assert '<button class="star" type="button" hidden' in found


def test_cancelled_moved_and_full_are_said_plainly(client, shop):
    cancelled = OccurrenceFactory(session=SessionFactory(cancelled_at=paris("2027-04-29T17:20")))
    moved = OccurrenceFactory(moved_at=paris("2027-04-26T09:05"), moved_from_starts_at=paris("2027-05-02T14:30"))
    full = OccurrenceFactory(session=SessionFactory(registration="free", capacity=3, waitlist=True))
    shop.STOCKS[full.uuid] = (3, 3)
    released()

    for occurrence, words in (
        (cancelled, "notice bad"),
        (moved, "notice moved"),
        (full, "<strong>"),
    ):
        assert words in html(page(client, "program-session", occurrence.session.slug))
    day = html(client.get(DAY))
    assert day.count("tag bad") == day.count("tag moved") == 1


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["program-home", "program-speakers", "program-live", "day", "session", "speaker"])
def test_every_page_costs_one_query_once_warm(client, django_assert_num_queries, count, name):
    for _ in range(count):
        occurrence = OccurrenceFactory(starts_at=paris("2027-05-02T11:00"), ends_at=paris("2027-05-02T12:00"))
        SessionSpeakerFactory(session=occurrence.session, speaker=SpeakerFactory(slug="qui"))
    released()
    args = {"day": ["2027-05-02"], "session": [occurrence.session.slug], "speaker": ["qui"]}.get(name, [])
    name = name if name.startswith("program-") else f"program-{name}"
    with translation.override("fr"):
        path = reverse(name, args=args)
    client.get(path)

    with django_assert_num_queries(1):  # the site's generation
        response = client.get(path + "?warm=1")  # another address, so that the page itself is made anew

    assert response.status_code == 200


def test_live_page_shows_now_and_next(client):
    now = OccurrenceFactory(starts_at=paris("2027-05-02T11:00"), ends_at=paris("2027-05-02T12:00"))
    coming = OccurrenceFactory(room=now.room, starts_at=paris("2027-05-02T12:00"), ends_at=paris("2027-05-02T13:00"))
    later = OccurrenceFactory(room=now.room, starts_at=paris("2027-05-02T17:00"), ends_at=paris("2027-05-02T18:00"))
    released()

    found = html(page(client, "program-live"))

    assert str(now.session.title) in found
    assert str(coming.session.title) in found
    assert str(later.session.title) not in found


def test_party_is_still_on_after_midnight(client, settings):
    party = OccurrenceFactory(starts_at=paris("2027-05-06T22:00"), ends_at=paris("2027-05-07T04:00"))
    DayFactory(date=dt.date(2027, 5, 6))
    released()
    settings.FESTIVAL_CLOCK = "2027-05-07T00:30"

    assert str(party.session.title) in html(page(client, "program-live"))


def test_page_is_new_after_a_release(client):
    occurrence = OccurrenceFactory()
    released()
    client.get(DAY)
    Occurrence.objects.filter(pk=occurrence.pk).update(starts_at=paris("2027-05-02T13:30"))
    released("2027-04-02T09:00")

    assert "13\xa0h\xa030" in html(client.get(DAY))


def test_the_day_page_marks_the_present(client):
    hall = OccurrenceFactory(starts_at=paris("2027-05-02T09:00"), ends_at=paris("2027-05-02T10:00")).room
    for start, end in (("11:00", "12:00"), ("14:00", "15:00")):
        OccurrenceFactory(room=hall, starts_at=paris(f"2027-05-02T{start}"), ends_at=paris(f"2027-05-02T{end}"))
    released()

    found = html(client.get(DAY))

    assert found.count(" is-over") == found.count(" is-now") == 1
    assert [found.count(f">{word}</span>") for word in ("terminé", "en cours", "à suivre")] == [1, 1, 1]
    line = found.index('class="now-line')
    assert found.index(" is-now") < line < found.index("14\xa0h")


def test_a_day_that_is_over_says_so_once(client, settings):
    OccurrenceFactory(starts_at=paris("2027-05-02T09:00"), ends_at=paris("2027-05-02T10:00"))
    released()
    settings.FESTIVAL_CLOCK = "2027-05-04T10:00"

    found = html(client.get(DAY))

    assert "Cette journée est terminée" in found
    assert "now-line" not in found
    assert "terminé</span>" not in found


def test_a_session_with_registration_leads_to_who_gives_places(client):
    occurrence = OccurrenceFactory(
        session=SessionFactory(registration="free", capacity=9),
        starts_at=paris("2027-05-03T11:00"),
        ends_at=paris("2027-05-03T12:00"),
    )
    DayFactory(date=dt.date(2027, 5, 3))
    Edition.objects.update(organiser_email="bonjour@fete.example.org")
    released()

    found = html(page(client, "program-session", occurrence.session.slug))

    assert "mailto:bonjour@fete.example.org?subject=" in found


def test_a_filtered_day_is_counted_and_cleared(client):
    OccurrenceFactory(session=SessionFactory(interpretation=["lsf"]))
    OccurrenceFactory(session=SessionFactory(registration="free"))
    released()

    found = html(client.get(DAY + "?access=lsf&registration=no"))

    assert "2 filtres" in found
    chips = re.findall(r'<li><a href="[^"]*" rel="nofollow"( aria-current="true")?>', found)
    assert [bool(chip) for chip in chips[1:3]] == [True, True]

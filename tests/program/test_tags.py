"""What the programme lends to the pages of the CMS, and to search engines."""

import datetime as dt

import pytest
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.urls import resolve
from django.utils import translation

from program import blocks
from program.pages import sitemaps
from program.published.filters import Filters
from program.published.texts import Text
from program.templatetags import program_tags
from tests.factories import program as make
from tests.factories.festival import DayFactory

pytestmark = pytest.mark.django_db


def rendered(source, **context):
    return Template("{% load program_tags %}" + source).render(Context(context))


def test_highlights_without_a_choice_are_now_and_next():
    over = make.OccurrenceFactory(starts_at=make.paris("2027-05-02T09:00"), ends_at=make.paris("2027-05-02T10:00"))
    coming = make.OccurrenceFactory()
    make.released()

    page = rendered("{% session_highlights %}")

    assert str(coming.session.title) in page
    assert str(over.session.title) not in page


@pytest.mark.parametrize("clock", ["2027-03-20T10:00", "2027-05-10T10:00"])
def test_highlights_of_now_are_no_band_when_nothing_is_on(settings, clock):
    make.OccurrenceFactory()
    make.released("2027-03-01T09:00")
    settings.FESTIVAL_CLOCK = clock

    assert rendered("{% session_highlights heading='Maintenant' %}").strip() == ""


def test_highlights_show_the_chosen_and_never_what_is_not_released():
    chosen, other = make.OccurrenceFactory(), make.OccurrenceFactory()
    make.released()
    draft = make.OccurrenceFactory(session=make.SessionFactory(title="SECRET")).session

    page = rendered("{% session_highlights sessions %}", sessions=[chosen.session, draft])

    assert str(chosen.session.title) in page
    assert str(other.session.title) not in page
    assert "SECRET" not in page


@pytest.mark.parametrize("tag", ["session_highlights", "timetable_extract", "people", "exhibitors", "bookshelf"])
def test_tags_are_quiet_before_the_first_release(tag):
    assert "session" not in rendered("{% " + tag + " %}").replace("sessions", "")


def test_extract_shows_a_day_and_a_part():
    village = make.OccurrenceFactory()
    fest = make.OccurrenceFactory(session=make.SessionFactory(section__slug="fest"))
    make.released()

    page = rendered("{% timetable_extract day 'village' %}", day=dt.date(2027, 5, 2))

    assert str(village.session.title) in page
    assert str(fest.session.title) not in page


def test_people_exhibitors_books_partners_and_venues():
    speaker = make.SpeakerFactory(name="Nour Al-Khaznadar")
    make.SessionSpeakerFactory(session=make.OccurrenceFactory().session, speaker=speaker)
    make.ExhibitorFactory(name="Tournevis & Cie").days.add(DayFactory())
    make.BookFactory(title="The Couriers' Code", language="en")
    make.PartnerFactory(name="Revue Le Palier", level="media")
    make.PartnerFactory(name="Coop Les Balcons", level="main")
    make.released()

    assert "Nour Al-Khaznadar" in rendered("{% people %}")
    assert "Tournevis &amp; Cie" in rendered("{% exhibitors %}")
    assert "Tournevis" not in rendered("{% exhibitors day %}", day=dt.date(2027, 5, 3))
    assert '<h3 lang="en">The Couriers&#x27; Code</h3>' in rendered("{% bookshelf %}")
    assert (
        rendered("{% partners as rows %}{% for row in rows %}{{ row.name }}/{% endfor %}")
        == "Coop Les Balcons/Revue Le Palier/"
    )
    with translation.override("en"):
        assert rendered("{% venues as rows %}{{ rows.0.name }}") == "The Hall"
    assert rendered("{% venues section_slug='fest' as rows %}{{ rows|length }}") == "0"


@pytest.mark.parametrize(
    ("block", "value"),
    [
        (blocks.SessionHighlightsBlock, {"heading": "À suivre", "sessions": []}),
        (blocks.TimetableExtractBlock, {"heading": "À suivre", "day": dt.date(2027, 5, 2), "section": ""}),
        (blocks.PeopleBlock, {"heading": "À suivre", "people": []}),
        (blocks.ExhibitorsBlock, {"heading": "À suivre", "day": None}),
        (blocks.BookshelfBlock, {"heading": "À suivre"}),
    ],
)
def test_every_block_renders(block, value):
    make.SessionSpeakerFactory(session=make.OccurrenceFactory().session, speaker=make.SpeakerFactory())
    make.ExhibitorFactory().days.add(DayFactory())
    make.BookFactory()
    make.released()
    made = block()

    assert "<h2>À suivre</h2>" in made.render(made.to_python(value))


def test_sitemap_has_what_is_public_and_nothing_unlisted():
    public = make.OccurrenceFactory().session
    unlisted = make.OccurrenceFactory(session=make.SessionFactory(visibility="unlisted")).session
    now = make.paris("2027-05-02T11:30")
    before = sitemaps.entries(now)
    make.released()

    found = sitemaps.entries(now)

    assert before == [("program-home", [])]
    assert ("program-session", [public.slug]) in found
    assert ("program-session", [unlisted.slug]) not in found
    assert ("program-day", [dt.date(2027, 5, 2)]) in found


def test_the_calendar_of_a_day_keeps_the_filters_and_gives_that_day(client):
    make.OccurrenceFactory(session__title="Dimanche")
    make.OccurrenceFactory(
        session__title="Lundi", starts_at=make.paris("2027-05-03T10:00"), ends_at=make.paris("2027-05-03T11:00")
    )
    DayFactory()
    DayFactory(date=dt.date(2027, 5, 3))
    make.released()

    page = client.get("/en/programme/2027-05-02/?track=partager").content.decode()

    query = "?track=partager&amp;day=2027-05-02&amp;lang=en"
    assert f'href="webcal://testserver/schedule.ics{query}"' in page
    assert f'value="http://testserver/schedule.ics{query}"' in page
    assert f'href="/schedule.ics{query}"' in page
    titles = client.get(f"/schedule.ics{query.replace('&amp;', '&')}").content.decode()
    assert "Dimanche" in titles
    assert "Lundi" not in titles


def test_the_calendar_of_an_archive_is_that_of_the_archive():
    request = RequestFactory().get("/")
    request.resolver_match = resolve("/fr/2026/programme/")

    page = Template("{% load program_tags %}{% calendar_subscription filters %}").render(
        RequestContext(request, {"filters": Filters()})
    )

    assert 'href="webcal://testserver/2026/schedule.ics?lang=fr"' in page


def test_the_whole_programme_can_be_followed(client):
    make.OccurrenceFactory()
    make.released()

    page = client.get("/fr/programme/").content.decode()

    assert 'href="webcal://testserver/schedule.ics?lang=fr"' in page
    assert 'href="/schedule.ics?lang=fr"' in page


@pytest.mark.parametrize(
    ("words", "page", "html"),
    [
        ({"ar": "الرصيف"}, "fr", '<span lang="ar" dir="rtl">الرصيف</span>'),
        ({"ca": "El moll"}, "fr", '<span lang="ca">El moll</span>'),
        ({"fr": "Le quai"}, "fr", "Le quai"),
        ({"fr": "Le quai", "pt": "O cais"}, "pt-br", "O cais"),
    ],
)
def test_a_text_of_another_language_is_marked_with_it_and_its_direction(words, page, html):
    with translation.override(page):
        assert program_tags.marked(Text.of(words, ("fr", "ca"))) == html

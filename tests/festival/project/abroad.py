"""A festival in Las Palmas that speaks Catalan and Spanish. Run by `test_languages`, in a process of its own."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import icalendar
import pypdfium2
import pytest
from django.core import mail
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import override
from wagtail.models import Locale

from festival.models import Day, Edition, closing_moment
from program.release.publishing import release_programme
from tests.factories.festival import DayFactory, EditionFactory, HomePageFactory, SectionFactory
from tests.factories.program import OccurrenceFactory, SessionFactory
from tests.factories.tickets import ProductFactory, QuotaFactory
from tickets.models import Order

pytestmark = pytest.mark.django_db

CANARY = ZoneInfo("Atlantic/Canary")
FRENCH = ["Aller au contenu", "Billetterie", "Bonjour", "billet", "séance", "h 00"]


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=CANARY)


@pytest.fixture(autouse=True)
def feast():
    """A square that is open from six in the evening to one in the morning, with two sessions."""
    edition = EditionFactory(
        name={"ca": "Festa dels comuns", "es": "Fiesta de los comunes"},
        theme={"ca": "Compartir", "es": "Compartir juntos"},
        city="Las Palmas",
        country="ES",
    )
    square = SectionFactory(
        edition=edition, slug="plaza", name={"ca": "La plaça", "es": "La plaza"}, colour="#0f7a5a", shape="wave"
    )
    hours = {"hours__section": square, "hours__opens": dt.time(18), "hours__closes": dt.time(1)}
    for date in (dt.date(2027, 5, 1), dt.date(2027, 5, 2)):
        DayFactory(edition=edition, date=date, **hours)
    twin = HomePageFactory(title="Festa dels comuns").copy_for_translation(Locale.objects.get(language_code="es"))
    twin.title, twin.slug = "Fiesta de los comunes", "es"
    twin.save_revision().publish()
    titles = {"sardana": {"ca": "Ballem la sardana", "es": "Bailamos la sardana"}, "havaneres": {"ca": "Havaneres"}}
    for hour, (slug, title) in enumerate(titles.items(), start=19):
        session = SessionFactory(section=square, slug=slug, title=title, languages=["ca"])
        OccurrenceFactory(
            session=session, starts_at=at(f"2027-05-02T{hour}:00"), ends_at=at(f"2027-05-02T{hour + 1}:00")
        )
    return edition


@pytest.fixture
def programme(feast):
    return release_programme(edition=feast, now=at("2027-03-08T09:00"))


@pytest.fixture
def ticket(feast):
    product = ProductFactory(
        edition=feast,
        section=feast.sections.get(),
        slug="entrada",
        days=list(feast.days.all()),
        name={"ca": "Entrada lliure", "es": "Entrada libre"},
        place={"ca": "Plaça", "es": "Plaza"},
    )
    QuotaFactory(products=[product], size=10)
    return product


def french_in(page):
    return [word for word in FRENCH if word in page]


def test_the_door_leads_to_the_visitors_language_else_to_the_main_one(client):
    assert client.get("/", headers={"Accept-Language": "es-ES,es"}).url == "/es/"
    assert client.get("/", headers={"Accept-Language": "fr"}).url == "/ca/"
    assert client.get("/fr/", follow=True).status_code == 404


@pytest.mark.parametrize(
    ("language", "name", "other", "its_name"),
    [("ca", "Festa dels comuns", "es", "Español"), ("es", "Fiesta de los comunes", "ca", "Català")],
)
def test_home_speaks_the_language_around_english_words(client, language, name, other, its_name):
    page = client.get(f"/{language}/").text

    assert f'<html lang="{language}">' in page
    assert name in page
    assert f'<a href="/{other}/" lang="{other}" hreflang="{other}">{its_name}</a>' in page
    assert f'<meta property="og:locale" content="{language}_ES">' in page
    assert "Skip to the content" in page
    assert ">Programme</a>" in page
    assert french_in(page) == []


def test_a_day_of_the_programme(client, programme):
    page = client.get("/es/programme/2027-05-02/").text

    assert "Bailamos la sardana" in page
    assert '<span lang="ca">Havaneres</span>' in page
    assert "Open 18:00–01:00." in strip_tags(page)
    assert "2 de mayo" in page
    assert "19:00" in page
    assert french_in(page) == []


def test_the_week_wears_the_organisers_colours(client, programme):
    page = client.get("/ca/programme/").text
    sheet = re.search(r'href="(/week-\w+\.css)"', page)[1]

    assert ".s-plaza{--c:#0f7a5a;--on-c:#ffffff}" in client.get(sheet).text
    assert 'class="s-plaza' in page
    assert "/ca/programme/2027-05-02/" in page


def test_the_feed_is_in_the_zone_and_in_the_language(client, programme):
    feed = icalendar.Calendar.from_ical(client.get("/schedule.ics?lang=es").content)
    first = next(event for event in feed.walk("VEVENT") if "sardana" in event["summary"])

    assert feed["X-WR-TIMEZONE"] == "Atlantic/Canary"
    assert first["summary"] == "Bailamos la sardana"
    assert first["dtstart"].params["TZID"] == "Atlantic/Canary"
    assert first["dtstart"].dt == at("2027-05-02T19:00")
    assert [str(zone["TZID"]) for zone in feed.walk("VTIMEZONE")] == ["Atlantic/Canary"]


def test_the_data_name_languages_and_zone(client, programme):
    data = client.get("/schedule.json").json()

    assert data["edition"]["languages"] == ["ca", "es"]
    assert data["edition"]["time_zone"] == "Atlantic/Canary"
    assert data["days"][1]["hours"] == [
        {"section": "plaza", "opens": "2027-05-02T18:00:00+01:00", "closes": "2027-05-03T01:00:00+01:00"}
    ]


@pytest.mark.parametrize(
    ("language", "day", "product"),
    [("ca", "Dissabte, 1", "Entrada lliure"), ("es", "sábado, 1 de mayo de 2027", "Entrada libre")],
)
def test_registering_brings_mail_pdf_and_calendar(client, ticket, run_outbox, settings, language, day, product):
    settings.FESTIVAL_CLOCK = "2027-04-20T12:00"
    with override(language):
        office = reverse("tickets-office")
    assert office == f"/{language}/tickets/"
    token = re.search(r'name="form_token" value="([^"]+)"', client.get(office).text)[1]
    posted = {"product": "entrada", "form_token": token, "day": "2027-05-01", "places": "1"}

    client.post(office, posted | {"name": "Nayra Déniz", "email": "nayra@example.org"})
    run_outbox()

    (sent,) = mail.outbox
    assert Order.objects.get().language == language
    festival = Edition.objects.get().name.in_language(language)
    assert re.fullmatch(rf"Your ticket for [^:]*1[^:]*: {festival}", sent.subject)
    assert "Hello," in sent.body
    assert day in sent.body
    assert "18:00–1:00" in sent.body.replace("01:00", "1:00")
    assert french_in(sent.body) == []
    attached = [part for part in sent.message().walk() if part.get_filename()]
    files = {part.get_filename().rpartition(".")[2]: part.get_payload(decode=True) for part in attached}
    words = pypdfium2.PdfDocument(files["pdf"])[0].get_textpage().get_text_range()
    assert product in words
    assert day in words.replace("\r\n", " ")
    (event,) = icalendar.Calendar.from_ical(files["ics"]).walk("VEVENT")
    assert event["dtstart"].params["TZID"] == "Atlantic/Canary"
    assert (event["dtstart"].dt, event["dtend"].dt) == (at("2027-05-01T18:00"), at("2027-05-02T01:00"))


def test_screens_ask_for_the_languages_of_the_installation(feast, admin_client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    page = admin_client.get(reverse("edition:edit", args=[feast.pk])).text

    assert 'name="theme_ca"' in page
    assert 'name="theme_es"' in page
    assert 'name="theme_fr"' not in page


def test_a_day_ends_by_the_clock_of_the_zone(feast):
    assert closing_moment(Day.objects.get(date="2027-05-02")) == at("2027-05-03T01:00")

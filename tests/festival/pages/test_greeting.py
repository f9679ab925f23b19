"""A site with nothing in it: no edition, no page of ours."""

import pytest

from tests.factories.festival import EditionFactory, HomePageFactory

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/fr/",
    "/en/",
    "/fr/programme/",
    "/en/tickets/",
    "/fr/billetterie/",
    "/fr/prix/projets/",
    "/fr/compte/login/",
    "/fr/news.atom",
    "/schedule.json",
    "/schedule.ics",
    "/sitemap.xml",
    "/robots.txt",
    "/fr/nothing/",
    "/readyz",
]


@pytest.mark.parametrize("path", PUBLIC)
def test_an_empty_site_breaks_nowhere(client, path):
    assert client.get(path).status_code in {200, 404}


@pytest.mark.parametrize("path", PUBLIC)
def test_a_site_without_a_current_edition_breaks_nowhere(client, path):
    EditionFactory(is_current=False)
    HomePageFactory()

    assert client.get(path).status_code in {200, 404}


@pytest.mark.parametrize(("path", "word"), [("/fr/", "Bienvenue"), ("/en/", "Welcome")])
def test_an_empty_site_greets_its_organiser_and_leads_to_the_editor(client, path, word):
    page = client.get(path).text

    assert f"<h1>{word}</h1>" in page
    assert '<a class="cta" href="/cms/">' in page


def test_the_first_home_page_takes_the_place_of_the_greeting(client):
    HomePageFactory(title="Notre festival")

    page = client.get("/fr/").text

    assert "Notre festival" in page
    assert "Bienvenue" not in page

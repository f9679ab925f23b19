"""A site with nothing in it: no edition, no page of ours."""

import pytest

from tests.factories.festival import EditionFactory, HomePageFactory

pytestmark = pytest.mark.django_db

# What each address answers before there is anything, and with an edition that is not current and a home page.
PUBLIC = {
    "/fr/": (200, 200),
    "/en/": (200, 200),
    "/fr/programme/": (200, 200),
    "/en/tickets/": (200, 200),
    "/fr/billetterie/": (200, 200),
    "/fr/prix/projets/": (404, 404),
    "/fr/compte/login/": (200, 200),
    "/fr/news.atom": (404, 404),
    "/schedule.json": (404, 404),
    "/schedule.ics": (404, 404),
    "/sitemap.xml": (200, 200),
    "/robots.txt": (200, 200),
    "/fr/nothing/": (404, 404),
    "/readyz": (200, 200),
}


@pytest.mark.parametrize("path", PUBLIC)
def test_an_empty_site_breaks_nowhere(client, path):
    assert client.get(path).status_code == PUBLIC[path][0]


@pytest.mark.parametrize("path", PUBLIC)
def test_a_site_without_a_current_edition_breaks_nowhere(client, path):
    EditionFactory(is_current=False)
    HomePageFactory()

    assert client.get(path).status_code == PUBLIC[path][1]


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

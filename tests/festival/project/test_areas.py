import re

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from festival.project.areas import AREAS
from festival.web.areas import NOWHERE, Who, area_of, closed_prefixes, prefixes_of


def addresses(resolver=None, before="/"):
    """Every address of the site with something in the place of its variables."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern.pattern, LocalePrefixPattern):
            yield from (f"/{code}/" for code, _name in settings.LANGUAGES)
            continue
        here = before + _filled(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, here)
        else:
            yield here


def _filled(route):
    route = re.sub(r"<edition:\w+>", "2027", route)
    return re.sub(r"<[^>]+>", "x", route).lstrip("^").rstrip("$")


def claimants(path):
    """The areas that a path could be in, whichever names more of it."""
    path = re.sub(r"^/2027(?=/)", "", path)
    return [
        area.name
        for area in AREAS
        for prefix in prefixes_of(area)
        if path == prefix or (path.startswith(prefix) and prefix != "/")
    ]


def test_every_address_is_in_exactly_one_area():
    found = {path: claimants(path) for path in addresses()}

    assert len(found) > 100
    assert {path: names for path, names in found.items() if len(names) != 1} == {}


def test_no_area_is_without_addresses():
    used = {area_of(path).name for path in addresses()}

    assert {area.name for area in AREAS} - used == {"static files", "the scanner's worker", "demonstration"}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "start"),
        ("/fr/", "pages"),
        ("/fr/2027/programme/", "pages"),
        ("/frites/", "nowhere"),
        ("/programme/", "nowhere"),
        ("/programme/grid-0123456789abcdef.css", "style sheets"),
        ("/2027/schedule.json", "programme as data"),
        ("/2027/", "nowhere"),
        ("/scan/api/redeem/", "door"),
        ("/static/dist/site.css", "static files"),
        ("/static/dist/scan-worker.4a5b6c.js", "the scanner's worker"),
    ],
)
def test_an_address_is_in_the_area_that_names_more_of_it(path, name):
    assert area_of(path).name == name


def test_a_page_without_language_may_be_sent_to_one():
    assert area_of("/programme/") is NOWHERE
    assert NOWHERE.has_language


def test_languages_of_the_installation_are_pages(settings):
    assert area_of("/ca/").name == "nowhere"
    settings.LANGUAGES = [("ca", "Català"), ("es", "Español")]
    assert area_of("/ca/").name == area_of("/es/programme/").name == "pages"
    assert area_of("/fr/").name == "nowhere"


def test_what_is_not_for_everybody_asks_for_a_second_factor_and_is_never_kept():
    for area in AREAS:
        assert (area.who is Who.EVERYBODY) == (area.second_factor.value == "none"), area.name
        assert not (area.is_kept and area.who is not Who.EVERYBODY), area.name


@pytest.mark.django_db
def test_search_engines_are_kept_from_what_is_closed(client):
    text = client.get("/robots.txt").text

    assert closed_prefixes() == ["/cms/", "/styleguide/", "/scan/", "/jury/"]
    assert [
        line.removeprefix("Disallow: ") for line in text.splitlines() if line.startswith("Disallow")
    ] == closed_prefixes()


def test_only_the_door_may_use_the_camera():
    assert [area.name for area in AREAS if area.uses_camera] == ["door"]


@pytest.mark.django_db
def test_a_new_area_is_obeyed_everywhere(settings, client):
    from festival.web.accounts import lacks_second_factor
    from festival.web.areas import Area, SecondFactor

    closed = Area(
        "vault", ("/healthz",), who=Who.EDITORS, second_factor=SecondFactor.MAIL_TOO, policy={"default-src": ["x"]}
    )
    settings.AREAS = (closed, *(area for area in AREAS if area.name != "for machines"))
    request = RequestFactory().get("/healthz")
    request.user = type("Anonymous", (), {"is_authenticated": False})()

    assert client.get("/healthz")["Content-Security-Policy"] == "default-src x"
    assert "Disallow: /healthz" in client.get("/robots.txt").text
    assert not lacks_second_factor(request)

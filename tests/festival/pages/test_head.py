import pytest
from django.test import RequestFactory
from django.urls import resolve
from django.utils import translation

from festival.pages.head import full, head_of


class Posts:
    def __init__(self, number):
        self.number = number


@pytest.fixture(autouse=True)
def address(settings):
    settings.BASE_URL = "https://fete.example.org/"


def head(path, robots="", **context):
    request = RequestFactory().get(path)
    with translation.override(path[1:3]):
        request.resolver_match = resolve(request.path)
        return head_of(request, context, robots)


def test_a_page_is_listed_under_its_address_without_a_query():
    assert head("/fr/programme/?utm=x").canonical == "https://fete.example.org/fr/programme/"


def test_twins_are_in_every_language_and_the_main_one_is_for_everybody_else():
    found = head("/en/programme/speakers/")

    assert found.twins == {
        "fr": "https://fete.example.org/fr/programme/intervenants/",
        "en": "https://fete.example.org/en/programme/speakers/",
    }
    assert found.default == found.twins["fr"]


def test_a_page_of_an_archive_has_an_address_of_its_own():
    assert head("/fr/2026/programme/").canonical == "https://fete.example.org/fr/2026/programme/"


def test_pages_of_the_cms_have_the_twins_that_are_out():
    found = head("/en/about/", alternates={"en": "/en/about/"})

    assert found.twins == {"en": "https://fete.example.org/en/about/"}
    assert found.default == "https://fete.example.org/en/about/"


def test_what_is_filtered_leads_to_what_is_not_and_is_not_listed():
    found = head("/fr/programme/2027-05-05/?track=soin", is_filtered=True)

    assert found.robots == "noindex, follow"
    assert found.canonical == "https://fete.example.org/fr/programme/2027-05-05/"
    assert found.twins == {}


def test_the_second_page_of_a_list_has_an_address_of_its_own():
    assert head("/fr/actualites/?page=2", posts=Posts(2)).canonical.endswith("/fr/actualites/?page=2")
    assert head("/fr/actualites/?page=1", posts=Posts(1)).canonical.endswith("/fr/actualites/")


def test_what_its_template_keeps_from_search_engines_has_no_address():
    found = head("/fr/programme/", robots="noindex")

    assert (found.canonical, found.twins, found.robots) == ("", {}, "noindex")
    assert head_of(None, {}).canonical == ""


def test_full_addresses_are_escaped_and_left_alone_where_they_are_full():
    assert full("/fr/été/") == "https://fete.example.org/fr/%C3%A9t%C3%A9/"
    assert full("https://other.example/") == "https://other.example/"

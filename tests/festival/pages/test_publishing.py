import pytest
from wagtail.models import Locale, Page, Site

from festival.core.writing import site_generation
from festival.models import HomePage
from festival.text.languages import main_language
from tests.factories.festival import StandardPageFactory


@pytest.mark.parametrize("change", ["publish", "unpublish", "move"])
def test_what_editors_publish_starts_a_new_generation(home, change):
    page = StandardPageFactory(parent=home, slug="plan")
    other = StandardPageFactory(parent=home, slug="autre")
    before = site_generation()

    if change == "publish":
        page.save_revision().publish()
    elif change == "unpublish":
        page.unpublish()
    else:
        page.move(other, pos="left")

    assert site_generation() != before


def test_a_draft_does_not(home):
    page = StandardPageFactory(parent=home)
    before = site_generation()

    page.save_revision()

    assert site_generation() == before


def publish_home(language, title, **fields):
    locale = Locale.objects.get(language_code=language)
    home = Page.get_first_root_node().add_child(instance=HomePage(title=title, locale=locale, live=False, **fields))
    home.save_revision().publish()
    return home


def is_there(title):
    return Page.objects.filter(title=title).exists()


@pytest.mark.django_db
def test_the_first_home_page_becomes_the_sites_and_the_welcome_page_goes(settings):
    settings.BASE_URL = "https://harbour.example.org"

    home = publish_home(main_language(), "Quai", slug="quai")

    site = Site.objects.get()
    assert (site.root_page_id, site.hostname, site.port) == (home.pk, "harbour.example.org", 443)
    assert not is_there("Welcome to your new Wagtail site!")


@pytest.mark.django_db
def test_a_home_page_in_another_language_does_not():
    publish_home("en", "Quay", slug="quay")

    assert is_there("Welcome to your new Wagtail site!")
    assert Site.objects.get().root_page.title == "Welcome to your new Wagtail site!"


@pytest.mark.django_db
def test_a_home_page_that_the_site_has_stays():
    first = publish_home(main_language(), "Quai", slug="quai")

    publish_home(main_language(), "Jetée", slug="jetee")

    assert Site.objects.get().root_page_id == first.pk


@pytest.mark.django_db
def test_a_home_page_stands_at_the_top_alone():
    welcome = Page.objects.get(title="Welcome to your new Wagtail site!")

    assert not HomePage.can_create_at(welcome)
    assert HomePage.can_create_at(Page.get_first_root_node())

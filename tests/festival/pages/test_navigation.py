import pytest
from django.utils import translation

from festival.pages import navigation
from tests.factories.festival import NewsIndexPageFactory, SectionFactory, SectionPageFactory, StandardPageFactory
from tests.remembered import remembered


@pytest.fixture
@remembered
def site(english_home, home):
    SectionFactory()
    SectionPageFactory(parent=home, show_in_menus=True)
    StandardPageFactory(parent=home, title="Contact", slug="contact", in_footer=True)
    StandardPageFactory(parent=home, title="Brouillon", slug="brouillon", show_in_menus=True, live=False)
    NewsIndexPageFactory(parent=home)
    return home


def test_menus_hold_what_was_chosen_and_published(site):
    facts = navigation.site_facts()

    assert facts.home == "/fr/"
    assert [(link.title, link.url, link.section) for link in facts.menu] == [("Village", "/fr/village/", "village")]
    assert sorted(link.url for link in facts.footer) == ["/fr/actualites/", "/fr/contact/"]


def test_each_language_has_menus_of_its_own(site):
    with translation.override("en"):
        assert (navigation.site_facts().home, navigation.site_facts().menu) == ("/en/", ())


def test_a_part_of_the_week_is_found_by_its_short_name(site):
    facts = navigation.site_facts()

    assert facts.section("village").slug == "village"
    assert facts.section("cave") is None


def test_they_are_read_once_until_something_is_published(site, django_assert_num_queries):
    navigation.site_facts()

    with django_assert_num_queries(0):
        navigation.site_facts()
    StandardPageFactory(parent=site, title="Plan", slug="plan", show_in_menus=True).save_revision().publish()
    assert "Plan" in [link.title for link in navigation.site_facts().menu]


def test_a_language_without_a_home_page_has_no_menu(home):
    with translation.override("en"):
        facts = navigation.site_facts()

    assert (facts.home, facts.menu, facts.footer) == ("/", (), ())


def test_a_page_outside_the_site_leads_home(home):
    assert navigation.path_of(home.get_parent()) == "/"

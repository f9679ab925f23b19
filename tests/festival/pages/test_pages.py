import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from festival.core.writing import writing
from festival.models import Edition, HomePage, NewsIndexPage, NewsPage, SectionPage, StandardPage
from tests.factories.festival import (
    EditionFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    SectionPageFactory,
    StandardPageFactory,
)
from tests.remembered import remembered


@pytest.fixture
@remembered
def news(home):
    return NewsIndexPageFactory(parent=home, slug="actualites")


def test_home_is_served_at_its_language(client, home):
    response = client.get("/fr/")

    assert response.status_code == 200
    assert "<h1>L’âge des communs</h1>" in response.text


@pytest.mark.parametrize(
    ("typed", "shown"), [("#JoursC27", "<p>#JoursC27</p>"), (" jours ", "<p>#jours</p>"), ("", ""), ("#", "")]
)
def test_the_foot_of_every_page_has_the_hashtag(client, home, typed, shown):
    EditionFactory()
    Edition.objects.update(hashtag=typed)

    foot = client.get("/fr/").text.partition("<footer")[2]

    assert shown in foot
    assert ("<p>#" in foot) == bool(shown)


@pytest.mark.parametrize(
    ("factory", "path"),
    [
        (SectionPageFactory, "/fr/village/"),
        (StandardPageFactory, "/fr/a-propos/"),
        (NewsIndexPageFactory, "/fr/actualites/"),
    ],
)
def test_page_is_served_below_home(client, home, factory, path):
    page = factory(parent=home, slug=path.split("/")[2])

    response = client.get(path)

    assert response.status_code == 200
    assert page.title in response.text
    assert page.path_on_site == path


def test_section_page_stands_in_its_colour(client, home):
    SectionPageFactory(parent=home, slug="prix", section_slug="prix")

    assert '<body class="s-prix">' in client.get("/fr/prix/").text


@pytest.mark.parametrize(
    ("model", "children"),
    [
        (HomePage, {SectionPage, StandardPage, NewsIndexPage}),
        (SectionPage, {StandardPage}),
        (StandardPage, {StandardPage}),
        (NewsIndexPage, {NewsPage}),
        (NewsPage, set()),
    ],
)
def test_tree_takes_only_what_belongs_there(model, children):
    assert set(model.clean_subpage_models()) == children


def test_second_page_of_a_section_is_refused(home):
    SectionPageFactory(parent=home, slug="village")

    with pytest.raises(ValidationError) as caught:
        SectionPageFactory(parent=home, slug="village-2")

    assert list(caught.value.message_dict) == ["section_slug"]


@pytest.mark.parametrize("count", [1, 3])
def test_cold_news_list_costs_the_same_whatever_its_length(client, news, django_assert_num_queries, count):
    NewsPageFactory.create_batch(count, parent=news)
    client.get("/fr/actualites/")  # sites and content types are read once a process
    with writing(public=True):
        pass

    with django_assert_num_queries(25):  # two of them for the way to the page in its linked data
        response = client.get("/fr/actualites/")

    assert response.text.count('class="news-item"') == count


@pytest.mark.parametrize("path", ["/fr/", "/fr/actualites/", "/sitemap.xml"])
def test_warm_page_costs_one_query(client, news, django_assert_num_queries, path):
    cold = client.get(path)

    with django_assert_num_queries(1):
        warm = client.get(path)

    assert warm.content == cold.content


def test_signed_in_editor_gets_a_page_of_their_own(home, editor_client, client):
    assert f"/cms/pages/{home.pk}/edit/" in editor_client.get("/fr/").text


def test_visitor_sees_no_way_to_the_editor(client, home):
    assert "/cms/" not in client.get("/fr/").text


def test_publishing_is_seen_at_once(client, home):
    client.get("/fr/")
    home.title = "Autre thème"

    home.save_revision().publish()

    assert "<h1>Autre thème</h1>" in client.get("/fr/").text


def test_unpublishing_is_seen_at_once(client, home):
    page = StandardPageFactory(parent=home, slug="a-propos")
    assert client.get("/fr/a-propos/").status_code == 200

    page.unpublish()

    assert client.get("/fr/a-propos/").status_code == 404


def test_draft_changes_are_not_seen(client, home):
    home.title = "Brouillon"
    home.save_revision()

    assert "Brouillon" not in client.get("/fr/").text


def test_preview_shows_the_draft_and_is_never_kept(home, editor_client, client):
    home.title = "Brouillon"
    home.save_revision()

    preview = editor_client.get(f"/cms/pages/{home.pk}/view_draft/")

    assert "<h1>Brouillon</h1>" in preview.text
    assert "Brouillon" not in type(client)().get("/fr/").text


def test_languages_are_kept_apart(client, english_home):
    for _cold_then_warm in range(2):
        assert '<html lang="fr">' in client.get("/fr/").text
        assert '<html lang="en">' in client.get("/en/").text


def test_page_names_its_twin(client, english_home):
    page = client.get("/fr/").text

    assert '<link rel="canonical" href="http://testserver/fr/">' in page
    assert '<link rel="alternate" hreflang="en" href="http://testserver/en/">' in page
    assert '<a href="/en/" lang="en" hreflang="en">' in page


def test_unpublished_twin_is_not_named(client, english_home):
    english_home.unpublish()

    page = client.get("/fr/").text

    assert 'rel="alternate" hreflang="en"' not in page


def test_page_describes_itself_to_social_networks(client, home):
    home.search_description = "Sept jours."
    home.save_revision().publish()

    page = client.get("/fr/").text

    assert '<meta name="description" content="Sept jours.">' in page
    assert '<meta property="og:description" content="Sept jours.">' in page
    card = re.search('<meta property="og:image" content="http://testserver(/social/[^"]+)">', page)[1]
    assert client.get(card)["Content-Type"] == "image/png"


def test_news_of_tomorrow_is_hidden(client, news):
    NewsPageFactory(parent=news, slug="demain", title="Demain", published_at=dt.datetime(2027, 5, 3, 8, tzinfo=dt.UTC))

    assert client.get("/fr/actualites/demain/").status_code == 404
    assert "Demain" not in client.get("/fr/actualites/").text
    assert "demain" not in client.get("/sitemap.xml").text
    assert "Demain" not in client.get(reverse("news-feed")).text


def test_news_of_tomorrow_is_out_tomorrow(client, news, settings):
    NewsPageFactory(parent=news, slug="demain", title="Demain", published_at=dt.datetime(2027, 5, 3, 8, tzinfo=dt.UTC))
    settings.FESTIVAL_CLOCK = "2027-05-03T12:00"

    assert client.get("/fr/actualites/demain/").status_code == 200
    assert "Demain" in client.get("/fr/actualites/").text


def test_draft_news_is_hidden(client, news):
    NewsPageFactory(parent=news, slug="brouillon", title="Brouillon", live=False)

    assert client.get("/fr/actualites/brouillon/").status_code == 404
    assert "Brouillon" not in client.get("/fr/actualites/").text
    assert "brouillon" not in client.get("/sitemap.xml").text


def test_empty_news_list_says_what_to_do_next(client, news):
    assert '<div class="empty">' in client.get("/fr/actualites/").text


def test_long_news_list_has_pages(client, news):
    NewsPageFactory.create_batch(13, parent=news)

    first, second = client.get("/fr/actualites/"), client.get("/fr/actualites/?page=2")

    assert first.text.count('class="news-item"') == 12
    assert second.text.count('class="news-item"') == 1


def test_feed_carries_the_news(client, news):
    NewsPageFactory(parent=news, slug="annule", title="Annulé")

    feed = client.get(reverse("news-feed"))

    assert feed["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert '<link href="http://testserver/fr/actualites/annule/" rel="alternate"/>' in feed.text


def test_site_map_pairs_the_languages(client, english_home):
    site_map = client.get("/sitemap.xml").text

    assert site_map.count("<loc>http://testserver/fr/</loc>") == 1
    assert site_map.count("<loc>http://testserver/en/</loc>") == 1
    assert site_map.count('hreflang="en" href="http://testserver/en/"') == 2


def test_private_page_is_not_in_the_site_map(client, home):
    page = StandardPageFactory(parent=home, slug="interne")
    page.view_restrictions.create(restriction_type="login")

    assert "interne" not in client.get("/sitemap.xml").text
    assert client.get("/fr/interne/").status_code == 302


def test_crumbs_lead_home(client, home):
    StandardPageFactory(parent=home, slug="a-propos")

    assert '<li><a href="/fr/">Accueil</a></li>' in client.get("/fr/a-propos/").text

import json
from pathlib import Path

import pytest
from wagtail.models import Page, Site
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from festival.demo import pages
from festival.demo.texts import Both, Html, Memory, in_language, paragraphs
from festival.importing.faults import Fault
from festival.models import FestivalImage, NewsPage

pytestmark = pytest.mark.week

ADDRESSES = {
    "/fr/": "/en/",
    "/fr/village/": "/en/village/",
    "/fr/fest/": "/en/fest/",
    "/fr/prix/": "/en/awards/",
    "/fr/prix/reglement/": "/en/awards/rules/",
    "/fr/actualites/": "/en/news/",
    "/fr/actualites/programme-en-ligne/": "/en/news/programme-online/",
    "/fr/actualites/douze-finalistes/": "/en/news/twelve-finalists/",
    "/fr/actualites/microcredit-annule/": "/en/news/microcredit-cancelled/",
    "/fr/infos-pratiques/": "/en/practical-information/",
    "/fr/a-propos/": "/en/about/",
    "/fr/code-de-conduite/": "/en/code-of-conduct/",
    "/fr/mentions-legales/": "/en/legal-notice/",
    "/fr/cgv/": "/en/terms-of-sale/",
    "/fr/confidentialite/": "/en/privacy/",
    "/fr/accessibilite/": "/en/accessibility/",
}


@pytest.mark.parametrize(("french", "english"), ADDRESSES.items())
def test_page_has_its_twin(demo, client, french, english):
    response = client.get(french)

    assert response.status_code == 200
    assert f'hreflang="en" href="http://testserver{english}"' in response.text
    assert client.get(english).status_code == 200


@pytest.mark.parametrize("path", [*ADDRESSES, *ADDRESSES.values()])
def test_warm_page_costs_one_query(demo, client, django_assert_num_queries, path):
    client.get(path)

    with django_assert_num_queries(1):
        client.get(path)


def test_the_thanks_wait_for_their_day(demo, client):
    assert NewsPage.objects.filter(slug="merci-et-bravo", live=True).exists()
    for path in ["/fr/", "/fr/actualites/", "/sitemap.xml"]:
        assert "merci-et-bravo" not in client.get(path).text


def test_news_appears_with_the_clock(demo, client, settings):
    settings.FESTIVAL_CLOCK = "2027-03-20T10:00"

    news = client.get("/fr/actualites/").text

    assert news.count('class="news-item"') == 1
    assert "Le programme est en ligne" in news


def test_every_segment_has_an_english_translation(demo):
    segments = StringSegment.objects.all()
    translated = StringTranslation.objects.filter(locale__language_code="en", has_error=False)
    done = set(translated.values_list("translation_of_id", "context_id"))

    assert segments.count() > 150
    assert [segment.string.data for segment in segments if (segment.string_id, segment.context_id) not in done] == []


def test_editors_see_both_languages_side_by_side(demo, editor_client):
    translation = Translation.objects.get(source__object_repr="Village")
    page = translation.get_target_instance()

    response = editor_client.get(f"/cms/pages/{page.pk}/edit/")

    assert response.status_code == 200
    assert "wagtail_localize/admin/edit_translation.html" in [template.name for template in response.templates]


def test_site_answers_at_the_base_url(demo):
    site = Site.objects.get()

    assert (site.hostname, site.port, site.root_page.slug) == ("testserver", 80, "fr")
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_loading_again_changes_nothing(demo):
    before = list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id", "path"))
    said = []

    pages.load(demo_file(), said.append)

    assert said == ["17 pages in two languages, 0 written"]
    assert list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id", "path")) == before
    assert FestivalImage.objects.count() == 1


def test_loading_again_mends_what_was_changed(demo):
    village = Page.objects.get(slug="village", locale__language_code="en").specific
    village.intro = "Something else."
    village.save_revision().publish()
    said = []

    pages.load(demo_file(), said.append)

    village.refresh_from_db()
    assert said == ["17 pages in two languages, 1 written"]
    assert village.intro.startswith("Four free days")


def test_post_by_nobody_is_a_fault_at_its_place(demo):
    data = demo_file()
    data["posts"][1]["author"] = "personne"

    with pytest.raises(Fault) as caught:
        pages.load(data, print)

    assert caught.value.path == "posts[1].author"


def test_memory_knows_plain_and_rich_texts():
    description = {
        "heading": Both("L’été", "Summer"),
        "text": paragraphs(Both("Un & deux", "One & two"), Both("Fin", "End")),
    }

    memory = Memory(description, "pages.home")

    assert memory.translate("L’été") == "Summer"
    assert memory.translate("Un &amp; deux") == "One &amp; two"
    assert memory.translate("Fin") == "End"


def test_memory_refuses_what_it_does_not_know():
    with pytest.raises(Fault, match=r"pages\.home: 'Autre' has no English translation"):
        Memory([Both("Un", "One")], "pages.home").translate("Autre")


def test_memory_refuses_two_translations_of_one_text():
    with pytest.raises(Fault, match="in two ways"):
        Memory([Both("Prix", "Awards"), Both("Prix", "Prices")], "pages.prix")


def test_description_becomes_the_page_of_one_language():
    description = [("text", Html("<h2>{}</h2>", (Both("A < B", "B > A"),))), ("count", 3)]

    assert in_language(description, "fr") == [["text", "<h2>A &lt; B</h2>"], ["count", 3]]
    assert in_language(description, "en") == [["text", "<h2>B &gt; A</h2>"], ["count", 3]]


def demo_file():
    return json.loads((Path(pages.__file__).parent / "festival.json").read_text())

import json

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.blocks import StreamBlockValidationError

from festival.blocks import BodyBlock, LinkBlock
from festival.core.writing import writing
from festival.models import StandardPage
from tests.factories.festival import (
    DayFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    SectionFactory,
    SectionPageFactory,
    StandardPageFactory,
    image_factory,
)
from tests.remembered import remembered

LINK = {"text": "Voir", "page": None, "place": "programme", "url": ""}
BLOCKS = {
    "hero": (
        {"title": "", "place": "Paris", "text": "", "bunting": True},
        ["L’âge des communs", "The age of the commons"],
    ),
    "day_bunting": ({"heading": "Sept jours"}, ["Dimanche", "Sunday"]),
    "section_tiles": ({"heading": "", "village": "Je viens", "fest": "F", "prix": "P"}, ["Le Village", "The Village"]),
    "call_to_action": (
        {"section": "fest", "heading": "Venez", "text": "", "links": [LINK]},
        ['href="/fr/programme/"', 'href="/en/programme/"'],
    ),
    "text": ("<p>Un texte <b>gras</b>.</p>", ["<b>gras</b>", "<b>gras</b>"]),
    "quote": ({"text": "Prêter", "author": "Quelqu’un", "role": ""}, ["<p>Prêter</p>", "<p>Prêter</p>"]),
    "key_figure": (
        {"section": "", "figure": "12", "label": "minutes", "source": "Enquête, 2026", "source_url": ""},
        ["Source\N{NO-BREAK SPACE}:", "Source:"],
    ),
    "video": (
        {"title": "Film", "url": "https://video.example.org/w/film", "poster": None, "duration": 1, "transcript": ""},
        ["Rien n’est chargé", "Nothing is loaded"],
    ),
    "faq": (
        {"heading": "FAQ", "questions": [{"question": "Quoi ?", "answer": "<p>Cela.</p>"}]},
        ["<h3>Quoi\N{NARROW NO-BREAK SPACE}?</h3>", "<h3>Quoi ?</h3>"],
    ),
    "practical": (
        {"heading": "Utile", "cells": [{"icon": "place", "heading": "Où", "text": "<p>Ici.</p>"}]},
        ["<h3>Où</h3>", "<h3>Où</h3>"],
    ),
    "opening_hours": ({"heading": "Horaires", "section": ""}, ["10\N{NO-BREAK SPACE}h", "10:00"]),
    "news_teaser": ({"heading": "Nouvelles", "count": 3}, ["Toutes les actualités", "All the news"]),
    "legal_notice": (None, ["Directrice ou directeur", "Publication director"]),
}


@pytest.fixture
@remembered
def pages(home, english_home):
    """Everything that the blocks read, and one plain page in each language."""
    DayFactory()
    SectionFactory(slug="fest")
    edition = home_edition()
    edition.publication_director = "Maëlys Kerbrat-Lanoë"
    edition.save()
    for parent in (home, english_home):
        SectionPageFactory(parent=parent, slug="village")
        NewsPageFactory(parent=NewsIndexPageFactory(parent=parent, slug="news"))
    return [StandardPageFactory(parent=parent, slug="page") for parent in (home, english_home)]


def home_edition():
    from festival.models import Edition

    return Edition.objects.get()


def fill(page, *blocks):
    page.body = json.dumps([{"type": kind, "value": value} for kind, value in blocks])
    page.save_revision().publish()


@pytest.mark.parametrize("kind", BLOCKS)
def test_block_shows_in_both_languages(client, pages, kind):
    value, expected = BLOCKS[kind]
    for page, language, words in zip(pages, ("fr", "en"), expected, strict=True):
        with translation.override(language):
            fill(page, (kind, value))

        assert words in client.get(f"/{language}/page/").text


@pytest.mark.parametrize("kind", BLOCKS)
def test_block_costs_nothing_when_warm(client, pages, django_assert_num_queries, kind):
    fill(pages[0], (kind, BLOCKS[kind][0]))
    client.get("/fr/page/")

    with django_assert_num_queries(1):
        client.get("/fr/page/")


@pytest.mark.parametrize("count", [1, 3])
def test_repeated_block_asks_no_more_when_cold(client, pages, django_assert_num_queries, count):
    fill(pages[0], *[("quote", BLOCKS["quote"][0])] * count)
    client.get("/fr/page/")
    with writing(public=True):
        pass
    with django_assert_num_queries(22):
        client.get("/fr/page/")


def test_every_own_block_is_tried_here():
    own = {
        name
        for name, block in BodyBlock().child_blocks.items()
        if type(block).__module__.startswith(("festival", "wagtail"))
    }

    assert own - set(BLOCKS) == {"picture", "partners", "venues"}


def test_other_apps_blocks_are_offered_by_name(settings):
    assert set(settings.PAGE_BODY_BLOCKS) <= set(StandardPage._meta.get_field("body").stream_block.child_blocks)


def test_migrations_do_not_freeze_blocks():
    _name, path, args, kwargs = StandardPage._meta.get_field("body").deconstruct()

    assert (path, args) == ("festival.blocks.body.BodyField", [[]])
    assert set(kwargs) == {"blank", "verbose_name"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "value", "field"),
    [
        ("key_figure", BLOCKS["key_figure"][0] | {"source": ""}, "source"),
        ("quote", BLOCKS["quote"][0] | {"author": ""}, "author"),
        ("video", BLOCKS["video"][0] | {"url": "javascript:alert(1)"}, "url"),
        ("picture", {"image": None, "alt_text": "", "caption": ""}, "alt_text"),
        ("hero", BLOCKS["hero"][0] | {"place": ""}, "place"),
    ],
)
def test_block_with_something_missing_is_refused_at_its_field(kind, value, field):
    block = BodyBlock()
    with pytest.raises(StreamBlockValidationError) as caught:
        block.clean(block.to_python([{"type": kind, "value": value}]))

    [error] = caught.value.block_errors.values()
    assert field in error.block_errors


@pytest.mark.parametrize(
    "targets", [{}, {"place": "programme", "url": "https://example.org"}], ids=["no target", "two targets"]
)
def test_link_needs_exactly_one_target(targets):
    block = LinkBlock()
    with pytest.raises(ValidationError) as caught:
        block.clean(block.to_python({"text": "Voir", "page": None, "place": "", "url": ""} | targets))

    assert "page" in caught.value.block_errors


def test_second_hero_is_refused(db):
    block = BodyBlock()
    hero = {"type": "hero", "value": BLOCKS["hero"][0]}
    with pytest.raises(StreamBlockValidationError):
        block.clean(block.to_python([hero, hero]))


def test_link_to_a_page_follows_the_language(client, pages):
    french, english = pages
    english.translation_key = french.translation_key
    english.save()
    link = LINK | {"place": "", "page": french.pk}
    fill(english, ("call_to_action", {"section": "", "heading": "Aller", "text": "", "links": [link]}))

    assert 'href="/en/page/"' in client.get("/en/page/").text


def test_link_to_an_unpublished_page_is_left_out(client, pages, home):
    draft = StandardPageFactory(parent=home, slug="brouillon", live=False)
    link = LINK | {"place": "", "page": draft.pk}
    fill(pages[0], ("call_to_action", {"section": "", "heading": "Aller", "text": "", "links": [link]}))

    page = client.get("/fr/page/").text

    assert "Aller" in page
    assert "brouillon" not in page


def test_picture_shows_description_caption_and_credit(client, pages):
    picture = image_factory(credit="Atelier, CC0")
    fill(pages[0], ("picture", {"image": picture.pk, "alt_text": "Un banc vide", "caption": "Le banc."}))

    page = client.get("/fr/page/").text

    assert 'alt="Un banc vide"' in page
    assert "Le banc." in page
    assert "Atelier, CC0" in page
    assert "/media/original_images/" not in page


def test_video_asks_nothing_of_the_other_site(client, pages):
    fill(pages[0], ("video", BLOCKS["video"][0]))

    page = client.get("/fr/page/").text

    assert '<a href="https://video.example.org/w/film" rel="noopener noreferrer">' in page
    assert "<iframe" not in page
    assert "video.example.org" not in page.replace("https://video.example.org/w/film", "").replace(
        "sur video.example.org", ""
    )


def test_today_is_marked_on_the_string_of_days(client, pages, settings):
    fill(pages[0], ("day_bunting", {"heading": ""}))
    settings.FESTIVAL_CLOCK = "2027-05-03T01:00"  # still the second of May at a festival

    assert client.get("/fr/page/").text.count('aria-current="date"') == 1


def test_text_from_an_editor_cannot_bring_scripts(client, pages):
    fill(pages[0], ("quote", {"text": "<script>alert(1)</script>", "author": "X", "role": ""}))

    assert "<script>alert" not in client.get("/fr/page/").text

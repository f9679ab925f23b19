"""The head of a page: texts without markup, data that no title can end, cards in the colour of the part."""

import json

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import resolve

from festival.documents.images import social_card
from festival.pages.head import head_of
from festival.templatetags import head_tags
from tests.factories.festival import SectionFactory

pytestmark = pytest.mark.django_db


def drawn(source, **context):
    return Template("{% load head_tags %}" + source).render(Context(context))


def test_a_captured_text_has_no_markup_and_fits_an_attribute():
    source = '{% capture title %}  <b>Le</b>\n{{ word }} "{% endcapture %}<meta content="{{ title }}">'

    assert drawn(source, word='<i>&"') == '<meta content="Le &lt;i&gt;&amp;&quot; &quot;">'.replace("Le ", "Le\n")


def test_no_title_can_end_the_element():
    written = head_tags.written({"name": "</script><script>alert(1)</script> & co"})

    assert "<" not in written
    assert json.loads(written)["name"].startswith("</script>")


def test_a_page_that_is_not_listed_says_nothing_to_machines():
    request = RequestFactory().get("/fr/")
    request.resolver_match = resolve("/fr/")
    SectionFactory()
    hidden, listed = head_of(request, {}, "noindex"), head_of(request, {})

    assert head_tags.page_data(Context({}), hidden, "Titre", "") == ""
    graph = json.loads(head_tags.page_data(Context({"breadcrumbs": []}), listed, "L&#x27;été", "Un &lt;jour&gt;"))
    page = next(node for node in graph["@graph"] if node["@type"] == "WebPage")
    assert (page["name"], page["description"]) == ("L'été", "Un <jour>")


def test_a_card_wears_the_colour_and_shape_of_its_part():
    section = SectionFactory(slug="village", colour="#123456", shape="wave")

    address = head_tags.card_address(Context({"card_section": "village"}), "L&#x27;été")

    card = social_card.read(address.rpartition("/")[2].removesuffix(".png"))
    assert (card.title, card.colour, card.shape) == ("L'été", "#123456", "wave")
    assert card.festival == str(section.edition.name)
    assert card.when_and_where.endswith(section.edition.city)

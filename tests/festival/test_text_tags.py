import pytest
from django.template import Context, Template
from django.utils import translation

from festival.text.texts import Text


def draw(source, **context):
    return Template("{% load text_tags %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"fr": "Le quai & <b>", "en": "The quay"}, "Le quai &amp; &lt;b&gt;"),
        ({"en": "The quay & <b>"}, '<span lang="en">The quay &amp; &lt;b&gt;</span>'),
        ({"ar": "الرصيف"}, '<span lang="ar" dir="rtl">الرصيف</span>'),
        ({}, ""),
        ("Le <quai>", "Le &lt;quai&gt;"),
    ],
)
def test_only_what_is_in_another_language_is_marked(words, expected):
    name = words if isinstance(words, str) else Text(words)

    assert draw("{% marked name %}", name=name) == expected


def test_a_left_to_right_text_is_turned_in_a_page_from_right_to_left():
    with translation.override("ar"):
        assert draw("{% marked name %}", name=Text({"fr": "Le quai"})) == '<span lang="fr" dir="ltr">Le quai</span>'


def test_a_text_is_a_string_for_templates():
    name = Text({"fr": "Le quai & la rue", "en": "The quay"})

    assert draw("{{ name }}|{{ name|upper }}|{% if name %}yes{% endif %}", name=name) == (
        "Le quai &amp; la rue|LE QUAI &amp; LA RUE|yes"
    )
    assert draw("{% load i18n %}{% blocktranslate %}{{ name }}{% endblocktranslate %}", name=name) == (
        "Le quai &amp; la rue"
    )


@pytest.mark.parametrize(
    ("language", "expected"), [("fr", ""), ("en", ""), ("en-gb", ""), ("ca", ' lang="en" dir="ltr"')]
)
def test_our_words_are_marked_on_a_page_in_a_language_without_a_catalogue(language, expected):
    with translation.override(language):
        assert draw("{% our_words %}") == expected

import copy
import json
import pickle

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from festival.text.languages import read_languages
from festival.text.texts import Text

BOTH = {"fr": "Le quai", "en": "The quay"}


def test_the_active_language_is_shown():
    assert str(Text(BOTH)) == "Le quai"
    with translation.override("en"):
        assert str(Text(BOTH)) == "The quay"
    with translation.override("en-gb"):
        assert str(Text(BOTH)) == "The quay"


@pytest.mark.parametrize(
    ("words", "shown", "language"),
    [
        ({"fr": "Le quai"}, "Le quai", "fr"),
        ({"en": "The quay", "ca": "El moll"}, "The quay", "en"),
        ({"ca": "El moll"}, "El moll", "ca"),
        ({}, "", ""),
    ],
)
def test_another_language_stands_in_for_a_missing_one(words, shown, language):
    text = Text(words)

    assert text.in_language("de") == shown
    assert text.language("de") == language
    assert text.fallback_language("de") == language


def test_without_an_active_language_the_main_one_is_shown():
    with translation.override(None):
        assert str(Text(BOTH)) == "Le quai"
        assert Text(BOTH).fallback_language() == ""


def test_only_a_fallback_is_marked():
    assert Text(BOTH).fallback_language() == ""
    assert Text({"en": "The quay"}).fallback_language() == "en"
    assert Text({"en": "The quay"}).fallback_language("en-gb") == ""


def test_an_exact_language_has_no_fallback():
    assert Text(BOTH).exact("en") == "The quay"
    assert Text(BOTH).exact("ca") == ""


def test_a_string_is_in_the_main_language():
    assert Text("Le quai") == Text({"fr": "Le quai"})
    assert Text(Text("Le quai")) == Text({"fr": "Le quai"})


@pytest.mark.parametrize("words", [None, "", "  ", {}, {"fr": "", "en": " \n"}])
def test_blank_texts_are_left_out(words):
    assert not Text(words)
    assert Text(words).as_dict() == {}


def test_it_behaves_like_a_string_in_sentences():
    text = Text(BOTH)

    assert f"{text:>8}" == " Le quai"
    assert "Sur %s" % text == "Sur Le quai"  # noqa: UP031
    assert text + " 2" == "Le quai 2"
    assert "Sur " + text == "Sur Le quai"
    assert bool(text)


def test_equal_texts_are_one_key():
    assert {Text(BOTH), Text({"en": "The quay", "fr": "Le quai"})} == {Text(BOTH)}
    assert Text(BOTH) != Text({"fr": "Le quai"})
    assert Text({"fr": "Le quai"}) != "Le quai"


def test_it_never_changes():
    text = Text(BOTH)
    text.as_dict()["fr"] = "La rue"

    with pytest.raises(AttributeError):
        text.words = {}
    assert text == Text(BOTH)
    assert text.replaced({"fr": "La rue", "en": ""}) == Text({"fr": "La rue"})


def test_it_can_be_copied_kept_and_printed():
    text = Text(BOTH)

    assert pickle.loads(pickle.dumps(text)) == copy.deepcopy(text) == text
    assert json.dumps(text.as_dict()) == '{"en": "The quay", "fr": "Le quai"}'
    assert repr(text) == "Text({'en': 'The quay', 'fr': 'Le quai'})"


def test_each_language_of_the_installation_has_its_place(settings):
    settings.LANGUAGES = read_languages("fr,en")

    assert list(Text({"ca": "El moll", "en": "The quay"}).by_language.items()) == [
        ("fr", ""),
        ("en", "The quay"),
        ("ca", "El moll"),
    ]


@pytest.mark.parametrize("words", [7, ["fr"], {"fr": 7}, {"fr": None}, {"French": "x"}, {7: "x"}])
def test_anything_else_is_refused(words):
    with pytest.raises((TypeError, ValueError)):
        Text(words)


# The model fields -----------------------------------------------------------------------------------------------------


def errors_of(instance, field):
    with pytest.raises(ValidationError) as refused:
        instance.full_clean()
    return [(error.code, error.messages[0]) for error in refused.value.error_dict[field]]

import pytest
from django.core.exceptions import ImproperlyConfigured

from festival.text.languages import (
    in_order_of_preference,
    installed_languages,
    is_language_code,
    is_right_to_left,
    main_language,
    read_languages,
)


def test_languages_are_called_by_the_name_they_give_themselves():
    assert read_languages(" fr, en,CA ,") == [("fr", "Français"), ("en", "English"), ("ca", "Català")]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("", "LANGUAGES must name at least one language, for example LANGUAGES=fr,en."),
        ("fr,xx", "LANGUAGES names “xx”, which is not the code of a language Django knows."),
        ("fr,en,fr", "LANGUAGES names the language “fr” twice."),
    ],
)
def test_a_wrong_list_is_refused_in_one_sentence(value, sentence):
    with pytest.raises(ImproperlyConfigured) as refused:
        read_languages(value)

    assert str(refused.value) == sentence


def test_the_settings_are_the_one_list(settings):
    settings.LANGUAGES, settings.LANGUAGE_CODE = read_languages("ca,fr"), "ca"

    assert main_language() == "ca"
    assert installed_languages() == {"ca": "Català", "fr": "Français"}


def test_a_reader_gets_the_nearest_language(settings):
    settings.LANGUAGES = read_languages("fr,en,ca")

    assert list(dict.fromkeys(in_order_of_preference("en-gb"))) == ["en-gb", "en", "fr", "ca"]


@pytest.mark.parametrize(
    ("code", "expected"), [("fr", True), ("pt-br", True), ("shown", False), ("FR", False), ("", False), (7, False)]
)
def test_codes_are_told_from_other_words(code, expected):
    assert is_language_code(code) is expected


@pytest.mark.parametrize(("code", "expected"), [("ar", True), ("ar-dz", True), ("fr", False)])
def test_the_direction_of_writing_is_known(code, expected):
    assert is_right_to_left(code) is expected

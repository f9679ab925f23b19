import pytest

from festival.text.preference import language_to_mark, order_of_preference
from festival.text.texts import Text
from program.published import texts as published


def test_the_nearest_language_comes_first():
    assert list(order_of_preference("pt-br", ["fr", "pt-br"])) == ["pt-br", "pt", "fr", "pt-br"]


@pytest.mark.parametrize(("shown", "marked"), [("pt-br", ""), ("pt", ""), ("fr", "fr"), ("ar", "ar")])
def test_only_another_language_is_marked(shown, marked):
    assert language_to_mark(shown, "pt-br") == marked


@pytest.mark.parametrize(
    ("words", "wanted", "shown"),
    [
        ({"fr": "Scène", "pt": "Palco"}, "pt-br", "pt"),
        ({"fr": "Scène", "pt": "Palco", "pt-br": "Tablado"}, "pt-br", "pt-br"),
        ({"fr": "Scène", "en": "Stage"}, "pt-br", "fr"),
        ({"en": "Stage"}, "pt-br", "en"),
    ],
)
def test_the_shop_and_the_programme_choose_alike(settings, words, wanted, shown):
    settings.LANGUAGES, settings.LANGUAGE_CODE = [("fr", "Français"), ("en", "English"), ("pt-br", "Português")], "fr"

    assert Text(words).language(wanted) == shown
    assert published.Text.of(words, ("fr", "en", "pt-br")).language(wanted) == shown

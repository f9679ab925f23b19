import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext, trans_real

from festival.text.catalogues import speak_english_where_untranslated


@pytest.fixture(autouse=True)
def languages(settings):
    """French is the main language; there are no catalogues of ours for Dutch and Brazilian Portuguese."""
    settings.LANGUAGES = [("fr", "Français"), ("en", "English"), ("nl", "Nederlands"), ("pt-br", "Português")]
    _forget()
    yield
    _forget()


def _forget():
    for code in ("nl", "pt-br"):
        trans_real._translations.pop(code, None)


@pytest.mark.parametrize("code", ["nl", "pt-br"])
def test_a_language_without_a_catalogue_of_ours_speaks_english(code):
    speak_english_where_untranslated()

    with translation.override(code):
        assert gettext("Practical information") == "Practical information"
        assert gettext("programme/") == "programme/"
        assert gettext("Home") == "Home"  # which Wagtail says in Dutch
        assert pgettext("menu", "Main") == "Main"
        assert ngettext("%(left)s place", "%(left)s places", 3) == "%(left)s places"
        assert ngettext("Only %(left)s place is left: take fewer, or another day.", "more", 2) == "more"


def test_without_it_django_would_speak_the_main_language():
    with translation.override("nl"):
        assert gettext("Practical information") == "Infos pratiques"


def test_what_others_say_stays_in_the_language():
    speak_english_where_untranslated()

    with translation.override("nl"):
        assert gettext("Saturday") == "zaterdag"


def test_languages_with_a_catalogue_stay_as_they_are():
    speak_english_where_untranslated()

    assert gettext("Practical information") == "Infos pratiques"
    with translation.override("en"):
        assert gettext("Practical information") == "Practical information"


def test_a_sentence_of_a_package_that_french_says_otherwise_stays_theirs_elsewhere():
    speak_english_where_untranslated()

    with translation.override("nl"):
        assert gettext("Skip to main content") == "Ga naar de inhoud"

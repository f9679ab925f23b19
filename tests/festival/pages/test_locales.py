import pytest
from wagtail.models import Locale

from festival.pages.locales import make_locales

pytestmark = pytest.mark.django_db


def test_an_empty_database_has_a_locale_for_each_language():
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"fr", "en"}


def test_a_new_language_gets_one_and_an_old_one_keeps_its_own(settings):
    settings.LANGUAGES = [("fr", "Français"), ("ca", "Català")]

    make_locales()

    assert set(Locale.objects.values_list("language_code", flat=True)) >= {"fr", "en", "ca"}

import pytest
from wagtail.search.backends import get_search_backend

from tests.festival.text import lookups
from tests.festival.text.app.models import Stall

pytestmark = pytest.mark.django_db


def test_one_language_is_compared():
    lookups.check_one_language_is_compared()


def test_any_language_is_searched():
    lookups.check_any_language_is_searched()


def test_whole_texts_are_compared():
    lookups.check_whole_texts_are_compared()


def test_rows_are_ordered_as_the_reader_sees_them():
    lookups.check_rows_are_ordered_as_the_reader_sees_them()


def test_relations_are_followed():
    lookups.check_relations_are_followed()


def test_values_are_plain_strings():
    lookups.check_values_are_plain_strings()


def test_one_language_alone_needs_no_choice(settings):
    lookups.check_one_language_alone_needs_no_choice(settings)


@pytest.mark.parametrize("words", ["quai", "quay", "once"])
def test_the_search_finds_the_words_of_every_language(words):
    stall = Stall.objects.create(name={"fr": "Le quai", "en": "The quay"}, story={"en": "Once"})
    Stall.objects.create(name="La rue")

    assert list(lookups.search(words)) == [stall]


def test_beginnings_are_found_in_every_language():
    stall = Stall.objects.create(name={"fr": "Le quai", "en": "The harbour"})

    assert list(get_search_backend().autocomplete("harb", Stall)) == [stall]

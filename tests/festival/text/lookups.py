"""What is asked of the column, on SQLite here and on PostgreSQL in `tests/postgres/test_translated.py`."""

import pytest
from django.core.exceptions import FieldError
from django.db.models import Count
from django.utils import translation
from wagtail.search.backends import get_search_backend

from festival.text.languages import read_languages
from festival.text.texts import Text
from festival.text.translated_lookups import in_language, sort_key
from tests.festival.text.app.models import Shelf, Stall

ROWS = [{"fr": "Bouées", "en": "Lifebuoys"}, {"fr": "ancres", "en": "Yards"}, {"fr": "Cordes", "ca": "Àncores"}]


def fill():
    return [Shelf.objects.create(title=words) for words in ROWS]


def titles(queryset):
    return [shelf.title.exact("fr") for shelf in queryset]


def check_one_language_is_compared():
    fill()

    assert titles(Shelf.objects.filter(title__en="Yards")) == ["ancres"]
    assert titles(Shelf.objects.filter(title__en__startswith="Life")) == ["Bouées"]
    assert titles(Shelf.objects.filter(title__en__in=["Yards", "Lifebuoys"]).order_by("pk")) == ["Bouées", "ancres"]
    assert titles(Shelf.objects.filter(title__en__isnull=True)) == ["Cordes"]
    assert titles(Shelf.objects.filter(title__has_key="ca")) == ["Cordes"]
    assert titles(Shelf.objects.filter(title__fr="123")) == []


def check_any_language_is_searched():
    fill()

    assert titles(Shelf.objects.filter(title__icontains="ANC")) == ["ancres"]
    assert titles(Shelf.objects.filter(title__icontains="ncores")) == ["Cordes"]
    assert titles(Shelf.objects.filter(title__contains="buoy")) == ["Bouées"]
    assert titles(Shelf.objects.filter(title__contains="oué")) == ["Bouées"]
    assert titles(Shelf.objects.filter(title__icontains='"fr"')) == []


def check_whole_texts_are_compared():
    fill()

    assert titles(Shelf.objects.filter(title={"en": "Yards", "fr": "ancres"})) == ["ancres"]
    assert titles(Shelf.objects.filter(title=Text(ROWS[0]))) == ["Bouées"]
    assert titles(Shelf.objects.filter(title__in=[Text(ROWS[2]), Text()])) == ["Cordes"]
    with pytest.raises(TypeError, match="Name the language"):
        Shelf.objects.filter(title="ancres")
    with pytest.raises(FieldError):
        Shelf.objects.filter(title__startswith="a")


def check_rows_are_ordered_as_the_reader_sees_them():
    fill()

    with translation.override("en"):
        assert titles(Shelf.objects.order_by("title__shown")) == ["Cordes", "Bouées", "ancres"]
        assert titles(Shelf.objects.order_by("-title__shown")) == ["ancres", "Bouées", "Cordes"]
    assert titles(Shelf.objects.order_by(sort_key("title"))) == ["ancres", "Bouées", "Cordes"]
    assert titles(Shelf.objects.order_by(in_language("title", "en"))) == ["Cordes", "Bouées", "ancres"]


def check_relations_are_followed():
    first, second = Stall.objects.create(name={"fr": "B", "en": "A"}), Stall.objects.create(name={"fr": "A", "en": "B"})
    for stall, title in ((first, "un"), (second, "deux"), (second, "trois")):
        Shelf.objects.create(stall=stall, title=title)

    assert titles(Shelf.objects.filter(stall__name__en="A")) == ["un"]
    assert titles(Shelf.objects.order_by("stall__name__shown", "title__shown")) == ["deux", "trois", "un"]
    assert list(Stall.objects.order_by(in_language("name", "en"))) == [first, second]
    assert list(Stall.objects.all()) == [second, first]  # by Meta.ordering
    counted = Shelf.objects.values("stall__name__shown").annotate(number=Count("pk")).order_by("stall__name__shown")
    assert [(row["stall__name__shown"], row["number"]) for row in counted] == [("A", 2), ("B", 1)]


def check_values_are_plain_strings():
    Shelf.objects.create(title={"fr": "123", "en": "null"})

    assert Shelf.objects.values_list("title__fr", "title__en", "title__ca").get() == ("123", "null", None)
    assert Shelf.objects.values_list("title__shown", flat=True).get() == "123"


def check_one_language_alone_needs_no_choice(settings):
    settings.LANGUAGES = read_languages("fr")
    fill()

    assert titles(Shelf.objects.order_by("title__shown"))[-1] == "ancres"


def search(words):
    return get_search_backend().search(words, Stall)

import csv
import io

import pytest
from openpyxl import load_workbook

from festival.text.texts import Text
from festival.text.translated_listing import language_columns
from tests.festival.text.app.models import Shelf, Stall
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def shelves():
    stalls = [Stall.objects.create(name={"fr": "Z", "en": "A"}), Stall.objects.create(name={"fr": "A", "en": "Z"})]
    return [
        Shelf.objects.create(title={"fr": "Bouées", "en": "Aa"}, stall=stalls[0]),
        Shelf.objects.create(title={"fr": "Ancres"}, stall=stalls[1]),
        Shelf.objects.create(title={"fr": "=1+1", "en": "Zz"}, stall=stalls[1]),
    ]


def titles(page):
    return [str(row.title) for row in page.context["object_list"]]


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [("title", ["=1+1", "Ancres", "Bouées"]), ("-title", ["Bouées", "Ancres", "=1+1"])],
)
def test_a_list_is_ordered_by_the_words(editor_client, shelves, ordering, expected):
    assert titles(editor_client.get("/cms/shelf/", {"ordering": ordering})) == expected


def test_a_list_is_ordered_by_the_words_of_a_neighbour(editor_client, shelves):
    assert titles(editor_client.get("/cms/shelf/", {"ordering": "stall__name"}))[-1] == "Bouées"
    assert titles(editor_client.get("/cms/shelf/", {"ordering": "-stall__name"}))[0] == "Bouées"


def test_a_list_has_its_own_order_otherwise(editor_client, shelves):
    assert titles(editor_client.get("/cms/shelf/")) == ["=1+1", "Ancres", "Bouées"]  # the newest first
    assert titles(editor_client.get("/cms/shelf/", {"ordering": "stall"}))[-1] == "Bouées"  # of stall Z


def test_the_order_of_the_model_is_kept(editor_client, shelves):
    page = editor_client.get("/cms/snippets/texts/stall/")

    assert [str(row.name) for row in page.context["object_list"]] == ["A", "Z"]


def test_search_results_are_ordered_by_the_words(editor_client):
    Stall.objects.create(name={"fr": "Quai nord", "en": "Quay 2"})
    Stall.objects.create(name={"fr": "Quai est", "en": "Quay 1"})

    page = editor_client.get("/cms/snippets/texts/stall/", {"q": "quay", "ordering": "name"})

    assert [str(row.name) for row in page.context["object_list"]] == ["Quai est", "Quai nord"]


def test_an_export_has_a_column_for_each_language(editor_client, shelves):
    file = b"".join(editor_client.get("/cms/shelf/?export=csv&ordering=title").streaming_content).decode()

    heading, *rows = csv.reader(io.StringIO(file.removeprefix("\ufeff")), delimiter=";")
    assert heading[:3] == ["Titre", "Titre (Français)", "Titre (English)"]
    assert [row[:4] for row in rows] == [
        ["'=1+1", "'=1+1", "Zz", "A"],
        ["Ancres", "Ancres", "", "A"],
        ["Bouées", "Bouées", "Aa", "Z"],
    ]


def test_a_workbook_holds_strings(editor_client, shelves):
    response = editor_client.get("/cms/shelf/?export=xlsx&ordering=-title")

    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert [cell.value for cell in sheet[2]][:3] == ["Bouées", "Bouées", "Aa"]
    assert sheet["A4"].value == "'=1+1"


def test_columns_follow_the_languages(settings):
    settings.LANGUAGES = [("ca", "Català"), ("fr", "Français")]

    assert language_columns("title") == ["title.by_language.ca", "title.by_language.fr"]
    assert Text({"fr": "Le quai"}).by_language == {"ca": "", "fr": "Le quai"}

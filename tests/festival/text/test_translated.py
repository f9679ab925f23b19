import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps

from festival.text.languages import read_languages
from festival.text.texts import Text
from festival.text.translated import TranslatedCharField, TranslatedTextField
from tests.festival.text.app.models import Opening, Shelf, Stall

BOTH = {"fr": "Le quai", "en": "The quay"}


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["Le quai", {"fr": "Le quai"}, Text("Le quai")])
def test_whatever_is_assigned_becomes_a_text(given):
    shelf = Shelf(title=given)

    assert shelf.title == Text("Le quai")
    shelf.save()
    assert Shelf.objects.get().title == Text("Le quai")


def test_a_new_row_has_empty_texts():
    assert Shelf().title == Shelf(note=None).note == Text()


@pytest.mark.django_db
def test_all_languages_are_stored_whatever_is_installed(settings):
    settings.LANGUAGES = read_languages("fr")
    Shelf.objects.create(title=BOTH | {"ca": "El moll"})

    assert Shelf.objects.values_list("title", flat=True).get() == Text(BOTH | {"ca": "El moll"})


@pytest.mark.django_db
def test_the_table_is_legible():
    Shelf.objects.create(title={"fr": "Été", "en": "Summer"})

    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM texts_shelf")
        assert cursor.fetchall() == [('{"en": "Summer", "fr": "Été"}',)]


@pytest.mark.django_db
def test_rows_are_written_in_every_way_of_the_orm():
    first, second = Shelf.objects.bulk_create([Shelf(title="Un"), Shelf(title="Deux")])
    first.title = first.title.replaced({"en": "One"})
    Shelf.objects.bulk_update([first], ["title"])
    Shelf.objects.filter(pk=second.pk).update(title={"en": "Two"}, note=models.F("title"))
    deferred = Shelf.objects.defer("title").get(pk=first.pk)
    second.refresh_from_db()

    assert deferred.title == Text({"fr": "Un", "en": "One"})
    assert second.title == Text({"en": "Two"})
    assert second.note == Text("Deux")


@pytest.mark.django_db
def test_an_expression_may_be_assigned():
    shelf = Shelf.objects.create(title="Le quai")
    shelf.note = models.F("title")
    shelf.save()

    assert Shelf.objects.get().note == Text("Le quai")


@pytest.mark.django_db
def test_a_row_without_its_neighbour_has_no_text():
    Shelf.objects.create(title="Le quai")

    assert Shelf.objects.values_list("stall__name", flat=True).get() is None


def errors_of(instance, field):
    with pytest.raises(ValidationError) as refused:
        instance.full_clean()
    return [(error.code, error.messages[0]) for error in refused.value.error_dict[field]]


@pytest.mark.django_db
def test_the_main_language_is_required():
    assert errors_of(Shelf(title={"en": "The quay"}), "title") == [
        ("main_language_required", "Français : ce texte est obligatoire.")
    ]
    assert errors_of(Shelf(), "title") == [("main_language_required", "Français : ce texte est obligatoire.")]


@pytest.mark.django_db
def test_an_optional_text_may_be_in_any_language():
    Shelf(title="Le quai", note={"en": "Wet.\nMind the gap."}).full_clean()


@pytest.mark.django_db
def test_every_fault_is_named_with_its_language():
    shelf = Shelf(title={"fr": "Le\nquai", "en": "x" * 41}, note={"ca": "a\x07b"})

    assert errors_of(shelf, "title") == [
        ("too_long", "English : 40 caractères au plus, il y en a 41."),
        ("line_break", "Français : une seule ligne, s’il vous plaît."),
    ]
    assert errors_of(shelf, "note") == [("unprintable", "ca : il y a des caractères qui ne s’impriment pas.")]


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["x" * 41, "a\x00b", "a\ud800b", "a\nb"])
def test_no_code_saves_what_no_form_takes(words):
    with pytest.raises(ValueError, match=r"^title: "), transaction.atomic():
        Shelf.objects.create(title={"en": words})
    assert not Shelf.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("format_", ["json", "jsonl", "python"])
def test_fixtures_hold_the_languages(format_):
    Shelf.objects.create(title=BOTH)

    written = serializers.serialize(format_, Shelf.objects.all())
    [read] = serializers.deserialize(format_, written)

    assert read.object.title == Text(BOTH)


def test_a_damaged_fixture_is_refused():
    damaged = '[{"model": "texts.shelf", "pk": 1, "fields": {"title": ["Le quai"]}}]'

    with pytest.raises(serializers.base.DeserializationError):
        list(serializers.deserialize("json", damaged))


def test_drafts_hold_the_languages():
    stall = Stall(name=BOTH, openings=[Opening(label={"fr": "Matin", "en": "Morning"})])

    assert stall.serializable_data()["name"] == {"en": "The quay", "fr": "Le quai"}
    read = Stall.from_json(stall.to_json())
    assert read.name == Text(BOTH)
    assert read.openings.get().label == Text({"fr": "Matin", "en": "Morning"})


@pytest.mark.parametrize("languages", ["fr,en", "ca,fr,en"])
def test_no_migration_names_a_language(settings, languages):
    settings.LANGUAGES = read_languages(languages)
    field = TranslatedCharField("nom", max_length=40, blank=True)

    written, _imports = MigrationWriter.serialize(field)

    assert written == "festival.text.translated.TranslatedCharField(blank=True, max_length=40, verbose_name='nom')"


def test_a_migration_can_hold_a_default():
    field = TranslatedCharField(max_length=10, default=Text(BOTH))

    written, imports = MigrationWriter.serialize(field)

    assert "default=festival.text.texts.Text({'en': 'The quay', 'fr': 'Le quai'})" in written
    assert imports == {"import festival.text.texts", "import festival.text.translated"}


@isolate_apps("tests.festival.text.app")
def test_an_order_by_the_json_is_an_error():
    class Cellar(models.Model):  # noqa: DJ008
        title = TranslatedTextField(default=Text("x"))

        class Meta:
            app_label = "texts"
            ordering = ["-title"]

    class Attic(models.Model):  # noqa: DJ008
        title = TranslatedTextField()

        class Meta:
            app_label = "texts"
            ordering = ["title__shown", models.F("title").asc()]

    assert [error.id for error in Cellar.check()] == ["festival.E001"]
    assert Attic.check() == []

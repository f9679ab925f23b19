import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from lxml import html

from festival.text.languages import read_languages
from festival.text.texts import Text
from festival.text.translated_forms import LanguagesTextarea, TranslatedFormField
from tests.festival.text.app.models import Opening, Shelf, Stall


class ShelfForm(forms.ModelForm):
    class Meta:
        model = Shelf
        fields = ["title", "note"]


BOTH = {"title_fr": "Le quai", "title_en": "The quay", "note_fr": "", "note_en": ""}


def inputs(form, field, **kwargs):
    drawn = html.fromstring(form[field].as_widget(**kwargs))
    return {element.get("name"): element for element in drawn.iter("input", "textarea")}


def test_each_language_has_a_labelled_input_of_its_own(settings):
    settings.LANGUAGES = read_languages("fr,en,ar")

    drawn = html.fromstring(str(ShelfForm(instance=Shelf(title={"fr": "Le quai", "en": "The quay"}))["title"]))

    assert drawn.get("role") == "group"
    assert drawn.get("aria-label") == "Titre"
    assert [(label.text_content(), label.get("for"), label.get("lang")) for label in drawn.iter("label")] == [
        ("Français*", "id_title_fr", "fr"),
        ("English", "id_title_en", "en"),
        ("العربيّة", "id_title_ar", "ar"),
    ]
    assert [
        (entry.get("id"), entry.get("name"), entry.get("value"), entry.get("lang"), entry.get("dir"))
        for entry in drawn.iter("input")
    ] == [
        ("id_title_fr", "title_fr", "Le quai", "fr", "ltr"),
        ("id_title_en", "title_en", "The quay", "en", "ltr"),
        ("id_title_ar", "title_ar", "", "ar", "rtl"),
    ]


def test_the_browser_is_told_the_limits():
    drawn = inputs(ShelfForm(), "title")

    assert {entry.get("maxlength") for entry in drawn.values()} == {"40"}
    assert ["required" in entry.attrib for entry in drawn.values()] == [True, False]


def test_long_texts_have_areas_that_grow():
    drawn = inputs(ShelfForm(instance=Shelf(note={"en": "\nWet\nground"})), "note")

    assert [entry.tag for entry in drawn.values()] == ["textarea", "textarea"]
    assert {entry.get("data-controller") for entry in drawn.values()} == {"w-autosize"}
    assert drawn["note_en"].text == "\n\nWet\nground"
    assert "required" not in drawn["note_fr"].attrib


def test_many_languages_stand_below_each_other(settings):
    settings.LANGUAGES = read_languages("fr,en,ca")
    assert 'class="w-field-row"' in str(ShelfForm()["title"])

    settings.LANGUAGES = read_languages("fr,en,ca,es")
    assert 'class="w-field-row"' not in str(ShelfForm()["title"])


def test_scripts_find_the_main_language():
    form = ShelfForm(auto_id="id_%s")
    form.fields["note"].widget.attrs = {"data-controller": "w-sync", "data-w-sync-target-value": "#id_slug"}

    drawn = inputs(form, "note", attrs={"aria-describedby": "help"})

    assert form["note"].id_for_label == "id_note_fr"
    assert [entry.get("data-controller") for entry in drawn.values()] == ["w-autosize w-sync", "w-autosize"]
    assert [entry.get("data-w-sync-target-value") for entry in drawn.values()] == ["#id_slug", None]
    assert [entry.get("aria-describedby") for entry in drawn.values()] == ["help", "help"]


def test_the_mark_of_what_is_required_stands_in_the_main_language_only():
    form = ShelfForm()
    form.fields["title"].widget.attrs["placeholder"] = "Titre*"

    assert [entry.get("placeholder") for entry in inputs(form, "title").values()] == ["Titre*", "Titre"]


def test_inputs_without_ids_of_the_form_are_labelled_all_the_same():
    form = ShelfForm(auto_id=False)

    assert form["title"].id_for_label == ""
    assert list(inputs(form, "title")) == ["title_fr", "title_en"]
    assert 'for="id_title_fr"' in str(form["title"])


@pytest.mark.django_db
def test_what_is_typed_is_saved_without_blanks_around_it():
    form = ShelfForm({"title_fr": " Le quai ", "title_en": "The quay", "note_fr": "Mouillé\r\nici\r\n", "note_en": ""})

    shelf = form.save()

    assert shelf.title == Text({"fr": "Le quai", "en": "The quay"})
    assert shelf.note == Text("Mouillé\nici")


@pytest.mark.django_db
def test_a_language_that_was_uninstalled_keeps_its_text():
    shelf = Shelf.objects.create(title={"fr": "La rue", "en": "The street", "ca": "El carrer"})

    ShelfForm(BOTH | {"title_en": ""}, instance=shelf).save()

    assert Shelf.objects.get().title == Text({"fr": "Le quai", "ca": "El carrer"})


def test_each_mistake_is_told_with_its_language_and_nothing_is_lost():
    typed = {"title_fr": "", "title_en": "x" * 41, "note_fr": "a\x07"}
    form = ShelfForm(typed)

    assert [str(message) for message in form.errors["title"]] == [
        "Français : ce texte est obligatoire.",
        "English : 40 caractères au plus, il y en a 41.",
    ]
    assert "note" not in form.errors
    assert inputs(form, "title")["title_en"].get("value") == "x" * 41


def test_mistakes_stand_beside_the_input_they_are_about():
    form = ShelfForm({"title_fr": "", "title_en": "The quay"})
    form.add_error("title", "Ce titre est déjà pris.")
    bound = form["title"]

    drawn = html.fromstring(
        bound.field.widget.render_with_errors(
            "title", bound.value(), {"id": "id_title", "aria-describedby": "help"}, bound.errors
        )
    )

    french, english = drawn.iter("input")
    assert french.get("aria-invalid") == "true"
    assert french.get("aria-describedby") == "help id_title_fr-errors"
    assert "obligatoire" in drawn.get_element_by_id("id_title_fr-errors").text_content()
    assert english.get("aria-invalid") is None
    assert drawn.get_element_by_id("id_title_en-errors").text_content().strip() == ""
    assert "Ce titre est déjà pris." in drawn.text_content()


def test_the_widget_knows_what_was_sent():
    field = TranslatedFormField()
    widget = field.widget

    assert widget.value_from_datadict(QueryDict("title_fr=a"), {}, "title") == {"fr": "a", "en": None}
    assert widget.value_omitted_from_data(QueryDict("title=a"), {}, "title")
    assert not widget.value_omitted_from_data(QueryDict("title_en="), {}, "title")


@pytest.mark.parametrize(
    ("initial", "data", "expected"),
    [
        (Text({"fr": "Le quai"}), {"fr": " Le quai", "en": ""}, False),
        (Text({"fr": "a\nb", "ca": "El moll"}), {"fr": "a\r\nb", "en": None}, False),
        (Text({"fr": "Le quai"}), {"fr": "Le quai", "en": "The quay"}, True),
        (None, {"fr": "", "en": ""}, False),
        ("Le quai", {"fr": "La rue", "en": ""}, True),
    ],
)
def test_a_change_is_another_text_in_a_language(initial, data, expected):
    assert TranslatedFormField().has_changed(initial, data) is expected
    assert not TranslatedFormField(disabled=True).has_changed(initial, data)


def test_a_disabled_field_keeps_its_text():
    form = ShelfForm({"title_fr": "La rue"}, instance=Shelf(title={"fr": "Le quai", "ca": "El moll"}))
    form.fields["title"].disabled = True

    assert form.is_valid()
    assert form.cleaned_data["title"] == Text({"fr": "Le quai", "ca": "El moll"})
    assert set(inputs(form, "title")["title_fr"].attrib) >= {"disabled"}


def test_it_works_outside_model_forms():
    field = TranslatedFormField(required=False, is_single_line=False, widget=LanguagesTextarea)

    assert field.clean({"fr": "a\nb", "en": None}) == Text("a\nb")
    assert field.clean("Le quai") == Text("Le quai")
    assert field.clean(None) == Text()
    with pytest.raises(ValidationError):
        TranslatedFormField().clean({"fr": " ", "en": "The quay"})


# Wagtail's screens ----------------------------------------------------------------------------------------------------

STALL = {
    "name_fr": "Le quai",
    "name_en": "The quay",
    "slug": "quai",
    "story_fr": "",
    "story_en": "Once",
    "openings-TOTAL_FORMS": "1",
    "openings-INITIAL_FORMS": "0",
    "openings-MIN_NUM_FORMS": "0",
    "openings-MAX_NUM_FORMS": "1000",
    "openings-0-label_fr": "Matin",
    "openings-0-label_en": "Morning",
}
PREFIX = "/cms/snippets/texts/stall"


CHANGES = {"name_fr": "Le môle", "name_en": "The new quay", "openings-0-label_en": "Early"}


def publish(client, **changes):
    response = client.post(f"{PREFIX}/add/", STALL | changes | {"action-publish": "1"})
    assert response.status_code == 302
    return Stall.objects.get()


@pytest.mark.django_db
def test_a_snippet_is_published_with_its_children(editor_client):
    stall = publish(editor_client)

    assert stall.name == Text({"fr": "Le quai", "en": "The quay"})
    assert stall.story == Text({"en": "Once"})
    assert stall.openings.get().label == Text({"fr": "Matin", "en": "Morning"})


@pytest.mark.django_db
def test_a_refused_snippet_shows_what_was_typed_and_why(editor_client):
    page = editor_client.post(f"{PREFIX}/add/", STALL | {"name_fr": "", "action-publish": "1"})

    drawn = html.fromstring(page.text)
    assert page.status_code == 200
    assert "obligatoire" in drawn.get_element_by_id("id_name_fr-errors").text_content()
    assert drawn.get_element_by_id("id_name_en").get("value") == "The quay"
    assert drawn.get_element_by_id("id_openings-0-label_en").get("value") == "Morning"


@pytest.mark.django_db
def test_a_draft_may_lack_the_main_language(editor_client):
    response = editor_client.post(f"{PREFIX}/add/", STALL | {"name_fr": ""})

    assert response.status_code == 302
    stall = Stall.objects.get()
    assert not stall.live
    assert stall.name == Text({"en": "The quay"})
    page = editor_client.post(f"{PREFIX}/edit/{stall.pk}/", STALL | {"name_fr": "", "action-publish": "1"})
    assert page.status_code == 200


@pytest.mark.django_db
def test_a_draft_is_kept_apart_from_what_is_live(editor_client):
    stall = publish(editor_client)
    opening = stall.openings.get()
    kept = {"openings-INITIAL_FORMS": "1", "openings-0-id": str(opening.pk)}

    editor_client.post(f"{PREFIX}/edit/{stall.pk}/", STALL | kept | CHANGES)

    stall.refresh_from_db()
    assert stall.name == Text({"fr": "Le quai", "en": "The quay"})
    assert stall.get_latest_revision_as_object().name == Text({"fr": "Le môle", "en": "The new quay"})
    assert 'value="The new quay"' in editor_client.get(f"{PREFIX}/edit/{stall.pk}/").text
    assert editor_client.get(f"{PREFIX}/history/{stall.pk}/").status_code == 200
    comparison = editor_client.get(f"{PREFIX}/history/{stall.pk}/revisions/compare/earliest...latest/").text
    assert '<dd lang="en">' in comparison
    assert '<span class="addition">new quay</span>' in comparison
    assert '<span class="addition">Early</span>' in comparison
    first = stall.revisions.earliest("pk")
    assert 'value="The quay"' in editor_client.get(f"{PREFIX}/history/{stall.pk}/revisions/{first.pk}/revert/").text


@pytest.mark.django_db
def test_a_preview_shows_the_language_that_stands_in(editor_client):
    stall = publish(editor_client)
    address = f"{PREFIX}/preview/{stall.pk}/"

    sent = editor_client.post(address, STALL | {"name_en": ""})

    assert sent.json()["is_valid"] is True
    shown = editor_client.get(address).text
    assert "<h1>Le quai</h1>" in shown
    assert '<div><span lang="en">Once</span></div>' in shown


@pytest.mark.django_db
def test_a_plain_row_is_edited(editor_client):
    created = editor_client.post("/cms/shelf/new/", BOTH | {"stall": ""})

    assert created.status_code == 302
    shelf = Shelf.objects.get()
    assert shelf.title == Text({"fr": "Le quai", "en": "The quay"})
    page = editor_client.get(f"/cms/shelf/edit/{shelf.pk}/").text
    assert 'value="The quay"' in page
    editor_client.post(f"/cms/shelf/edit/{shelf.pk}/", BOTH | {"stall": "", "title_en": ""})
    shelf.refresh_from_db()
    assert shelf.title == Text("Le quai")


@pytest.mark.django_db
def test_a_third_language_only_takes_a_setting(editor_client, settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = read_languages("fr,en,ca")

    publish(editor_client, name_ca="El moll", **{"openings-0-label_ca": "Matí"})

    assert Stall.objects.get().name.exact("ca") == "El moll"
    assert Opening.objects.get().label.exact("ca") == "Matí"


@pytest.mark.django_db
def test_a_list_is_searched_in_every_language(editor_client):
    Shelf.objects.create(title={"fr": "Le quai", "en": "The quay"})
    Shelf.objects.create(title={"fr": "La rue", "en": "The street"}, note={"en": "near the harbour"})

    found = editor_client.get("/cms/shelf/?q=harbour").text

    assert "La rue" in found
    assert "Le quai" not in found

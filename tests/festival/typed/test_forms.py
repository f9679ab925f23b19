"""The rule stands in every field of every form: ours, Wagtail's, its blocks, the account pages."""

import html
import inspect
from datetime import UTC, date, datetime, time

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.widgets import DateTimeBaseInput
from django.http import QueryDict
from django.urls import get_resolver
from django.utils import timezone, translation
from wagtail.admin.panels import get_edit_handler
from wagtail.blocks import FieldBlock, ListBlock, StreamBlock, StructBlock
from wagtail.documents.forms import get_document_form
from wagtail.documents.models import Document
from wagtail.fields import StreamField
from wagtail.images.forms import get_image_form
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from festival.models import FestivalImage
from festival.text.translated_forms import TranslatedFormField
from festival.typed import cleaning
from festival.typed.forms import AddressField, NameField, changed

TYPED = " a\x00b\u202ec\x0bd\u200b "
LINE, LINES = "abc d", "abc d"


def every_form():
    """Yield every form class that the site has loaded, and those that Wagtail makes for its screens."""
    assert get_resolver().url_patterns  # loads all views, and with them their forms
    waiting = [forms.BaseForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if not form.__module__.startswith(("tests.", "django.contrib.admin")):
            yield form
    yield get_image_form(FestivalImage)
    yield get_document_form(Document)
    for model in [*get_snippet_models(), *(each for each in apps.get_models() if issubclass(each, Page))]:
        if edit_handler := getattr(model, "edit_handler", None) or get_edit_handler(model):
            yield edit_handler.bind_to_model(model).get_form_class()


def fields_of_forms():
    for form in every_form():
        for name, field in getattr(form, "base_fields", {}).items():
            yield f"{form.__module__}.{form.__name__}.{name}", field


def fields_of_models():
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField) and (made := field.formfield()):
                yield f"{model._meta.label}.{field.name}", made


def fields_of_blocks():
    waiting = [
        (f"{model._meta.label}.{field.name}", field.stream_block)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, StreamField)
    ]
    while waiting:
        name, block = waiting.pop()
        if isinstance(block, FieldBlock):
            yield name, block.field
        elif isinstance(block, ListBlock):
            waiting.append((f"{name}[]", block.child_block))
        elif isinstance(block, StreamBlock | StructBlock):
            waiting += [(f"{name}.{key}", child) for key, child in block.child_blocks.items()]


TEMPORAL = {
    forms.DateField: date(2027, 6, 12),
    forms.TimeField: time(18, 30),
    forms.DateTimeField: datetime(2027, 6, 12, 8, 30, tzinfo=UTC),
}
AMBIGUOUS = ("12/06/2027", "12.06.2027", "12/06/2028 10:00", "25-12-2027", "6/12/27", "6 pm", "demain", "2027-02-30")


def temporal_fields():
    """Yield every field for dates and times of every form and block: its place, its kind, the field."""
    for place, field in [*fields_of_forms(), *fields_of_blocks()]:
        for kind in TEMPORAL:
            if isinstance(field, kind):
                yield place, kind, field


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en", "de"])
def test_every_date_is_understood_or_refused_with_the_form_to_use(language):
    places = list(temporal_fields())
    assert len(places) > 40
    with translation.override(language):
        for place, kind, field in places:
            for typed in AMBIGUOUS:
                with pytest.raises(ValidationError) as refused:
                    field.clean(typed)
                assert ("18:30" if kind is forms.TimeField else "2027-0") in str(refused.value), (place, typed)
            for typed in (
                ("18:30", "18 h 30") if kind is forms.TimeField else ("2027-06-12", "12 juin 2027", "June 12, 2027")
            ):
                read = field.clean(typed)
                assert read == TEMPORAL[kind] or f"{read:%Y-%m-%d %H:%M}" == "2027-06-12 00:00", (place, typed)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en", "de"])
def test_what_is_shown_of_a_date_is_understood_when_it_comes_back(language):
    with translation.override(language):
        for place, kind, field in temporal_fields():
            if not field.widget.is_hidden and isinstance(field.widget, DateTimeBaseInput):
                shown = field.widget.format_value(field.prepare_value(TEMPORAL[kind]))
                assert field.to_python(shown) == shown_moment(kind, field.widget), (place, shown)


def shown_moment(kind, widget):
    """What a field can show of TEMPORAL[kind]: a filter by days shows a moment as its day."""
    if kind is forms.DateTimeField and isinstance(widget, forms.DateInput):
        return timezone.make_aware(datetime.combine(timezone.localdate(TEMPORAL[kind]), time.min))
    return TEMPORAL[kind]


def test_an_hour_that_no_clock_shows_is_another_fault():
    with pytest.raises(ValidationError) as refused:
        forms.DateTimeField().clean("2027-03-28 02:30")

    assert refused.value.code == "ambiguous_timezone"


@pytest.mark.parametrize("kind", [forms.DateField, forms.DateTimeField])
@pytest.mark.parametrize(
    ("typed", "is_taken"),
    [("0001-01-01", False), ("1899-12-31", False), ("1900-01-01", True), ("2199-12-31", True), ("9999-12-31", False)],
)
def test_a_year_far_away_is_refused_with_the_years_that_are_not(kind, typed, is_taken):
    if is_taken:
        assert kind().clean(typed).isoformat().startswith(typed)
        return
    with translation.override("fr"), pytest.raises(ValidationError) as refused:
        kind().clean(typed)
    assert refused.value.messages == ["L’année se situe entre 1900 et 2199."]


def test_a_field_may_have_its_own_sentence():
    with pytest.raises(ValidationError, match="Which day"):
        forms.DateField(error_messages={"invalid": "Which day?"}).clean("12/06/2027")


@pytest.mark.django_db
@pytest.mark.parametrize(("found", "least"), [(fields_of_forms, 150), (fields_of_models, 100), (fields_of_blocks, 20)])
def test_no_text_field_forgets_the_rule(found, least):
    forgetful, seen = [], 0
    for name, field in found():
        if isinstance(field, forms.CharField) and field.strip:
            seen += 1
            try:
                value = field.to_python(TYPED)
            except (ValidationError, ValueError):  # refused, as by an address or JSON
                continue
            if not cleaning.is_legible(str(value)):
                forgetful.append(name)

    assert forgetful == []
    assert seen > least


def test_every_translated_text_is_cleaned():
    line = TranslatedFormField().clean({"fr": TYPED, "en": "a\nb"})
    lines = TranslatedFormField(is_single_line=False).clean({"fr": TYPED, "en": "a\r\nb"})

    assert line.as_dict() == {"fr": "abc d", "en": "a b"}
    assert lines.as_dict() == {"fr": "abc d", "en": "a\nb"}


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (forms.CharField(), " a\x0bb\r\nc ", "a b c"),
        (forms.CharField(widget=forms.Textarea), "a\x00\r\nb ", "a\nb"),
        (forms.CharField(widget=forms.HiddenInput), "a\x00\nb ", "a\nb"),
        (forms.CharField(strip=False), " p\x07w ", " p\x07w "),
        (forms.CharField(required=False), "\u200b", ""),
        (forms.CharField(required=False), None, ""),
        (forms.CharField(max_length=3), "ab\u200bc", "abc"),
        (forms.EmailField(), " Zoé.x@Exemple.FR".replace("é", "e"), "Zoe.x@exemple.fr"),
        (forms.EmailField(required=False), "\x00", ""),
        (NameField(), "Zoe\u0301\xa0 Li", "Zoé Li"),
        (AddressField(), "a@straße.de", "a@xn--strae-oqa.de"),
    ],
)
def test_what_is_typed_is_cleaned(field, typed, kept):
    assert field.clean(typed) == kept


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (forms.CharField(), "\u200b\x00", "Champ requis."),
        (NameField(error_messages={"required": "Il manque le nom."}), "\u3164", "Il manque le nom."),
        (NameField(), "exemple．fr/x", "Un nom ne contient ni adresse web ni adresse de courriel."),
        (NameField(longest=5), "abcdef", "5 caractères"),
        (forms.EmailField(), '"\x01"@example.org', "Cette adresse ne peut pas exister"),
        (forms.JSONField(), "9" * 5000, "JSON"),
        (forms.JSONField(), "[" * 100_000, "JSON"),
        (AddressField(), "a b@c.fr", "Il y a une espace dans l’adresse"),
        (AddressField(), "x" * 65 + "@b.fr", "Cette adresse est trop longue"),
    ],
)
def test_what_cannot_be_cleaned_is_explained(field, typed, sentence):
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)

    assert sentence in " ".join(refused.value.messages).replace("\xa0", " ")


@pytest.mark.parametrize("typed", ["9" * 5000, "[" * 100_000, "{"])
def test_json_that_cannot_be_read_stands_in_the_form_again(typed):
    class Sent(forms.Form):
        fact = forms.JSONField()

    form = Sent({"fact": typed})

    assert list(form.errors) == ["fact"]
    assert typed in html.unescape(str(form))


def test_the_rule_is_installed_once():
    assert inspect.getmodule(forms.CharField.to_python).__name__ == "festival.typed.forms"


def test_what_was_posted_with_another_value_keeps_the_rest():
    posted = QueryDict("day=1&day=2&token=x")

    once = changed(changed(posted, token="y"), kept="z")

    assert (once.getlist("day"), once["token"], once["kept"], posted["token"]) == (["1", "2"], "y", "z", "x")

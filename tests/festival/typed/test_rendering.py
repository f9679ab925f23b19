"""The fields of forms: byte for byte what Django's templates make of them."""

import datetime as dt

import pytest
from django import forms
from django.conf import settings
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from festival.typed.rendering import Renderer

ODD = "<\"l’&é'>"
GROUPS = [
    ("", "—"),
    ("Fruits & légumes", [("a", "Pomme"), ("b", ODD)]),
    (3, 1234),
    (4, 12.5),
    (ODD, gettext_lazy("Day")),
]
FIELDS = [
    (forms.TextInput(attrs={"class": ODD, "required": True, "hidden": False, "size": 6}), ODD),
    (forms.TextInput(), None),
    (forms.TextInput(), ""),
    (forms.TextInput(), mark_safe("<b>")),
    (forms.EmailInput(attrs={"autocomplete": "email"}), "zoé@example.org"),
    (forms.HiddenInput(), 12345),
    (forms.HiddenInput(), dt.date(2027, 5, 2)),
    (forms.NumberInput(attrs={"min": 0, "step": 0.5}), 1234.5),
    (forms.URLInput(), "https://example.org/?a=1&b=2"),
    (forms.Select(choices=[(number, number) for number in range(11)]), 3),
    (forms.Select(choices=[(True, "oui"), (False, "non"), (None, "peut-être")]), True),
    (forms.Select(choices=GROUPS, attrs={"data-x": ODD, "disabled": True}), "b"),
    (forms.SelectMultiple(choices=GROUPS), ["a", "4"]),
    (forms.NullBooleanSelect(), None),
    (forms.RadioSelect(choices=GROUPS), "a"),
    (forms.CheckboxInput(), True),
    (forms.Textarea(), ODD),
    (forms.DateInput(), dt.date(2027, 5, 2)),
    (forms.PasswordInput(), "x"),
    (forms.SplitDateTimeWidget(), dt.datetime(2027, 5, 2, 11, 30)),
]


@pytest.mark.parametrize(("widget", "value"), FIELDS, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_field_is_written_as_django_writes_it(widget, value, language):
    with override(language):
        ours = widget.render("field", value, {"id": "id_field"}, Renderer())
        theirs = widget.render("field", value, {"id": "id_field"}, DjangoTemplates())

    assert ours == theirs


def test_an_option_with_a_template_of_its_own_keeps_it():
    class Own(forms.Select):
        option_template_name = "django/forms/widgets/radio_option.html"

    widget = Own(choices=[("a", "A")])

    assert widget.render("field", "a", {}, Renderer()) == widget.render("field", "a", {}, DjangoTemplates())


def test_every_form_of_the_site_is_written_so():
    assert settings.FORM_RENDERER == "festival.typed.rendering.Renderer"

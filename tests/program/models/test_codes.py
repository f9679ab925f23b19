import pytest
from django.core.exceptions import ValidationError

from program.models import Session, Speaker

FIELDS = [Session._meta.get_field("languages"), Speaker._meta.get_field("languages")]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("", []),
        ("fr", ["fr"]),
        (" fr ,en,, ", ["fr", "en"]),
        ("fr, fr", ["fr"]),
        ("captions-fr, addon:nuit-des-communs", ["captions-fr", "addon:nuit-des-communs"]),
    ],
)
def test_codes_are_typed_with_commas(field, typed, codes):
    assert field.formfield(required=False).clean(typed) == codes


@pytest.mark.parametrize("typed", ['["fr", "en"]', "fr en", "fr; en", "5 langues"])
def test_what_is_no_code_is_named(typed):
    with pytest.raises(ValidationError, match="virgules"):
        FIELDS[0].formfield(required=False).clean(typed)


def test_the_label_begins_with_a_capital_as_others_do():
    assert FIELDS[0].formfield().label == "Langues parlées"


def test_the_input_shows_codes_and_keeps_what_was_typed():
    field = FIELDS[0].formfield(required=False)

    assert field.prepare_value(["fr", "en"]) == "fr, en"
    assert field.prepare_value("fr en") == "fr en"
    assert not field.has_changed(["fr", "en"], "fr, en")
    assert field.has_changed(["fr", "en"], "fr")

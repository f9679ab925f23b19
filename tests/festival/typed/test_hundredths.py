"""Amounts and percentages in the admin: typed and shown as people write them, kept as whole hundredths."""

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils import translation

from festival.typed.hundredths import CentsField, HundredthsField, PercentField, plainly

EUROS = ("EUR", "€")


def field(kind=HundredthsField, **options):
    made = kind(validators=[MaxValueValidator(1_000_000)], **options).formfield()
    made.currency_marks = EUROS
    return made


@pytest.mark.parametrize(
    ("hundredths", "french", "english"),
    [(0, "0", "0"), (5500, "55", "55"), (1250, "12,50", "12.50"), (7, "0,07", "0.07")],
)
def test_they_are_shown_as_one_types_them(hundredths, french, english):
    with translation.override("fr"):
        assert field().prepare_value(hundredths) == plainly(hundredths) == french
    with translation.override("en"):
        assert plainly(hundredths) == english


@pytest.mark.parametrize("typed", ["12,50", "12.5", " 12,50 € ", "12,50 %"])
def test_they_are_read_as_people_type_them(typed):
    assert field().clean(typed) == 1250


@pytest.mark.parametrize(
    ("kind", "typed"),
    [(CentsField, "12 %"), (PercentField, "12 €"), (HundredthsField, "12 CHF"), (CentsField, "douze")],
)
def test_what_is_no_such_number_is_refused_and_stays(kind, typed):
    with translation.override("en"), pytest.raises(ValidationError, match="Write a number such as 12 or"):
        field(kind).clean(typed)
    assert field(kind).prepare_value(typed) == typed


def test_the_highest_is_said_in_the_same_words():
    with translation.override("fr"), pytest.raises(ValidationError) as refused:
        field(CentsField).clean("10000,01")

    assert refused.value.messages == ["10000 au plus."]


def test_nothing_is_none_where_it_may_be():
    assert field(blank=True, null=True).clean("") is None
    with pytest.raises(ValidationError):
        field().clean("")


@pytest.mark.parametrize(
    ("before", "typed", "changed"),
    [(5500, "55,00 €", False), (5500, "55,01", True), (None, "", False), (5500, "x", True)],
)
def test_another_spelling_is_no_change(before, typed, changed):
    assert field(blank=True, null=True).has_changed(before, typed) is changed

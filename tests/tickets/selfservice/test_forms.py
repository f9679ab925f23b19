"""What a holder types: names and addresses, and the sentence beside each that is wrong."""

import pytest

from tickets.selfservice.forms import GuestForm, PassOnForm, RenameForm

GOOD = {"name": " Zoé  Ünal ", "email": "Zoe@Example.org"}


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        (RenameForm, {"name": "Zoé Ünal"}),
        (PassOnForm, {"name": "Zoé Ünal", "email": "Zoe@example.org"}),
        (lambda data: GuestForm([], data, key="form"), {"name": "Zoé Ünal", "email": "Zoe@example.org"}),
    ],
)
def test_what_is_right_is_cleaned(form, wanted):
    filled = form(GOOD)

    assert filled.is_valid(), filled.errors
    assert filled.cleaned_data == wanted


@pytest.mark.parametrize("form", [RenameForm, PassOnForm, lambda data: GuestForm([], data, key="form")])
@pytest.mark.parametrize("typed", [{}, {"name": " "}, {"name": "http://x.example.org", "email": "nobody"}])
def test_what_is_wrong_is_said_and_found_by_the_cursor(form, typed):
    filled = form(typed)
    assert not filled.is_valid()

    filled.focus_first_error()

    assert filled.fields["name"].widget.attrs["autofocus"] is True
    assert all(sentence.endswith(".") for sentences in filled.errors.values() for sentence in sentences)

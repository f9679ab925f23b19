"""One field, an address: cleaned, or refused with a sentence."""

import pytest

from tickets.announcing.forms import AlertForm


def test_an_address_is_cleaned():
    form = AlertForm({"email": " Zoe@Example.ORG "})

    assert form.is_valid()
    assert form.cleaned_data["email"] == "Zoe@example.org"


@pytest.mark.parametrize("typed", ["", "zoe", "zoe@example", "zoe@example.org, ada@example.org", "x" * 300])
def test_what_is_no_address_is_said_to_be_none(typed):
    (sentence,) = AlertForm({"email": typed}).errors["email"]

    assert sentence.endswith(".")

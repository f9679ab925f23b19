"""Lists are read as people paste them."""

import pytest

from awards.models import Category
from awards.seats.forms import AcceptForm, InviteForm
from awards.seats.inviting import Invitee

pytestmark = pytest.mark.django_db


def read(text):
    form = InviteForm({"people": text, "language": "fr"})
    return form.cleaned_data["people"] if form.is_valid() else form.errors["people"]


@pytest.mark.parametrize(
    "line",
    [
        "Ada Brun <ada@example.org>",
        "Ada Brun, ada@example.org",
        "ada@example.org;Ada Brun",
        '"Ada Brun"\tada@EXAMPLE.org',
    ],
)
def test_a_line_names_somebody(line):
    assert read(f"\n{line}\n{line}\n") == [Invitee("Ada Brun", "ada@example.org")]


@pytest.mark.parametrize(
    "line", ["ada@example.org", "Ada Brun", "Ada a@example.org b@example.org", "Ada ada@", "x" * 121 + " a@example.org"]
)
def test_a_line_that_names_nobody_is_told_by_its_number(line):
    (said,) = read(f"Bo b@example.org\n{line}")
    assert "2" in said


def test_at_most_two_hundred_at_a_time():
    (said,) = read("\n".join(f"Ada a{number}@example.org" for number in range(201)))
    assert "200" in said


def test_all_categories_are_as_good_as_none(call, asked):
    making = call.categories.get(slug="making")
    typed = {"terms_version": "1.0", "languages": ["fr"], "categories": [making.pk], "accepts": "on"}
    form = AcceptForm(typed, juror=asked)
    assert form.is_valid(), form.errors
    assert form.acceptance.categories == []
    other = Category.objects.create(call=call, slug="other", name={"fr": "Autre"})
    form = AcceptForm(typed, juror=asked)
    assert form.is_valid()
    assert form.acceptance.categories == [making]
    other.delete()
    making.delete()
    form = AcceptForm(typed, juror=asked)
    assert form.is_valid()
    assert form.acceptance.categories == []

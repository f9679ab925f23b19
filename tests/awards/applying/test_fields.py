"""A field for each kind of question: what it takes, what it gives, what it says."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from awards.applying.fields import field_of, typed_value
from awards.models import QuestionOption
from tests.factories.awards import QuestionFactory, both

pytestmark = pytest.mark.django_db


def field(kind, *, is_required=False, **fields):
    question = QuestionFactory(kind=kind, **fields)
    for slug in ("yes", "no") if kind.startswith("choice") else ():
        QuestionOption.objects.create(question=question, slug=slug, label=both(slug))
    return field_of(question, is_required=is_required)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", " Words. ", "Words."),
        ("number", "400", 400),
        ("number", "", None),
        ("choice", "yes", "yes"),
        ("choices", ["yes", "no"], ["yes", "no"]),
        ("date", "2027-01-15", "2027-01-15"),
        ("date", "", ""),
        ("link", "example.org/film", "https://example.org/film"),
        ("budget", [["Oven", "1 200,50"], ["Wood", "-350"]], [
            {"label": "Oven", "cents": 120050}, {"label": "Wood", "cents": -35000},
        ]),
        ("budget", [], []),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_what_the_rules_take(kind, typed, value):
    assert field(kind).clean(typed) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("number", "about 400"),
        ("choice", "maybe"),
        ("date", "yesterday"),
        ("budget", [["Oven", "dear"]]),
        ("budget", [["", "12"]]),
    ],
)
def test_what_is_no_answer_is_refused_in_words(kind, typed):
    with pytest.raises(ValidationError):
        field(kind).clean(typed)


@pytest.mark.parametrize("kind", ["text", "number", "choice", "choices", "date", "link", "budget"])
def test_what_is_needed_is_asked_for(kind):
    with pytest.raises(ValidationError):
        field(kind, is_required=True).clean([] if kind in {"budget", "choices"} else "")


@pytest.mark.parametrize(("unit", "limit", "words"), [("words", 2, "One two three"), ("characters", 5, "abcdef")])
def test_a_limit_is_counted_as_the_rules_count(unit, limit, words):
    one = field("text", limit=limit, limit_unit=unit)
    assert one.widget.attrs["data-limit"] == limit
    with pytest.raises(ValidationError) as caught:
        one.clean(words)
    assert str(limit) in caught.value.messages[0]


def test_a_budget_is_kept_line_by_line_as_it_is_typed():
    one = field("budget")
    data = QueryDict("b-label-0=Oven&b-amount-0=dear&b-label-3=Wood")
    assert typed_value(one, data, "b") == [["Oven", "dear"], ["Wood", ""]]
    page = one.widget.render("b", [["Oven", "dear"]])
    assert 'name="b-label-0" value="Oven"' in page
    assert page.count("<tr>") == 9

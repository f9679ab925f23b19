"""Each kind of question says how it is answered; the calendar is in order and knows what is past."""

import pytest
from django.utils import translation

from awards.models import QuestionOption
from awards.pages.queries import call_status
from awards.presenting.wording import calendar_of, exclusions_of, how_answered, parts_of
from festival.time import clock
from tests.factories.awards import CallFactory, QuestionFactory, both

pytestmark = pytest.mark.django_db


@pytest.fixture
def english():
    """Sentences are read in English."""
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"kind": "text"}, "A text."),
        ({"kind": "text", "limit": 1, "limit_unit": "words"}, "At most 1 word."),
        ({"kind": "text", "limit": 1200, "limit_unit": "characters"}, "At most 1,200 characters."),
        ({"kind": "number"}, "A number."),
        ({"kind": "number", "least": 2}, "A number, at least 2."),
        ({"kind": "number", "most": 9}, "A number, at most 9."),
        ({"kind": "number", "least": 0, "most": 9}, "A number from 0 to 9."),
        ({"kind": "date"}, "A date."),
        ({"kind": "link"}, "The address of a page."),
        ({"kind": "video"}, "The address of a film."),
        ({"kind": "budget"}, "A table of what comes in and what is spent."),
        ({"kind": "file", "file_kinds": "pdf", "max_megabytes": 5}, "PDF, 5 MB at most, one file."),
    ],
)
def test_how_a_question_is_answered(english, facts, words):
    assert how_answered(QuestionFactory(call=CallFactory(), **facts)) == words


@pytest.mark.parametrize(("kind", "words"), [("choice", "One of: Yes; No."), ("choices", "Any of: Yes; No.")])
def test_a_choice_names_its_options_and_what_excludes(english, kind, words):
    question = QuestionFactory(call=CallFactory(), kind=kind, label=both("Tenu ?", "Held?"))
    QuestionOption.objects.create(question=question, slug="yes", label=both("Oui", "Yes"))
    QuestionOption.objects.create(question=question, slug="no", label=both("Non", "No"), excludes=True)
    assert how_answered(question) == words
    assert exclusions_of([question]) == ["Not eligible: “Held?” No"]


def test_the_parts_follow_the_headings(english):
    call = CallFactory()
    questions = [
        QuestionFactory(call=call, slug="one"),
        QuestionFactory(call=call, slug="two", heading=both("Argent", "Money")),
        QuestionFactory(call=call, slug="three"),
    ]
    parts = parts_of(questions)
    assert [(part.heading, len(part.lines)) for part in parts] == [("The questions of this call", 1), ("Money", 2)]
    assert parts_of([]) == []


def test_the_calendar_is_in_order_and_knows_what_is_past(english, settings):
    settings.FESTIVAL_CLOCK = "2027-03-20T10:00"
    CallFactory()
    steps = calendar_of(call_status(now=clock.now()))
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    assert [str(step.what) for step in steps if step.is_past] == [
        "The call opens", "The call closes", "The jury begins to read",
    ]  # fmt: skip
    assert "The winners are announced" in [str(step.what) for step in steps]

"""The form asks what the organiser's form says: conditions, headings, limits, closed categories, exclusions."""

import uuid

import pytest
from django.http import QueryDict
from django.utils import translation

from awards.applying.forms import EntryForm, StartForm
from awards.entering import drafting, queries, submitting
from awards.exceptions.entering import EntryIncomplete, TooManyEntries
from awards.models import Answer, QuestionOption
from tests.factories.applying import WHILE_OPEN
from tests.factories.awards import CallFactory, QuestionFactory, both

pytestmark = pytest.mark.django_db
FACTS = {
    "title": "The oven", "pitch": "Bread.", "holder": "Paliers", "city": "Brest", "country": "FR", "language": "en",
    "accepts": "on", "rules_version": "1.0", "category": "making",
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def call():
    return CallFactory(slug="prix")


@pytest.fixture
def ada(call):
    return drafting.confirm(email="ada@example.org", language="en", now=WHILE_OPEN)


@pytest.fixture
def entry(call, ada):
    return begin(call, ada)


def begin(call, ada):
    category = call.categories.get(slug="making")
    return drafting.start(key=uuid.uuid4(), call=call, category=category, title="The oven", by=ada, now=WHILE_OPEN)


@pytest.fixture
def condition(call):
    """`paid` is asked of all, `price` only of who says yes."""
    paid = QuestionFactory(call=call, slug="paid", kind="choice", is_required=True, sort_order=1)
    QuestionOption.objects.create(question=paid, slug="yes", label=both("Oui", "Yes"))
    QuestionOption.objects.create(
        question=paid, slug="never", label=both("Jamais", "Never"), excludes=True, exclusion=both("Non.", "Not for us.")
    )
    fields = {"kind": "number", "is_required": True, "depends_on": "paid", "depends_options": "yes", "sort_order": 2}
    return QuestionFactory(call=call, slug="price", least=1, most=90, heading=both("Prix", "Money"), **fields)


def form(entry, sends=True, **typed):
    data = QueryDict(mutable=True)
    data.update(FACTS | typed)
    return EntryForm(entry, queries.questions_of(entry.call), data, sends=sends)


def send(entry, ada, filled):
    filled.cleaned_data["version"] = entry.draft.version
    return submitting.submit(entry_id=entry.pk, sending=filled.sending(), by=ada, now=WHILE_OPEN)


def test_a_question_is_needed_only_of_whom_it_is_asked(entry, ada, condition):
    filled = form(entry, **{"q-paid": "never", "q-price": "nonsense"})

    assert filled.is_valid(), filled.errors
    revision = send(entry, ada, filled)
    assert [row["slug"] for row in revision.snapshot["answers"]] == ["paid"]
    assert list(Answer.objects.values_list("question__slug", flat=True)) == ["paid"]


@pytest.mark.parametrize(("price", "fault"), [("", "needed"), ("0", "greater"), ("91", "less"), ("12", "")])
def test_where_it_is_asked_it_is_needed_and_within_its_range(entry, condition, price, fault):
    filled = form(entry, **{"q-paid": "yes", "q-price": price})

    filled.is_valid()

    assert fault in str(filled.errors.get("q-price", ""))
    assert bool(filled.errors) == bool(fault)


def test_what_is_asked_only_sometimes_says_so_without_a_script(entry, condition):
    shown = form(entry)

    assert "“Yes”" in shown["q-price"].help_text
    assert [part.heading for part in shown.sections()][-2:] == ["The questions of this call", "Money"]


def test_an_answer_that_excludes_is_told_at_once_and_can_be_sent_in(entry, ada, condition):
    assert form(entry, sends=False, **{"q-paid": "yes"}).exclusions == []
    filled = form(entry, **{"q-paid": "never"})

    assert filled.exclusions == ["Not for us."]
    assert filled.is_valid()
    assert send(entry, ada, filled).number == 1


def test_the_rules_look_again_whoever_calls(entry, ada, condition, call):
    filled = form(entry, **{"q-paid": "yes", "q-price": "12"})
    assert filled.is_valid()
    sending = filled.sending()
    without = {pk: value for pk, value in sending.answers.items() if pk != condition.pk}

    with pytest.raises(EntryIncomplete) as caught:
        submitting.submit(
            entry_id=entry.pk, sending=submitting.replace(sending, answers=without), by=ada, now=WHILE_OPEN
        )
    assert set(caught.value.faults) == {"price"}


def test_a_film_is_an_address(entry, call):
    QuestionFactory(call=call, slug="film", kind="video")

    assert "q-film" in form(entry, **{"q-film": "no address at all"}).errors
    filled = form(entry, **{"q-film": "example.org/film"})
    assert filled.is_valid()
    assert filled.cleaned_data["q-film"] == "https://example.org/film"


def test_a_closed_category_keeps_its_projects_and_takes_no_more(entry, call):
    call.categories.filter(slug="making").update(is_closed=True)

    assert "making" not in [slug for slug, _name in StartForm(call).fields["category"].choices]
    assert "making" in [slug for slug, _name in form(entry).fields["category"].choices]
    assert form(entry).is_valid()


def test_a_call_takes_the_languages_and_as_many_projects_as_it_says(entry, call, ada):
    call.languages, call.entries_per_applicant = "fr", 1
    call.save()
    entry.call.refresh_from_db()

    assert [code for code, _name in form(entry).fields["language"].choices] == ["fr"]
    with pytest.raises(TooManyEntries):
        begin(call, ada)
    assert begin_again(entry, call, ada) == entry


def begin_again(entry, call, ada):
    return drafting.start(key=entry.uuid, call=call, category=entry.category, title="The oven", by=ada, now=WHILE_OPEN)

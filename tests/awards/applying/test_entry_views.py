"""One project at its pages: conditions in the form, the status at each state, the receipt, whose it is."""

import uuid

import pytest
from django.urls import reverse
from django.utils import translation

from awards.applying.access import SESSION
from awards.entering import drafting
from awards.models import Entry, EntryDraft, EntryRevision, QuestionOption, Screening
from tests.factories.applying import WHILE_OPEN
from tests.factories.awards import CallFactory, QuestionFactory, at, both

pytestmark = pytest.mark.django_db
WHOLE = {
    "title": "The oven", "category": "making", "pitch": "Bread for all.", "holder": "Paliers", "city": "Brest",
    "country": "FR", "language": "en", "accepts": "on", "rules_version": "1.0", "send": "1",
}  # fmt: skip


@pytest.fixture
def call(settings):
    """The call is open; who is paid is asked for a price."""
    settings.FESTIVAL_CLOCK = "2027-01-15T10:00"
    made = CallFactory(slug="prix")
    paid = QuestionFactory(call=made, slug="paid", kind="choice", label=both("Payé ?", "Paid?"), sort_order=1)
    for slug in ("yes", "no"):
        QuestionOption.objects.create(question=paid, slug=slug, label=both(slug))
    QuestionFactory(
        call=made, slug="price", kind="number", is_required=True, depends_on="paid", depends_options="yes", sort_order=2
    )
    return made


@pytest.fixture
def entry(call, client):
    """Ada's project, in her browser."""
    ada = drafting.confirm(email="ada@example.org", language="en", now=WHILE_OPEN)
    session = client.session
    session[SESSION] = {"uuid": str(ada.uuid), "at": 1e12}
    session.save()
    category = call.categories.get(slug="making")
    return drafting.start(key=uuid.uuid4(), call=call, category=category, title="The oven", by=ada, now=WHILE_OPEN)


def address(name, entry):
    return reverse(name, args=[entry.call.slug, entry.uuid])


@pytest.fixture(autouse=True)
def in_english():

    with translation.override("en"):
        yield


def test_the_form_says_when_each_question_is_asked_for_its_script(client, entry):
    page = client.get(address("apply-entry", entry)).content.decode()
    assert 'data-question="price" data-if="paid" data-is="yes"' in page
    assert 'data-moment="2027-02-28T23:59:59+01:00"' in page


def test_what_was_typed_while_it_was_asked_stays_in_the_draft_and_is_not_sent(client, entry):
    draft = {name: value for name, value in WHOLE.items() if name != "send"} | {"q-paid": "yes", "q-price": "12"}
    client.post(address("apply-entry", entry), draft | {"save": "1", "version": 0})
    version = EntryDraft.objects.get().version
    answer = client.post(address("apply-entry", entry), draft | {"q-paid": "no", "send": "1", "version": version})
    assert answer.status_code == 302
    assert EntryDraft.objects.get().typed["q-price"] == "12"
    assert "price" not in str(EntryRevision.objects.get().snapshot["answers"])


@pytest.mark.parametrize(
    ("state", "moment", "words"),
    [
        ("draft", "2027-01-15T10:00", "A draft: not sent in yet"),
        ("draft", "2027-03-02T10:00", "It does not compete"),
        ("submitted", "2027-01-15T10:00", "You can still change it"),
        ("submitted", "2027-03-02T10:00", "Sent in, being checked"),
        ("eligible", "2027-03-02T10:00", "In the contest"),
        ("eligible", "2027-03-20T10:00", "The jury is at work"),
        ("ineligible", "2027-03-02T10:00", "does not fit the rules"),
        ("withdrawn", "2027-01-15T10:00", "You can bring it back until"),
        ("disqualified", "2027-03-20T10:00", "Out of the contest"),
    ],
)
def test_the_status_says_what_happens_next_at_each_state(client, entry, settings, state, moment, words):
    Entry.objects.update(state=state)
    settings.FESTIVAL_CLOCK = moment
    page = client.get(address("apply-status", entry)).content.decode()
    assert words in " ".join(page.split())


def test_changes_that_are_asked_are_said_with_their_own_end(client, entry, settings):
    Entry.objects.update(state="submitted")
    when = {"decided_at": at("2027-03-02T10:00"), "until": at("2027-03-09T23:59:59")}
    Screening.objects.create(entry=entry, verdict="changes", reason="Say more.", before="submitted", **when)
    settings.FESTIVAL_CLOCK = "2027-03-03T10:00"
    page = client.get(address("apply-status", entry)).content.decode()
    assert "Please change what we wrote to you about" in page
    assert "9\N{NO-BREAK SPACE}March" in page
    assert "Change it" in page or "Go on writing" in page


def test_the_receipt_is_there_once_something_was_sent(client, entry):
    assert client.get(address("apply-receipt", entry)).status_code == 404
    client.post(address("apply-entry", entry), WHOLE | {"version": 0})
    assert client.get(address("apply-receipt", entry)).content.startswith(b"%PDF-")

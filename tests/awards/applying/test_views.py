"""From the call to the receipt, by plain forms: the code, the draft, sending in, where a project stands."""

import re
import uuid

import pytest
from django.core import mail
from django.urls import reverse

from awards.entering import drafting
from awards.models import Applicant, Entry, EntryDraft, EntryRevision
from tests.factories.awards import CallFactory, QuestionFactory

pytestmark = pytest.mark.django_db
CALL = "/en/awards/apply/prix/"


@pytest.fixture(autouse=True)
def call(settings):
    """The call is open."""
    settings.FESTIVAL_CLOCK = "2027-01-15T10:00"
    return CallFactory(slug="prix")


def prove(client, email="ada@example.org", **more):
    client.post(CALL, {"email": email, **more})
    code = re.search(r"^\s*([A-Z0-9-]{6,})\s*$", mail.outbox[-1].body, re.MULTILINE)[1]
    return client.post(CALL, {"code": code, **more})


@pytest.fixture
def ada(client):
    """Ada's browser."""
    prove(client)
    return client


@pytest.fixture
def entry(ada, call):
    """Ada's project, begun on the page."""
    ada.post(CALL, {"key": uuid.uuid4(), "title": "The oven", "category": "making"})
    return Entry.objects.get()


def test_every_address_gets_the_same_answer_and_a_code(client):
    drafting.confirm(email="known@example.org", language="en", now="2027-01-01T10:00Z")
    pages = [client.post(CALL, {"email": f"{who}@example.org"}) for who in ("known", "other")]
    texts = [re.sub(r"known|other|value=\"[^\"]+\"", "", page.content.decode()) for page in pages]
    assert texts[0] == texts[1]
    assert [page.status_code for page in pages] == [200, 200]
    assert [message.to for message in mail.outbox] == [["known@example.org"], ["other@example.org"]]


def test_a_code_proves_the_address_in_this_browser_alone(client):
    answer = prove(client)
    assert answer.headers["Location"] == CALL
    assert Applicant.objects.get().email == "ada@example.org"
    assert b"My applications" in client.get(CALL).content
    client.post(f"{CALL}sign-out/")
    assert b"Send me a code" in client.get(CALL).content


def test_wrong_codes_are_refused_and_five_of_them_end_it(client):
    client.post(CALL, {"email": "ada@example.org"})
    code = re.search(r"^\s*([A-Z0-9-]{6,})\s*$", mail.outbox[-1].body, re.MULTILINE)[1]
    for _ in range(5):
        assert client.post(CALL, {"code": "WRONG1"}).status_code == 422
    assert client.post(CALL, {"code": code}).status_code == 422
    assert not Applicant.objects.exists()
    client.session.flush()
    assert client.post(CALL, {"code": code}).status_code == 422


def test_codes_are_limited(client):
    answers = [client.post(CALL, {"email": "ada+1@example.org"}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_whoever_comes_by_a_link_signs_in_and_goes_on(client, entry, call):
    address = reverse("apply-entry", args=[call.slug, entry.uuid])
    client.post(f"{CALL}sign-out/")
    asked = client.get(address)
    assert asked.status_code == 302
    assert f"next={address}" in asked.headers["Location"].replace("%2F", "/")
    assert prove(client, next=address).headers["Location"] == address
    assert prove(client_of(client), next="//evil.example").headers["Location"] == CALL


def client_of(client):
    client.post(f"{CALL}sign-out/")
    return client


def test_a_project_of_others_is_not_there(client, entry, call):
    client_of(client)
    prove(client, "eve@example.org")
    names = ("apply-entry", "apply-draft", "apply-status", "apply-withdraw", "apply-receipt", "apply-members")
    for name in names:
        assert client.get(reverse(name, args=[call.slug, entry.uuid])).status_code == 404
    assert b"The oven" not in client.get(CALL).content


def test_saving_a_draft_keeps_what_is_wrong(ada, entry, call):
    QuestionFactory(call=call, slug="people", kind="number")
    address = reverse("apply-entry", args=[call.slug, entry.uuid])
    typed = {"title": "Oven", "q-people": "about 400", "website": "no address at all", "version": 0}
    answer = ada.post(address, typed | {"save": "1"})
    assert answer.status_code == 422
    assert b"Saved, and not sent in yet" in answer.content
    assert EntryDraft.objects.get().typed == {
        "title": "Oven", "q-people": "about 400", "website": "no address at all",
    }  # fmt: skip
    page = ada.get(address).content.decode()
    assert 'value="about 400"' in page
    assert 'value="no address at all"' in page
    assert ada.post(address, {"title": "Oven", "version": 1, "save": "1"}).status_code == 302


WHOLE = {
    "title": "The oven", "category": "making", "pitch": "Bread for all.", "holder": "Paliers", "city": "Brest",
    "country": "FR", "language": "en", "accepts": "on", "rules_version": "1.0", "version": 0, "send": "1",
}  # fmt: skip


def test_sending_in_leads_to_where_it_stands_with_a_receipt(ada, entry, call, run_outbox):
    answer = ada.post(reverse("apply-entry", args=[call.slug, entry.uuid]), WHOLE)
    status = reverse("apply-status", args=[call.slug, entry.uuid])
    assert answer.headers["Location"] == status
    run_outbox()
    sent = mail.outbox[-1]
    assert sent.subject == "We have your project: The oven"
    assert "Bread for all." in sent.body
    assert sent.attachments[0].filename == "receipt.pdf"
    assert sent.attachments[0].content.startswith(b"%PDF-")
    page = ada.get(status).content.decode()
    assert "Sent in" in page
    assert "Bread for all." in page
    pdf = ada.get(reverse("apply-receipt", args=[call.slug, entry.uuid]))
    assert pdf.headers["Content-Disposition"].startswith("attachment")
    assert pdf.headers["Referrer-Policy"] == "strict-origin"


def test_sending_in_says_what_is_missing_and_keeps_the_rest(ada, entry, call):
    QuestionFactory(call=call, slug="why", is_required=True)
    answer = ada.post(reverse("apply-entry", args=[call.slug, entry.uuid]), WHOLE | {"pitch": "", "accepts": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("This answer is needed.") == 4
    assert "Without this we cannot take it." in page
    assert EntryDraft.objects.get().typed["holder"] == "Paliers"
    assert not EntryRevision.objects.exists()


def test_what_the_rules_exclude_is_said_at_once(ada, entry, call):
    type(call).objects.update(funding_ceiling=1000)
    answer = ada.post(reverse("apply-draft", args=[call.slug, entry.uuid]), {"funding_received": "1001", "version": 0})
    assert "The rules exclude projects" in answer.json()["faults"]["id_funding_received"]


def test_the_script_saves_and_a_stale_tab_gets_409_and_changes_nothing(ada, entry, call):
    address = reverse("apply-draft", args=[call.slug, entry.uuid])
    one = {"window": "a" * 32, "turn": 1, "version": 0, "title": "One"}
    first = ada.post(address, one)
    assert (first.status_code, first.json()["version"]) == (200, 1)
    assert ada.post(address, one | {"title": "Late retry"}).json()["version"] == 1
    stale = ada.post(address, {"window": "b" * 32, "turn": 1, "version": 0, "title": "Two"})
    assert stale.status_code == 409
    assert (stale.json()["code"], stale.json()["typed"], stale.json()["version"]) == (
        "draft_changed", {"title": "One"}, 1,
    )  # fmt: skip
    assert EntryDraft.objects.get().typed == {"title": "One"}
    plain = ada.post(reverse("apply-entry", args=[call.slug, entry.uuid]), {"version": 0, "title": "Two", "save": "1"})
    assert plain.status_code == 409
    assert b"Two versions" in plain.content
    assert b'value="Two"' in plain.content
    ada.post(f"{CALL}sign-out/")
    out = ada.post(address, one, headers={"Accept": "application/json"})
    assert (out.status_code, out.json()["code"]) == (401, "signed_out")


def test_after_the_close_nothing_is_taken(ada, entry, call, settings):
    settings.FESTIVAL_CLOCK = "2027-03-02T10:00"
    address = reverse("apply-entry", args=[call.slug, entry.uuid])
    answer = ada.post(address, WHOLE)
    assert answer.status_code == 409
    assert "The call closed on" in answer.content.decode()
    assert 'value="Paliers"' in answer.content.decode()
    assert ada.get(address).status_code == 302
    assert b"it does not compete" in ada.get(reverse("apply-status", args=[call.slug, entry.uuid])).content.lower()


def test_a_project_is_withdrawn_after_asking_and_brought_back(ada, entry, call):
    ada.post(reverse("apply-entry", args=[call.slug, entry.uuid]), WHOLE)
    address = reverse("apply-withdraw", args=[call.slug, entry.uuid])
    assert b"Withdraw" in ada.get(address).content
    ada.post(address)
    entry.refresh_from_db()
    assert entry.state == "withdrawn"
    status = reverse("apply-status", args=[call.slug, entry.uuid])
    assert b"Bring it back" in ada.get(status).content
    ada.post(status)
    entry.refresh_from_db()
    assert entry.state == "submitted"


def test_an_applicant_takes_a_name_and_is_erased(ada, entry, call):
    assert ada.post(f"{CALL}me/", {"name": "Ada L."}).status_code == 302
    assert Applicant.objects.get().name == "Ada L."
    assert b"Erase me for good" in ada.get(f"{CALL}me/").content
    ada.post(f"{CALL}me/", {"erase": "1"})
    erased = Applicant.objects.get()
    assert (erased.name, erased.email.endswith("@erased.invalid")) == ("", True)
    assert b"Send me a code" in ada.get(CALL).content


@pytest.mark.parametrize("projects", [1, 3])
def test_the_list_asks_a_fixed_number_of_times(ada, call, projects, django_assert_num_queries):
    for number in range(projects):
        ada.post(CALL, {"key": uuid.uuid4(), "title": f"Project {number}", "category": "making"})
    ada.get(CALL)
    with django_assert_num_queries(9):
        ada.get(CALL)

"""The office builds a form from nothing in its screens, and an applicant fills it in: two kinds, one condition."""

import uuid

import pytest
from django.urls import reverse

from awards.applying.access import SESSION
from awards.entering import drafting
from awards.models import Entry, EntryRevision, Question
from festival.models import User
from tests.awards.office.test_viewsets import formset
from tests.factories.applying import WHILE_OPEN
from tests.factories.awards import CallFactory

pytestmark = pytest.mark.django_db
APPLY = "/en/awards/apply/prix/"
WHOLE = {
    "title": "The oven", "category": "making", "pitch": "Bread for all.", "holder": "Paliers", "city": "Brest",
    "country": "FR", "language": "en", "accepts": "on", "rules_version": "1.0", "send": "1",
}  # fmt: skip


def build(client, call, slug, kind, options=(), **changes):
    """Add a question on the office's screen."""
    fields = {
        "call": call.pk, "label_fr": f"{slug} ?", "label_en": f"{slug}?", "kind": kind, "is_current": "on",
        "slug": slug, "max_megabytes": 10, "max_files": 1, "audience": "jury", "is_required": "on",
    }  # fmt: skip
    answer = client.post(reverse("call-questions:add"), fields | formset("options", options) | changes)
    assert answer.status_code == 302, answer.content.decode()


def test_a_form_is_built_from_nothing_and_filled_in(client, settings):
    settings.FESTIVAL_CLOCK, settings.SECOND_FACTOR_REQUIRED = "2026-11-20T10:00", False
    call = CallFactory(slug="prix")
    client.force_login(User.objects.create_superuser("admin@example.org"))
    yes, no = ({"slug": slug, "label_fr": slug, "label_en": slug} for slug in ("yes", "no"))
    build(client, call, "paid", "choice", [yes, no])
    build(client, call, "price", "number", least=1, most=90, depends_on="paid", depends_options="yes")
    assert Question.objects.count() == 2
    client.logout()

    settings.FESTIVAL_CLOCK = "2027-01-15T10:00"
    assert "A number from 1 to 90." in client.get("/en/awards/call/").content.decode()
    ada = drafting.confirm(email="ada@example.org", language="en", now=WHILE_OPEN)
    session = client.session
    session[SESSION] = {"uuid": str(ada.uuid), "at": 1e12}
    session.save()
    client.post(APPLY, {"key": uuid.uuid4(), "title": "The oven", "category": "making"})
    entry = Entry.objects.get()
    address = f"{APPLY}{entry.uuid}/"
    refused = client.post(address, WHOLE | {"q-paid": "yes", "version": 0})
    assert refused.status_code == 422
    assert "This answer is needed." in refused.content.decode()
    version = entry.draft.version
    assert client.post(address, WHOLE | {"q-paid": "yes", "q-price": "12", "version": version}).status_code == 302
    said = EntryRevision.objects.get().snapshot["answers"]
    assert "12" in str(said)
    assert "yes" in str(said)
    status = client.get(f"{APPLY}{entry.uuid}/status/").content.decode()
    assert "price?" in status

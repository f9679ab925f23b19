"""Inviting, joining by the mail's link, leaving."""

import re
import uuid

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from awards.applying.access import SESSION
from awards.entering import drafting
from awards.models import EntryMember, EntryRevision
from tests.factories.applying import WHILE_OPEN
from tests.factories.awards import CallFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(client, settings):
    settings.FESTIVAL_CLOCK = "2027-01-15T10:00"
    call = CallFactory(slug="prix")
    ada = drafting.confirm(email="ada@example.org", language="en", now=WHILE_OPEN)
    session = client.session
    session[SESSION] = {"uuid": str(ada.uuid), "at": 1e12}
    session.save()
    return drafting.start(
        key=uuid.uuid4(), call=call, category=call.categories.get(), title="Oven", by=ada, now=WHILE_OPEN
    )


def test_somebody_is_invited_joins_writes_along_and_leaves(client, entry, run_outbox):
    people = reverse("apply-members", args=["prix", entry.uuid])
    assert client.post(people, {"email": "nobody"}).status_code == 422
    client.post(people, {"email": "bo@example.org"})
    assert b"bo@example.org" in client.get(people).content
    run_outbox()
    path = re.search(r"http://[^/]+(/\S+/join/\S+)", mail.outbox[-1].body)[1]
    bo = Client()
    assert b"Oven" in bo.get(path).content
    form = bo.post(path).headers["Location"]
    assert bo.get(form).status_code == 200
    bo.post(form, {"title": "Better oven", "version": 0, "save": "1"})
    entry.draft.refresh_from_db()
    assert entry.draft.typed["title"] == "Better oven"
    whole = {"title": "O", "category": "making", "pitch": "P", "holder": "H", "city": "C", "country": "FR"}
    sent = bo.post(form, whole | {"language": "en", "accepts": "on", "rules_version": "1.0", "version": 1, "send": "1"})
    assert sent.status_code == 409
    assert not EntryRevision.objects.exists()
    bo.post(people, {"out": EntryMember.objects.get().uuid})
    assert bo.get(form).status_code == 404
    assert bo.get(path).status_code == 404
    assert bo.post(path).status_code == 404
    client.post(people, {"out": "no number"})

"""Fifty parallel sendings of one application make one version; the control, without the row's lock, makes more."""

import uuid

import pytest
from django.db import IntegrityError
from django.db.models.query import QuerySet

from awards.entering import drafting, queries
from awards.entering.submitting import Sending, submit
from awards.models import EntryRevision
from festival.models import OutgoingMail
from tests.factories.applying import WHILE_OPEN
from tests.factories.awards import CallFactory
from tests.racing import abreast, at_once

SENDERS = 50


@pytest.fixture
def sending():
    call = CallFactory(slug="prix")
    ada = drafting.confirm(email="ada@example.org", language="en", now=WHILE_OPEN)
    category = call.categories.get()
    entry = drafting.start(key=uuid.uuid4(), call=call, category=category, title="Oven", by=ada, now=WHILE_OPEN)
    facts = {"title": "Oven", "pitch": "Bread.", "holder": "Paliers", "language": "en"}
    return {"entry_id": entry.pk, "sending": Sending(category, facts, {}, "1.0", 0), "by": ada, "now": WHILE_OPEN}


def test_fifty_at_once_make_one_version_and_one_receipt(sending):
    answers = at_once(SENDERS, lambda _number: submit(**sending).pk)
    assert len(set(answers)) == 1
    assert EntryRevision.objects.count() == 1
    assert OutgoingMail.objects.filter(kind="entry.receipt").count() == 1


def test_without_the_lock_they_run_into_each_other(sending, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_how: rows)
    read = queries.last_revision

    def read_abreast(entry):
        found = read(entry)
        abreast()
        return found

    monkeypatch.setattr(queries, "last_revision", read_abreast)
    answers = at_once(4, lambda _number: submit(**sending).pk)
    assert any(isinstance(answer, IntegrityError) for answer in answers)

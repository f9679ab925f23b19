"""Mails to applicants go out only while they are true."""

import pytest

from awards.applying import mail
from awards.models import Entry
from festival.models import OutgoingMail
from tests.awards.applying.test_report import revision
from tests.factories.applying import WHILE_OPEN, MemberFactory
from tests.factories.awards import EntryFactory

pytestmark = pytest.mark.django_db


def outgoing(fact):
    return OutgoingMail(
        to="ada@example.org",
        language="en",
        fact_type=fact._meta.label_lower,
        fact_id=str(fact.pk),
        created_at=WHILE_OPEN,
    )


def test_nobody_is_told_what_is_not_so_any_more():
    entry = EntryFactory(state=Entry.State.SUBMITTED)
    assert mail.build_reminder(outgoing(entry)) is None
    assert mail.build_withdrawn(outgoing(entry)) is None
    assert mail.build_invitation(outgoing(MemberFactory(ended_at=WHILE_OPEN))) is None
    erased = revision(erased=True)
    erased.submitted_at = WHILE_OPEN
    erased.sha256 = "5e3b6b0e1b5b4e2f9b1f7a2f0c6d9e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e"
    erased.save()
    assert mail.build_receipt(outgoing(erased)) is None


def test_a_withdrawal_is_told_with_the_way_back():
    entry = EntryFactory(state=Entry.State.WITHDRAWN)
    sent = mail.build_withdrawn(outgoing(entry))
    assert f"/{entry.uuid}/" in sent.body
    assert sent.to == ["ada@example.org"]

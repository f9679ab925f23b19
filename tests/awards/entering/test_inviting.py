"""People who write along: invited by mail, in by its link, out again."""

import re

import pytest
from django.core import mail

from awards.entering.inviting import GOOD_FOR, MOST_MEMBERS, invitation_of, invite, join, take_out, token_of
from awards.entering.queries import entries_of, entry_of
from awards.exceptions.entering import NotInvited, NotTheOwner, TooManyMembers
from awards.models import Entry, EntryMember
from tests.factories.applying import WHILE_OPEN, MemberFactory
from tests.factories.awards import ApplicantFactory

pytestmark = pytest.mark.django_db


def test_an_invitation_is_one_mail_and_its_link_lets_in(entry, ada, run_outbox):
    first = invite(entry_id=entry.pk, email="Bo@example.org", by=ada, now=WHILE_OPEN)
    assert invite(entry_id=entry.pk, email="bo@example.org", by=ada, now=WHILE_OPEN) == first
    run_outbox()
    [sent] = mail.outbox
    assert sent.to == ["bo@example.org"]
    assert "The oven" not in sent.subject + sent.body
    token = re.search(r"/join/([^/]+)/", sent.body)[1]
    assert "bo" not in token.split(".")[0].lower() or "@" not in token
    for _ in range(2):
        assert join(token=token, now=WHILE_OPEN).applicant.email == "bo@example.org"
    bo = EntryMember.objects.get().applicant
    assert entries_of(bo, entry.call) == [entry]
    assert entry_of(bo, entry.call, entry.uuid) == entry


def test_who_leaves_or_is_taken_out_writes_no_more(entry, ada):
    member = invite(entry_id=entry.pk, email="bo@example.org", by=ada, now=WHILE_OPEN)
    token = token_of(member)
    bo = join(token=token, now=WHILE_OPEN).applicant
    with pytest.raises(NotTheOwner):
        take_out(entry_id=entry.pk, member=member.uuid, by=ApplicantFactory(), now=WHILE_OPEN)
    for _ in range(2):
        take_out(entry_id=entry.pk, member=member.uuid, by=bo, now=WHILE_OPEN)
    with pytest.raises(Entry.DoesNotExist):
        entry_of(bo, entry.call, entry.uuid)
    with pytest.raises(NotInvited):
        join(token=token, now=WHILE_OPEN)
    again = invite(entry_id=entry.pk, email="bo@example.org", by=ada, now=WHILE_OPEN)
    take_out(entry_id=entry.pk, member=again.uuid, by=ada, now=WHILE_OPEN)
    assert not EntryMember.objects.present().exists()


def test_the_owner_alone_invites_ten_at_most(entry, ada):
    with pytest.raises(NotTheOwner):
        invite(entry_id=entry.pk, email="bo@example.org", by=ApplicantFactory(), now=WHILE_OPEN)
    for _ in range(MOST_MEMBERS):
        MemberFactory(entry=entry)
    with pytest.raises(TooManyMembers):
        invite(entry_id=entry.pk, email="bo@example.org", by=ada, now=WHILE_OPEN)


def test_a_link_that_was_made_up_or_is_old_leads_nowhere(entry, monkeypatch):
    member = MemberFactory(entry=entry)
    token = token_of(member)
    assert invitation_of(token) == member
    with pytest.raises(NotInvited):
        invitation_of(token + "x")
    monkeypatch.setattr("awards.entering.inviting.GOOD_FOR", -GOOD_FOR)
    with pytest.raises(NotInvited):
        invitation_of(token)

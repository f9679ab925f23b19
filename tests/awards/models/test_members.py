"""What the tables of people who write along hold, and of reminders and drafts."""

import pytest
from django.db import IntegrityError, transaction

from awards.models import EntryMember, EntryReminder
from tests.factories.applying import WHILE_OPEN, DraftFactory, MemberFactory
from tests.factories.awards import ApplicantFactory

pytestmark = pytest.mark.django_db


def refused(make, **fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**fields)


def test_an_address_is_invited_once_in_small_letters_and_again_once_it_has_left():
    member = MemberFactory()
    refused(MemberFactory, entry=member.entry, email=member.email)
    refused(MemberFactory, entry=member.entry, email="Ada@example.org")
    EntryMember.objects.filter(pk=member.pk).update(ended_at=WHILE_OPEN)
    again = MemberFactory(entry=member.entry, email=member.email)
    assert list(EntryMember.objects.present()) == [again]


def test_who_joined_is_known_and_who_left_may_not_write():
    member = MemberFactory()
    refused(MemberFactory, joined_at=WHILE_OPEN)
    refused(MemberFactory, applicant=ApplicantFactory())
    assert not EntryMember.objects.joined()
    EntryMember.objects.update(applicant=ApplicantFactory(), joined_at=WHILE_OPEN)
    assert list(EntryMember.objects.joined()) == [member]
    EntryMember.objects.update(ended_at=WHILE_OPEN)
    assert not EntryMember.objects.joined()


def test_each_reminder_goes_out_once():
    entry = DraftFactory().entry
    EntryReminder.objects.create(entry=entry, kind="72h", sent_at=WHILE_OPEN)
    EntryReminder.objects.create(entry=entry, kind="24h", sent_at=WHILE_OPEN)
    refused(EntryReminder.objects.create, entry=entry, kind="24h", sent_at=WHILE_OPEN)


def test_a_project_has_one_draft():
    draft = DraftFactory()
    refused(DraftFactory, entry=draft.entry)
    assert draft.typed == {}
    assert draft.version == 0

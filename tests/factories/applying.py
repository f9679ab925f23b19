"""Rows of applicants at work for tests: drafts, people who write along, files."""

import hashlib

import factory
from factory.django import DjangoModelFactory

from awards.models import Entry, EntryDraft, EntryFile, EntryMember
from tests.factories.awards import ApplicantFactory, EntryFactory, at

WHILE_OPEN = at("2027-01-15T10:00")


class DraftFactory(DjangoModelFactory):
    """What an applicant has typed in a project of their own, which is a draft."""

    class Meta:
        model = EntryDraft

    entry = factory.SubFactory(EntryFactory, state=Entry.State.DRAFT, applicant=factory.SubFactory(ApplicantFactory))
    saved_at = WHILE_OPEN


class MemberFactory(DjangoModelFactory):
    """Somebody who is invited and has not joined."""

    class Meta:
        model = EntryMember

    entry = factory.SubFactory(EntryFactory, state=Entry.State.DRAFT, applicant=factory.SubFactory(ApplicantFactory))
    email = factory.Sequence(lambda n: f"member{n}@example.org")
    invited_at = WHILE_OPEN


class EntryFileFactory(DjangoModelFactory):
    """A file of a project; nothing lies in the storage."""

    class Meta:
        model = EntryFile

    name = "plan.pdf"
    media_type = "application/pdf"
    size = 4
    sha256 = factory.LazyAttribute(lambda file: hashlib.sha256(file.name.encode()).hexdigest())
    file = "entries/plan.pdf"
    uploaded_at = WHILE_OPEN

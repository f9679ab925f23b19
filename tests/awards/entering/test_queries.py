"""What an applicant's pages read: their own, and results only once they are public."""

import pytest

from awards.entering.queries import (
    around,
    deadline_for,
    deadline_of,
    entries_of,
    is_sent_again,
    last_revision,
    members_of,
    questions_of,
)
from awards.entering.rules import Around, fingerprint
from awards.models import EntryRevision, Extension, Screening
from festival.models import Edition
from tests.factories.applying import WHILE_OPEN, MemberFactory
from tests.factories.awards import AFTER, DURING, ApplicantFactory, CallFactory, EntryFactory, QuestionFactory, at

pytestmark = pytest.mark.django_db


def test_only_what_is_asked_now_is_asked(call):
    asked = QuestionFactory(call=call)
    QuestionFactory(call=call, is_current=False)
    assert questions_of(call) == [asked]


def test_an_applicant_sees_their_own(entry, ada, call):
    EntryFactory(call=call)
    assert entries_of(ada, call) == [entry]
    assert entries_of(ada, CallFactory()) == []
    assert last_revision(entry) is None
    member = MemberFactory(entry=entry)
    MemberFactory(entry=entry, ended_at=WHILE_OPEN)
    assert members_of(entry) == [member]


def test_the_deadline_is_the_call_s(entry, call):
    assert deadline_of(call, entry).told == deadline_of(call).told == call.closes
    assert deadline_of(call).limit == call.closes + call.grace


def test_an_extension_and_asked_changes_are_one_applicant_s(entry, ada, call):
    later, still_later = at("2027-03-03T12:00"), at("2027-03-05T12:00")
    Extension.objects.create(call=call, email=ada.email, until=later, reason="Illness")
    assert deadline_of(call, entry).told == deadline_for(call, ada).limit == later
    assert deadline_for(call, ApplicantFactory()).told == call.closes
    asked = {"entry": entry, "reason": "More", "before": "submitted"}
    Screening.objects.create(**asked, verdict="changes", until=still_later, decided_at=DURING)
    assert deadline_of(call, entry).resubmit_until == deadline_of(call, entry).limit == still_later
    assert not is_sent_again(entry)
    entry.state = "submitted"
    entry.save()
    sent = {"title": "The oven"}
    EntryRevision.objects.create(entry=entry, number=1, snapshot=sent, sha256=fingerprint(sent), submitted_at=AFTER)
    assert is_sent_again(entry)
    Screening.objects.create(**asked, verdict="undone", decided_at=AFTER)
    assert deadline_of(call, entry).limit == later
    Screening.objects.create(**asked, verdict="changes", until=still_later, decided_at=DURING)
    for verdict in ("eligible", "undone"):  # then what was asked holds again
        Screening.objects.create(entry=entry, before="submitted", verdict=verdict, reason="", decided_at=AFTER)
    assert deadline_of(call, entry).resubmit_until == still_later
    assert is_sent_again(entry)


def test_what_is_around_a_project_follows_the_clock(entry, call):
    Edition.objects.update(is_current=True)
    assert around(entry, WHILE_OPEN) == Around()
    assert around(entry, DURING).is_judged
    assert around(entry, AFTER).is_decided
    assert not around(entry, AFTER).is_announced
    elsewhere = EntryFactory(call=CallFactory(edition__is_current=False, edition__number=1999))
    assert around(elsewhere, DURING) == Around()

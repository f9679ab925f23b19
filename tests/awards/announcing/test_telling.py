"""Each applicant is told once, before everybody, and never two opposite things."""

from datetime import timedelta

import pytest
from django.core import mail

from awards.announcing.publishing import Plan, plan, withdraw
from awards.announcing.telling import tell, tell_due
from awards.deliberation.deciding import take_back
from awards.models import AnnouncementLetter, Applicant, Decision, Entry
from festival.models import AuditEntry, OutgoingMail
from tests.factories.awards import EntryFactory, both
from tests.factories.deciding import DECIDED, PUBLIC, TELL, frozen, won
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def chair():
    chair = frozen()
    won(chair)
    return chair


def planned(chair, now=DECIDED, tell_at=TELL, publish_at=PUBLIC):
    return plan(call_id=chair.call.pk, plan=Plan(tell_at, publish_at), by=chair.user, now=now)


def sent():
    return {message.to[0]: message for message in mail.outbox}


def test_tell_due_waits_for_its_moment_and_tells_once(chair, run_outbox):
    planned(chair)
    assert tell_due(TELL - timedelta(milliseconds=1)) == 0
    assert tell_due(TELL) == 1
    assert tell_due(TELL) == 0
    run_outbox()
    assert sorted(sent()) == ["a@example.org", "b@example.org", "c@example.org"]
    assert len(mail.outbox) == 3


def test_tell_names_no_other_project_and_writes_in_the_applicant_s_language(chair, run_outbox):
    Applicant.objects.filter(email="a@example.org").update(language="en")
    planned(chair)
    tell_due(TELL)
    run_outbox()
    letters = sent()
    assert "Congratulations" in letters["a@example.org"].body
    assert "Gold prize" in letters["a@example.org"].body
    assert "finaliste" in letters["b@example.org"].body
    assert "pas été retenu" in letters["c@example.org"].body
    for address, message in letters.items():
        others = {"a", "b", "c"} - {address[0]}
        assert not any(f"Projet {slug}" in message.body or f"Project {slug}" in message.body for slug in others)


def test_tell_leaves_out_who_left_the_contest_and_whom_nobody_can_write_to(chair, run_outbox):
    chair.call.entries.filter(slug="c").update(state=Entry.State.WITHDRAWN)
    EntryFactory(call=chair.call, slug="by-hand")
    tell(announcement_id=planned(chair).pk, now=TELL)
    run_outbox()
    assert sorted(sent()) == ["a@example.org", "b@example.org"]
    assert AnnouncementLetter.objects.filter(entry__slug="by-hand", mail=None).exists()
    assert AuditEntry.objects.get(verb="announcement.told").facts["mails"] == 2


def test_tell_with_a_prize_that_is_open_again_tells_nobody(chair):
    announcement = planned(chair)
    decision = Decision.objects.get()
    take_back(decision_id=decision.pk, reason="Erreur.", by=chair.user, now=DECIDED)
    assert tell_due(TELL) == 0
    announcement.refresh_from_db()
    assert announcement.told_at is None
    assert not OutgoingMail.objects.filter(kind="award.outcome").exists()


def test_tell_after_a_withdrawal_stops_the_mails_that_wait(chair, run_outbox):
    announcement = planned(chair)
    tell_due(TELL)
    withdraw(announcement_id=announcement.pk, notice=both("Erreur."), by=chair.user, now=TELL)
    run_outbox()
    assert mail.outbox == []
    assert tell_due(TELL) == 0


def test_tell_again_corrects_and_writes_only_to_those_for_whom_it_differs(chair, run_outbox):
    announcement = planned(chair)
    tell_due(TELL)
    run_outbox()
    mail.outbox.clear()
    withdraw(announcement_id=announcement.pk, notice=both("Erreur."), by=chair.user, now=PUBLIC)
    won(chair, "b", kind="mention", now=PUBLIC)
    later = PUBLIC + timedelta(days=1)
    planned(chair, PUBLIC, later, later)
    assert tell_due(later) == 1
    run_outbox()
    assert sorted(sent()) == ["b@example.org"]
    assert "corriger" in sent()["b@example.org"].body

"""A letter goes out once, a quarter of an hour later, and never against what holds."""

from datetime import timedelta

import pytest

from awards.models import ScreeningLetter
from awards.screening.deciding import WAIT, decide, undo
from awards.screening.mail import build
from awards.screening.telling import tell_due
from festival.models import OutgoingMail
from tests.factories.awards import DURING

pytestmark = pytest.mark.django_db
DUE = DURING + WAIT


def test_a_letter_waits_and_goes_out_once(entry, screener):
    decide(entry_id=entry.pk, verdict="eligible", by=screener, now=DURING)
    assert tell_due(DUE - timedelta(milliseconds=1)) == 0
    assert tell_due(DUE) == 1
    assert tell_due(DUE) == 0
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to) == ("entry.screened", entry.applicant.email)


def test_nobody_gets_opposite_mails(entry, screener):
    decide(entry_id=entry.pk, verdict="ineligible", by=screener, now=DURING, reason="Trop tard.")
    decide(entry_id=entry.pk, verdict="eligible", by=screener, now=DURING + timedelta(minutes=5))
    assert tell_due(DUE + timedelta(hours=1)) == 1
    text = build(OutgoingMail.objects.get()).body
    assert "recevable" in text
    assert "Trop tard." not in text


def test_a_mail_that_waits_in_the_outbox_is_dropped_by_the_next_decision(entry, screener):
    decide(entry_id=entry.pk, verdict="ineligible", by=screener, now=DURING, reason="Trop tard.")
    tell_due(DUE)
    first = OutgoingMail.objects.get()
    assert "Trop tard." in build(first).body
    undo(entry_id=entry.pk, by=screener, now=DUE)
    assert build(first) is None
    tell_due(DUE + WAIT)
    second = build(OutgoingMail.objects.exclude(pk=first.pk).get())
    assert "ne tient plus" in second.body
    assert ScreeningLetter.objects.filter(queued_at__isnull=False).count() == 2


def test_a_demand_says_what_and_until_when(entry, screener):
    until = DURING + timedelta(days=3)
    decide(entry_id=entry.pk, verdict="changes", by=screener, now=DURING, reason="Le budget.", until=until)
    tell_due(DUE)
    letter = build(OutgoingMail.objects.get())
    assert "Le budget." in letter.body
    assert "23\xa0mars" in letter.body
    assert "Le budget." in letter.alternatives[0].content

"""Reminders go to drafts, in the applicant's language, once each."""

from datetime import timedelta

import pytest
from django.core import mail

from awards.entering.reminding import remind_due
from awards.models import Applicant, Entry, EntryReminder
from tests.factories.awards import EntryFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_a_draft_is_reminded_three_days_and_one_day_before(entry, call, run_outbox):
    EntryFactory(call=call)  # was sent in
    counts = [remind_due(call.closes - hours * HOUR) for hours in (80, 72, 71, 24, 23, 1, 0)]
    assert counts == [0, 1, 0, 1, 0, 0, 0]
    assert remind_due(call.closes + HOUR) == 0
    run_outbox()
    assert [sent.subject for sent in mail.outbox] == ["Your project is not sent in yet: The oven"] * 2
    assert mail.outbox[0].to == ["ada@example.org"]
    assert f"/en/awards/apply/prix/{entry.uuid}/" in mail.outbox[0].body
    assert "Sunday 28 February 2027 at 23:59" in mail.outbox[0].body.replace("\N{NO-BREAK SPACE}", " ")


def test_whoever_begins_on_the_last_day_gets_one_mail_and_the_erased_none(entry, call):
    assert remind_due(call.closes - HOUR) == 1
    assert set(EntryReminder.objects.values_list("kind", flat=True)) == {"72h", "24h"}
    EntryReminder.objects.all().delete()
    Applicant.objects.update(erased_at=call.opens, name="", email="a@erased.invalid")
    assert remind_due(call.closes - HOUR) == 0


def test_a_draft_that_was_sent_in_meanwhile_is_not_written_to(entry, call, run_outbox):
    remind_due(call.closes - HOUR)
    Entry.objects.update(state=Entry.State.SUBMITTED)
    run_outbox()
    assert mail.outbox == []

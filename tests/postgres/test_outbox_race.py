"""The button "Send again", pressed by many at once, on PostgreSQL."""

from datetime import UTC, datetime

from django_tasks_db.models import DBTaskResult

from festival.core import outbox
from festival.core.audit import Actor
from festival.models import AuditEntry, OutgoingMail
from tests.factories.festival import OutgoingMailFactory
from tests.racing import at_once

NOW = datetime(2027, 5, 2, 9, 30, tzinfo=UTC)


def test_twenty_presses_of_the_button_are_one_mail():
    mail = OutgoingMailFactory(state="sent", sent_at=NOW)

    outcomes = at_once(20, lambda number: outbox.send_again(mail, now=NOW, actor=Actor(f"user:{number}")))

    assert set(outcomes) == {OutgoingMail.objects.waiting().get()}
    assert (OutgoingMail.objects.count(), DBTaskResult.objects.count(), AuditEntry.objects.count()) == (2, 1, 1)

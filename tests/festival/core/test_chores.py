from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from django.contrib.sessions.models import Session
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from festival.core import chores
from festival.core.background import LEASE
from festival.core.tasks import send_mail
from festival.models import OutgoingMail
from tests.factories.festival import OutgoingMailFactory, UserFactory

pytestmark = pytest.mark.django_db
FESTIVAL = datetime(2030, 1, 1, tzinfo=UTC)  # a moved clock must not end what real time has not ended


def finished(status, **ago):
    row = DBTaskResult.objects.filter(pk=send_mail.enqueue(0).id)
    row.update(status=status, finished_at=timezone.now() - timedelta(**ago))
    return row.get()


def test_finished_work_goes_after_two_weeks():
    for status in (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED):
        finished(status, days=14, minutes=1)
    kept = [finished(TaskResultStatus.SUCCESSFUL, days=13), finished(TaskResultStatus.READY, days=30)]

    assert chores.clean(FESTIVAL) == 2
    assert set(DBTaskResult.objects.all()) == set(kept)


def test_expired_sessions_go():
    for key, days in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=key, session_data="x", expire_date=timezone.now() + timedelta(days=days))

    chores.clean(FESTIVAL)

    assert [session.session_key for session in Session.objects.all()] == ["new"]


def test_expired_confirmations_go():
    address = EmailAddress.objects.create(user=UserFactory(), email="lina@example.org")
    for key, days in (("old", 30), ("new", 0)):
        sent = timezone.now() - timedelta(days=days)
        EmailConfirmation.objects.create(email_address=address, key=key, sent=sent)

    chores.clean(FESTIVAL)

    assert [row.key for row in EmailConfirmation.objects.all()] == ["new"]


@pytest.mark.parametrize(("ago", "count"), [(LEASE / 2, 0), (2 * LEASE, 1)])
def test_lost_work_is_taken_back_by_real_time(ago, count):
    send_mail.enqueue(0)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now() - ago)

    assert chores.take_back_mails(FESTIVAL) == count


def test_mails_that_are_done_with_go_after_their_time(settings):
    settings.MAILS_KEPT_DAYS = 400
    old = timezone.now() - timedelta(days=400)
    for state in ("sent", "failed", "cancelled"):
        OutgoingMailFactory(state=state, created_at=old, sent_at=old if state == "sent" else None)
    kept = [
        OutgoingMailFactory(state="queued", created_at=old),
        OutgoingMailFactory(state="failed", created_at=timezone.now() - timedelta(days=399)),
    ]

    assert chores.forget_mails(FESTIVAL) == 3
    assert set(OutgoingMail.objects.all()) == set(kept)

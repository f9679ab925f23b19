import pytest
from django.core import mail as mails

from festival.core.tasks import send_mail
from tests.factories.festival import OutgoingMailFactory

pytestmark = pytest.mark.django_db


def test_the_task_sends_once(settings, run_outbox):
    settings.MAIL_BUILDERS = {"test.greeting": "tests.festival.core.test_delivery.greeting"}
    mail = OutgoingMailFactory()
    send_mail.enqueue(mail.pk)
    send_mail.enqueue(mail.pk)

    run_outbox()

    mail.refresh_from_db()
    assert len(mails.outbox) == 1
    assert mail.sent_at.isoformat() == "2027-05-02T09:30:00+00:00"  # the festival's clock

import smtplib
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest
from django.core import mail as mails
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import get_language

from festival.core import delivery
from festival.core.background import ATTEMPTS
from festival.models import Edition
from tests.factories.festival import OutgoingMailFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 5, 2, 9, 30, tzinfo=UTC)


class Server(BaseEmailBackend):
    """A mail server that answers with what a test gave it."""

    error: Exception

    def send_messages(self, messages):
        raise self.error


def greeting(mail):
    """Build the mail of these tests; the careless addresses are for the outbox to put right."""
    edition = delivery.fact_of(mail)
    if edition is None:
        return None
    return EmailMessage(
        f"{get_language()}:\n {edition.number}", "Bonjour", to=["someone@else.example"], bcc=["x@y.example"]
    )


@pytest.fixture(autouse=True)
def builders(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.MAIL_BUILDERS = {"test.greeting": f"{__name__}.greeting"}


@pytest.fixture
def refused(settings):
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.Server"}}

    def refuse(mail, error, *, for_good=False):
        Server.error = error
        with nullcontext() if for_good else pytest.raises(type(error)):
            delivery.deliver(mail.pk, now=NOW)
        mail.refresh_from_db()
        return mail

    return refuse


def test_a_mail_is_built_from_its_fact_and_sent_to_whom_the_row_says():
    mail = OutgoingMailFactory(language="en")

    delivery.deliver(mail.pk, now=NOW)

    (sent,) = mails.outbox
    assert sent.recipients() == [mail.to]
    assert sent.message()["Message-ID"] == mail.message_id
    mail.refresh_from_db()
    assert (mail.state, mail.sent_at, mail.tries, mail.last_error) == ("sent", NOW, 1, "")
    assert mail.subject == "en: 2027"
    assert get_language() == "fr"


def test_every_mail_says_its_language_and_that_a_machine_wrote_it():
    mail = OutgoingMailFactory(language="en")

    delivery.deliver(mail.pk, now=NOW)

    sent = mails.outbox[0].message()
    assert (sent["Content-Language"], sent["Auto-Submitted"]) == ("en", "auto-generated")
    assert sent["Date"].datetime.tzinfo is not None


def french(mail):
    return EmailMessage("Vos billets\N{NO-BREAK SPACE}:\r\n le\u2028Village ", "Bonjour")


def test_a_subject_is_one_line_and_keeps_the_spaces_of_french(settings):
    settings.MAIL_BUILDERS = {"test.greeting": f"{__name__}.french"}

    delivery.deliver(OutgoingMailFactory().pk, now=NOW)

    assert mails.outbox[0].subject == "Vos billets\N{NO-BREAK SPACE}: le Village"


@pytest.mark.parametrize("state", ["sent", "failed", "cancelled"])
def test_a_mail_that_is_done_with_is_left_alone(state):
    mail = OutgoingMailFactory(state=state, sent_at=NOW if state == "sent" else None)

    delivery.deliver(mail.pk, now=NOW)

    mail.refresh_from_db()
    assert mails.outbox == []
    assert (mail.state, mail.tries) == (state, 0)


def test_a_mail_that_a_killed_worker_was_at_is_sent_with_the_same_message_id():
    mail = OutgoingMailFactory(state="sending", tries=1)

    delivery.deliver(mail.pk, now=NOW)

    mail.refresh_from_db()
    assert mails.outbox[0].message()["Message-ID"] == mail.message_id
    assert (mail.state, mail.tries) == ("sent", 2)


def test_a_worker_killed_after_the_servers_yes_sends_nothing_twice(monkeypatch, tmp_path):
    mail = OutgoingMailFactory()
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "_note", _killed)
        with pytest.raises(SystemExit):
            delivery.deliver(mail.pk, now=NOW)

    delivery.deliver(mail.pk, now=NOW)

    mail.refresh_from_db()
    assert len(mails.outbox) == 1
    assert (mail.state, mail.sent_at) == ("sent", NOW)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def _killed(*arguments, **changes):
    raise SystemExit


def test_a_disk_without_room_for_receipts_stops_no_mail(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "missing"
    mail = OutgoingMailFactory()

    delivery.deliver(mail.pk, now=NOW)

    mail.refresh_from_db()
    assert (mail.state, len(mails.outbox)) == ("sent", 1)


def test_a_mail_whose_fact_is_gone_is_cancelled():
    mail = OutgoingMailFactory()
    Edition.objects.all().delete()

    delivery.deliver(mail.pk, now=NOW)

    mail.refresh_from_db()
    assert mails.outbox == []
    assert (mail.state, mail.sent_at) == ("cancelled", None)


@pytest.mark.parametrize(("before", "state"), [(0, "queued"), (ATTEMPTS - 2, "queued"), (ATTEMPTS - 1, "failed")])
def test_a_failure_waits_for_the_next_try_until_there_is_none(refused, before, state):
    mail = refused(OutgoingMailFactory(tries=before), ConnectionRefusedError(111, "Connection refused"))

    assert (mail.state, mail.tries) == (state, before + 1)
    assert mail.last_error == "ConnectionRefusedError: [Errno 111] Connection refused"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            smtplib.SMTPRecipientsRefused({"lina@example.org": (550, b"<lina@example.org> unknown")}),
            "SMTPRecipientsRefused: 550 <[…]> unknown",
        ),
        (smtplib.SMTPDataError(554, b"5.7.1 looks like spam"), "SMTPDataError: 554 5.7.1 looks like spam"),
        (smtplib.SMTPSenderRefused(553, b"not yours", "x@y.example"), "SMTPSenderRefused: 553 not yours"),
    ],
)
def test_what_the_server_refuses_for_good_is_given_up_at_once(refused, error, sentence):
    mail = refused(OutgoingMailFactory(), error, for_good=True)

    assert (mail.state, mail.tries, mail.last_error) == ("failed", 1, sentence)


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPServerDisconnected("Connection unexpectedly closed"),
        smtplib.SMTPConnectError(554, b"No SMTP service here"),
        smtplib.SMTPAuthenticationError(535, b"Bad password"),
        smtplib.SMTPHeloError(501, b"who?"),
        smtplib.SMTPSenderRefused(451, b"later", "x@y.example"),
        smtplib.SMTPSenderRefused(530, b"Authentication required", "x@y.example"),
        smtplib.SMTPDataError(452, b"disk full"),
        smtplib.SMTPRecipientsRefused({"lina@example.org": (530, b"Authentication required")}),
        TimeoutError("timed out"),
    ],
    ids=str,
)
def test_what_may_go_by_or_is_mended_in_the_settings_is_tried_again(refused, error):
    assert refused(OutgoingMailFactory(), error).state == "queued"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            smtplib.SMTPRecipientsRefused({"lina@example.org": (450, b"<lina@example.org> is busy")}),
            "SMTPRecipientsRefused: 450 <[…]> is busy",
        ),
        (smtplib.SMTPDataError(451, "greylisted, lina@example.org"), "SMTPDataError: 451 greylisted, […]"),
        (smtplib.SMTPDataError(451, b"x" * 500), "SMTPDataError: 451 " + "x" * 181),
        (TimeoutError("timed out"), "TimeoutError: timed out"),
        (ValueError("lina@example.org has aB3dE6gH9jK2"), "ValueError"),
    ],
)
def test_the_error_is_noted_without_addresses(refused, error, sentence):
    assert refused(OutgoingMailFactory(), error).last_error == sentence


def test_a_sent_mail_forgets_its_errors(refused, settings):
    mail = refused(OutgoingMailFactory(), TimeoutError("timed out"))
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}

    delivery.deliver(mail.pk, now=NOW)

    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == ("sent", "")


def test_an_unknown_kind_is_noted_as_a_failure():
    mail = OutgoingMailFactory(kind="test.unknown")

    with pytest.raises(ImproperlyConfigured, match=r"no entry for 'test\.unknown'"):
        delivery.deliver(mail.pk, now=NOW)
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == ("queued", "ImproperlyConfigured")
    assert str(mail) == f"test.unknown {mail.pk}"

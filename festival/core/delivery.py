"""Sending one mail of the outbox: build it from the fact, hand it to the mail server, note how it went."""

import hashlib
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, mailers
from django.db.models import F, Model
from django.utils.module_loading import import_string
from django.utils.translation import override

from festival.core import redaction
from festival.core.background import ATTEMPTS
from festival.core.writing import writing_statement
from festival.models import OutgoingMail
from festival.typed import cleaning, mail_addresses

UNAUTHENTICATED = 530  # "Authentication required" (RFC 4954, 6), which some servers say only at the recipient

# Returns the mail, not sent yet, or None when its fact is gone and nobody needs it any more.
Builder = Callable[[OutgoingMail], EmailMessage | None]


def builder_of(kind: str) -> Builder:
    """Return what builds mails of a kind. Raises ImproperlyConfigured when `MAIL_BUILDERS` does not know it."""
    try:
        return import_string(settings.MAIL_BUILDERS[kind])
    except KeyError as error:
        raise ImproperlyConfigured(f"MAIL_BUILDERS has no entry for {kind!r}.") from error


def fact_of(mail: OutgoingMail) -> Model | None:
    """Return the row that a mail is about, or None when it is gone."""
    return apps.get_model(mail.fact_type)._default_manager.filter(pk=mail.fact_id).first()


def deliver(mail_pk: int, *, now: datetime) -> None:
    """Send a mail that waits; one that is sent, given up or cancelled is left alone.

    A worker may be killed between the mail server's yes and our note of it. A receipt, an empty file, lies in `VAR_DIR`
    within a fraction of a millisecond of the yes; who finds it only makes the note. Killed within that fraction, or on
    another machine, the mail goes out again with the same Message-ID, by which mail programs recognise it.

    What goes wrong is noted and raised again, for the retries; a mail that the mail server refuses for good (RFC 5321,
    4.2.1: 5yz) is given up at once.
    """
    mail = _claim(mail_pk)
    if mail is None:
        return
    receipt = _receipt(mail)
    if receipt.exists():
        _note(mail, state=OutgoingMail.State.SENT, sent_at=now, last_error="")
        _put_away(receipt)
        return
    with _mail_server() as server:
        try:
            message = _build(mail)
            if message is not None:
                server.open()
                server.send_messages([message])
                _leave(receipt)
        except Exception as error:
            is_final = _is_refused_for_good(error)
            _note(mail, state=_state_after_failure(mail, is_final=is_final), last_error=_sentence(error))
            if is_final:
                return
            raise
        # Noted before the server is taken leave of: a worker that is killed in between would send it again.
        if message is None:
            _note(mail, state=OutgoingMail.State.CANCELLED)
        else:
            subject = str(message.subject)
            _note(mail, state=OutgoingMail.State.SENT, sent_at=now, subject=subject[:250], last_error="")
            _put_away(receipt)


def _claim(mail_pk: int) -> OutgoingMail | None:
    waiting = OutgoingMail.objects.waiting().filter(pk=mail_pk)
    with writing_statement():
        claimed = waiting.update(state=OutgoingMail.State.SENDING, tries=F("tries") + 1)
    return OutgoingMail.objects.select_related("edition").get(pk=mail_pk) if claimed else None


def _receipt(mail: OutgoingMail) -> Path:
    """Return where the receipt of a mail lies once the mail server has said yes."""
    return Path(settings.VAR_DIR, "mail-receipts", hashlib.sha256(mail.message_id.encode()).hexdigest())


def _leave(receipt: Path) -> None:
    with suppress(OSError):  # a full disk does not make a sent mail a failed one
        receipt.parent.mkdir(exist_ok=True)
        receipt.touch()


def _put_away(receipt: Path) -> None:
    with suppress(OSError):
        receipt.unlink(missing_ok=True)


@contextmanager
def _mail_server() -> Iterator[Any]:
    """Yield the mail server, not open yet, and close it; what goes wrong at leaving changes nothing any more."""
    server: Any = mailers["default"]
    try:
        yield server
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.close()


def _build(mail: OutgoingMail) -> EmailMessage | None:
    with override(mail.language):
        message = builder_of(mail.kind)(mail)
    if message is not None:
        # The row says who gets it, and nobody else does.
        message.to, message.cc, message.bcc = [mail.to], [], []
        message.subject = cleaning.line(str(message.subject))  # a line break would end the header
        message.reply_to = [address for address in message.reply_to if mail_addresses.can_exist(parseaddr(address)[1])]
        # What answers by itself, from holidays, is not to answer us (RFC 3834; the second is Outlook's own).
        headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
        message.extra_headers = {"Content-Language": mail.language, **headers, **message.extra_headers}
        message.extra_headers["Message-ID"] = mail.message_id
    return message


def _state_after_failure(mail: OutgoingMail, *, is_final: bool) -> str:
    gives_up = is_final or mail.tries >= ATTEMPTS
    return OutgoingMail.State.FAILED if gives_up else OutgoingMail.State.QUEUED


def _is_refused_for_good(error: Exception) -> bool:
    """Return whether the server refused this mail, and would again: its recipient, sender or content.

    Not what it said of us before, at greeting and sign-in: that is mended in the settings, and the mail goes then.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _said in error.recipients.values()]
    elif isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        codes = [error.smtp_code]
    else:
        return False
    return all(code // 100 == 5 and code != UNAUTHENTICATED for code in codes)


def _note(mail: OutgoingMail, **changes: object) -> None:
    with writing_statement():
        OutgoingMail.objects.filter(pk=mail.pk).update(**changes)


def _sentence(error: Exception) -> str:
    """Return what went wrong, short. Only what networks and mail servers say is quoted, without addresses."""
    name = type(error).__name__
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = "; ".join(f"{code} {_text(said)}" for code, said in error.recipients.values())
        return redaction.redact(f"{name}: {answers}")[:200]
    if isinstance(error, smtplib.SMTPResponseException):
        return redaction.redact(f"{name}: {error.smtp_code} {_text(error.smtp_error)}")[:200]
    if isinstance(error, OSError):
        return redaction.redact(f"{name}: {error}")[:200]
    return name


def _text(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said

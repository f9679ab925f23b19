"""Mails to applicants: the receipt, the invitation, the reminder, the word that a project was withdrawn.

They hold no answers but the receipt, and no name that somebody else typed: an address may be a stranger's.
"""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.applying.pdf import receipt_pdf
from awards.applying.report import lines_of
from awards.entering import inviting, queries
from awards.models import Entry, EntryMember, EntryRevision
from festival.core.delivery import fact_of
from festival.letters.sender import from_edition
from festival.models import OutgoingMail


def build_receipt(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the receipt of a version, with a copy of the answers and the PDF; None once it is erased."""
    revision = fact_of(mail)
    if not isinstance(revision, EntryRevision) or "facts" not in revision.snapshot:
        return None
    entry = revision.entry
    subject = _("We have your project: %(title)s") % {"title": revision.snapshot["facts"]["title"]}
    shown = {"revision": revision, "lines": lines_of(revision), "deadline": queries.deadline_of(entry.call, entry)}
    message = _message(
        ("awards/applying/mail/receipt.txt", "awards/applying/mail/receipt.html"),
        subject,
        mail,
        entry,
        "apply-status",
        shown,
    )
    message.attach(_("receipt.pdf"), receipt_pdf(revision, mail.language), "application/pdf")
    return message


def build_withdrawn(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the word that a project was withdrawn; None when it is back meanwhile."""
    entry = fact_of(mail)
    if not isinstance(entry, Entry) or entry.state != Entry.State.WITHDRAWN:
        return None
    subject = _("Your project is withdrawn: %(title)s") % {"title": entry.title}
    deadline = queries.deadline_of(entry.call, entry)
    shown = {"deadline": deadline, "can_return": deadline.is_open(mail.created_at)}
    return _message(
        ("awards/applying/mail/withdrawn.txt", "awards/applying/mail/withdrawn.html"),
        subject,
        mail,
        entry,
        "apply-status",
        shown,
    )


def build_reminder(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the reminder of a draft; None when it was sent in meanwhile."""
    entry = fact_of(mail)
    if not isinstance(entry, Entry) or entry.state != Entry.State.DRAFT:
        return None
    subject = _("Your project is not sent in yet: %(title)s") % {"title": entry.title}
    shown = {"deadline": queries.deadline_of(entry.call, entry)}
    return _message(
        ("awards/applying/mail/reminder.txt", "awards/applying/mail/reminder.html"),
        subject,
        mail,
        entry,
        "apply-entry",
        shown,
    )


def build_invitation(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the invitation to write along; None when it was taken back."""
    member = fact_of(mail)
    if not isinstance(member, EntryMember) or member.ended_at:
        return None
    call = member.entry.call
    address = settings.BASE_URL + reverse("apply-join", args=[call.slug, inviting.token_of(member)])
    subject = _("You are invited to write on an application: %(call)s") % {"call": call.name}
    return _message(
        ("awards/applying/mail/invitation.txt", "awards/applying/mail/invitation.html"),
        subject,
        mail,
        member.entry,
        "",
        {"address": address},
    )


def _message(
    templates: tuple[str, str], subject: str, mail: OutgoingMail, entry: Entry, route: str, shown: dict[str, Any]
) -> EmailMultiAlternatives:
    call = entry.call
    address = settings.BASE_URL + reverse(route, args=[call.slug, entry.uuid]) if route else ""
    context = {"entry": entry, "call": call, "edition": call.edition, "address": address} | shown
    message = EmailMultiAlternatives(
        subject=" ".join(str(subject).split()),
        body=render_to_string(templates[0], context),
        to=[mail.to],
        **from_edition(call.edition),
    )
    message.attach_alternative(render_to_string(templates[1], context), "text/html")
    return message

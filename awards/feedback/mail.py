"""The mail that says that there is feedback. It has nothing of it: mailboxes are read by others too."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.feedback.queries import released_to
from awards.models import Entry
from festival.core.delivery import fact_of
from festival.letters.sender import from_edition
from festival.models import OutgoingMail


def build(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail of the outbox; None once the project has left the contest or lost its applicant."""
    entry = fact_of(mail)
    if not isinstance(entry, Entry) or entry.applicant is None or not released_to(entry, mail.created_at).exists():
        return None
    call = entry.call
    address = f"{settings.BASE_URL}{reverse('apply-feedback', args=[call.slug, entry.uuid])}"
    context = {"entry": entry, "call": call, "edition": call.edition, "address": address}
    message = EmailMultiAlternatives(
        subject=_("What the jury says of your project “%(title)s”") % {"title": entry.title},
        body=render_to_string("awards/feedback/mail/feedback.txt", context),
        **from_edition(call.edition),
    )
    message.attach_alternative(render_to_string("awards/feedback/mail/feedback.html", context), "text/html")
    return message

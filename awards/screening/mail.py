"""The mail that tells an applicant what was decided about their project, and where its status stands."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from awards.entering.queries import standing_of
from awards.models import ScreeningLetter
from awards.screening.queries import newest_of
from festival.core.delivery import fact_of
from festival.letters.sender import from_edition
from festival.models import OutgoingMail


def build(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail of the outbox; None once another decision has come."""
    letter = fact_of(mail)
    if not isinstance(letter, ScreeningLetter):
        return None
    newest = newest_of(letter.screening.entry_id)
    return letter_mail(letter) if newest is not None and newest.pk == letter.screening_id else None


def letter_mail(letter: ScreeningLetter) -> EmailMultiAlternatives:
    """Return the mail in the active language, not sent yet."""
    made = letter.screening
    call = made.entry.call
    context = {
        "held": standing_of(made.entry_id, at=made),
        "is_correction": made.verdict == made.Verdict.UNDONE,
        "entry": made.entry,
        "call": call,
        "edition": call.edition,
        "address": _address(letter),
    }
    mail = EmailMultiAlternatives(
        subject=_("About your project “%(title)s”: %(call)s") % {"title": made.entry.title, "call": call.name},
        body=render_to_string("awards/screening/mail/decision.txt", context),
        **from_edition(call.edition),
    )
    mail.attach_alternative(render_to_string("awards/screening/mail/decision.html", context), "text/html")
    return mail


def _address(letter: ScreeningLetter) -> str:
    entry = letter.screening.entry
    try:
        path = reverse("apply-status", args=[entry.call.slug, entry.uuid])
    except NoReverseMatch:
        path = reverse("home")
    return f"{settings.BASE_URL}{path}"

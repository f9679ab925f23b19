"""The mail that tells an applicant whether their project is a finalist. It names no other project and no rank."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import Entry, FinalistLetter, Tally
from festival.core.delivery import fact_of
from festival.letters.sender import from_edition
from festival.models import OutgoingMail
from festival.time import clock


def build(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail of the outbox; None once the project has left the contest or another result was frozen."""
    letter = fact_of(mail)
    if not isinstance(letter, FinalistLetter) or letter.entry.state != Entry.State.ELIGIBLE:
        return None
    tally = letter.tally
    if Tally.objects.filter(round=tally.round_id, pk__gt=tally.pk).exists() or tally.announced_at is None:
        return None
    earlier = FinalistLetter.objects.filter(
        entry=letter.entry, tally__round=tally.round_id, mail__state=OutgoingMail.State.SENT, pk__lt=letter.pk
    )
    call = tally.round.call
    context = {
        "entry": letter.entry,
        "is_finalist": letter.is_finalist,
        "is_correction": earlier.exists(),
        "public_from": tally.announced_at if tally.announced_at > clock.now() else None,
        "call": call,
        "edition": call.edition,
        "address": f"{settings.BASE_URL}{reverse('apply-status', args=[call.slug, letter.entry.uuid])}",
    }
    message = EmailMultiAlternatives(
        subject=_("About your project “%(title)s”: %(call)s") % {"title": letter.entry.title, "call": call.name},
        body=render_to_string("awards/finalists/mail/told.txt", context),
        **from_edition(call.edition),
    )
    message.attach_alternative(render_to_string("awards/finalists/mail/told.html", context), "text/html")
    return message

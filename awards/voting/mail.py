"""The mail with the link that counts a ballot. It names no grade: the address may be somebody else's."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import SentBallot
from awards.voting.links import token
from festival.core.delivery import fact_of
from festival.letters.sender import from_edition
from festival.models import OutgoingMail


def build(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail in the active language, or None when its ballot is not kept any more."""
    sent = fact_of(mail)
    if not isinstance(sent, SentBallot):
        return None
    call = sent.round.call
    context = {
        "call": call,
        "edition": call.edition,
        "round": sent.round,
        "address": settings.BASE_URL + reverse("awards-vote-confirm", args=[token(sent.uuid)]),
    }
    message = EmailMultiAlternatives(
        subject=_("Confirm your vote: %(call)s") % {"call": call.name},
        body=render_to_string("awards/voting/mail/confirm.txt", context),
        to=[mail.to],
        **from_edition(call.edition),
    )
    message.attach_alternative(render_to_string("awards/voting/mail/confirm.html", context), "text/html")
    return message

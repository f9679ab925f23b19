"""The mail that asks somebody into the jury. It names no project and nobody else of the jury."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import Juror
from awards.seats.links import GOOD_FOR, token
from festival.core.delivery import fact_of
from festival.letters.sender import from_edition
from festival.models import OutgoingMail


def build(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the invitation in the active language; None once it is answered or taken back."""
    juror = fact_of(mail)
    if not isinstance(juror, Juror) or juror.state != Juror.State.INVITED or juror.invited_at is None:
        return None
    call = juror.call
    context = {
        "juror": juror,
        "call": call,
        "edition": call.edition,
        "rounds": call.rounds.of_jurors(),
        "until": juror.invited_at + GOOD_FOR,
        "address": settings.BASE_URL + reverse("awards-invitation", args=[token(juror.uuid)]),
    }
    message = EmailMultiAlternatives(
        subject=_("Will you be of the jury? %(call)s") % {"call": call.name},
        body=render_to_string("awards/seats/mail/invitation.txt", context),
        to=[mail.to],
        **from_edition(call.edition),
    )
    message.attach_alternative(render_to_string("awards/seats/mail/invitation.html", context), "text/html")
    return message

"""The mail that reminds a juror: how many cards are missing, and until when. Nothing of projects or of the others."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from awards.jury.queries import owed_in
from awards.jury.rounds import current_round
from awards.models import Juror, Round
from festival.core.delivery import fact_of
from festival.letters.sender import from_edition
from festival.models import OutgoingMail


def build(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the reminder of the outbox; None when the juror is gone or owes nothing any more."""
    juror = fact_of(mail)
    judged = current_round(juror.call, mail.created_at) if isinstance(juror, Juror) else None
    if judged is None or not isinstance(juror, Juror):
        return None
    owed = owed_in(judged).filter(juror=juror).count()
    return reminder(juror, judged, owed, mail.language) if owed else None


def reminder(juror: Juror, judged: Round, owed: int, language: str) -> EmailMultiAlternatives:
    """Return the mail in the active language, not sent yet; its link opens the pages in `language`."""
    address = f"{settings.BASE_URL}{reverse('jury-home', args=[juror.call.slug])}?lang={language}"
    context = {"juror": juror, "round": judged, "owed": owed, "address": address, "edition": juror.call.edition}
    subject = ngettext(
        "%(count)s scorecard is still missing: %(call)s", "%(count)s scorecards are still missing: %(call)s", owed
    )
    mail = EmailMultiAlternatives(
        subject=subject % {"count": owed, "call": juror.call.name},
        body=render_to_string("awards/jury/mail/reminder.txt", context),
        **from_edition(juror.call.edition),
    )
    mail.attach_alternative(render_to_string("awards/jury/mail/reminder.html", context), "text/html")
    return mail

"""The mail that tells a juror what there is to read: how much, until when. Nothing of projects or of others."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from awards.jury.queries import address_of, language_of
from awards.models import Assignment, Entry, Juror, Round
from festival.core import outbox
from festival.core.delivery import fact_of
from festival.letters.sender import from_edition
from festival.models import OutgoingMail

GIVEN = "jury.given"  # the kind of mail


def tell_jurors(jurors: Iterable[Juror], judged: Round, now: datetime) -> int:
    """Queue one mail for each of the jurors who has an address, however often they are named; return how many."""
    told = {juror.pk: juror for juror in jurors if address_of(juror)}
    for juror in told.values():
        to, language = address_of(juror), language_of(juror)
        outbox.queue(GIVEN, to=to, language=language, fact=juror, now=now, edition=judged.call.edition)
    return len(told)


def build(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail of the outbox; None when the juror is gone or has nothing to read any more."""
    juror = fact_of(mail)
    if not isinstance(juror, Juror):
        return None
    given = Assignment.objects.open().filter(juror=juror, entry__state=Entry.State.ELIGIBLE)
    given = given.filter(round__closes__gte=mail.created_at).exclude(scorecard__state="submitted")
    newest = given.select_related("round").order_by("-pk").first()
    if newest is None:
        return None
    return _letter(juror, newest.round, given.filter(round=newest.round).count(), mail.language)


def _letter(juror: Juror, judged: Round, count: int, language: str) -> EmailMultiAlternatives:
    address = f"{settings.BASE_URL}{reverse('jury-home', args=[juror.call.slug])}?lang={language}"
    context = {"juror": juror, "round": judged, "count": count, "address": address, "edition": juror.call.edition}
    subject = ngettext("%(count)s project to read: %(call)s", "%(count)s projects to read: %(call)s", count)
    mail = EmailMultiAlternatives(
        subject=subject % {"count": count, "call": juror.call.name},
        body=render_to_string("awards/assignment/mail/given.txt", context),
        **from_edition(juror.call.edition),
    )
    mail.attach_alternative(render_to_string("awards/assignment/mail/given.html", context), "text/html")
    return mail

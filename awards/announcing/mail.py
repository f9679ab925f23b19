"""The mail that tells an applicant what became of their project. It names no other project and no rank."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.models import Announcement, AnnouncementLetter, Decision, Entry
from festival.core.delivery import fact_of
from festival.letters.sender import from_edition
from festival.models import OutgoingMail

Outcome = AnnouncementLetter.Outcome


def build(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail of the outbox; None once the announcement is withdrawn or the project has left the contest."""
    letter = fact_of(mail)
    if not isinstance(letter, AnnouncementLetter) or letter.announcement.withdrawn_at is not None:
        return None
    if letter.entry.state != Entry.State.ELIGIBLE:
        return None
    decisions = letter.announcement.decisions.filter(entry=letter.entry).select_related("prize")
    earlier = AnnouncementLetter.objects.filter(
        entry=letter.entry, mail__state=OutgoingMail.State.SENT, told_at__lt=letter.told_at
    )
    return outcome_mail(
        letter.announcement, letter.entry, letter.outcome, list(decisions), is_correction=earlier.exists()
    )


def outcome_mail(
    announcement: Announcement, entry: Entry, outcome: str, decisions: Sequence[Decision], *, is_correction: bool
) -> EmailMultiAlternatives:
    """Return the mail in the active language, not sent yet."""
    call = announcement.call
    context = {
        "announcement": announcement,
        "entry": entry,
        "outcome": outcome,
        "prizes": [decision.prize for decision in decisions],
        "is_correction": is_correction,
        "call": call,
        "edition": call.edition,
        "address": f"{settings.BASE_URL}{reverse('awards-results')}",
    }
    mail = EmailMultiAlternatives(
        subject=_subject(outcome, is_correction=is_correction) % {"title": entry.title, "call": call.name},
        body=render_to_string("awards/announcing/mail/outcome.txt", context),
        **from_edition(call.edition),
    )
    mail.attach_alternative(render_to_string("awards/announcing/mail/outcome.html", context), "text/html")
    return mail


def _subject(outcome: str, *, is_correction: bool) -> str:
    """Return the subject; what it is stays in the mail, except for good news: subjects are read over shoulders."""
    if is_correction:
        return _("Correction about your project “%(title)s”: %(call)s")
    if outcome == Outcome.WINNER:
        return _("Your project “%(title)s” wins a prize: %(call)s")
    return _("About your project “%(title)s”: %(call)s")

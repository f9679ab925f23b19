"""The mails about a request to the pot: that it waits, that it was refused. The tickets come as every ticket does."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _, override

from festival.core.delivery import fact_of
from festival.models import OutgoingMail
from tickets.delivery.notices import Notice, notice_mail
from tickets.models import PotRequest


def build_asked(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail that says that a request waits, or None when it does not any more.

    It repeats nothing that was typed but the address: whoever reads it may be a stranger.
    """
    request = fact_of(mail)
    if not isinstance(request, PotRequest) or request.state != PotRequest.State.WAITING:
        return None
    with override(request.language):
        told = {"festival": request.edition.name}
        notice = Notice(
            title=_("We have your request"),
            paragraphs=[
                _("Somebody, probably you, asked for a ticket of the solidarity pot of the %(festival)s.") % told,
                _("There is nothing to prove and nothing to do: we write to you as soon as there is a ticket."),
            ],
            address=_page(request),
            button=_("How my request stands"),
            after=_("It was not you? Then do nothing."),
        )
        return notice_mail(request, notice, subject=_("Your request for a ticket: %(festival)s") % told)


def build_refused(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail that says that no ticket can be given, and why; None when that is not so any more."""
    request = fact_of(mail)
    if not isinstance(request, PotRequest) or request.state != PotRequest.State.REFUSED:
        return None
    with override(request.language):
        told = {"festival": request.edition.name}
        notice = Notice(
            title=_("We cannot give you a ticket this time"),
            paragraphs=[
                _("You asked for a ticket of the solidarity pot of the %(festival)s. We are sorry.") % told,
                *filter(None, [request.reason]),
                _("What is free of charge stays open to you, without asking."),
            ],
            address=settings.BASE_URL + reverse("tickets-office"),
            button=_("To the ticket office"),
        )
        return notice_mail(request, notice, subject=_("Your request for a ticket: %(festival)s") % told)


def _page(request: PotRequest) -> str:
    return settings.BASE_URL + reverse("tickets-solidarity-request", args=[request.secret])

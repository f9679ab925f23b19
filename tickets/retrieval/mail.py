"""The mail that answers a search: the orders of its address, each with a link that is good for an hour."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from festival.letters.sender import from_edition
from festival.models import OutgoingMail
from tickets.retrieval import links, queries


def build(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail, in the active language, or None when the address has no order any more.

    The link counts its hour from now on, when the mail leaves. Names that were typed are not repeated: an address may
    belong to somebody else than who typed it.
    """
    found = queries.orders_of(mail.to)
    if found is None:
        return None
    token = links.token(mail)
    context: dict[str, Any] = {
        "found": found,
        "edition": found.edition,
        "token": token,
        "base": settings.BASE_URL,
        "address": settings.BASE_URL + reverse("tickets-found", args=[token]),
        "again": settings.BASE_URL + reverse("tickets-find"),
    }
    message = EmailMultiAlternatives(
        subject=_("Your tickets: %(festival)s") % {"festival": found.edition.name},
        body=render_to_string("tickets/retrieval/mail/found.txt", context),
        to=[mail.to],
        **from_edition(found.edition),
    )
    message.attach_alternative(render_to_string("tickets/retrieval/mail/found.html", context), "text/html")
    return message

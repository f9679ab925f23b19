"""The two mails about the opening of a sale: the link that confirms the wish, and that it has opened.

Both can be stopped by one click of the mail program (RFC 2369, RFC 8058).
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from festival.core.delivery import fact_of
from festival.letters.sender import from_edition
from festival.models import OutgoingMail
from tickets.models import SaleAlert


@dataclass(frozen=True, slots=True)
class _Said:
    """What such a mail says, and where its button leads."""

    subject: str
    title: str
    paragraph: str
    address: str = ""
    button: str = ""
    after: str = ""


def build_ask(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail with the link that confirms, or, for who is on the list already, that they are.

    None when the alert is gone, or waits for another address by now. Nothing that was typed is repeated.
    """
    alert = fact_of(mail)
    if not isinstance(alert, SaleAlert) or alert.email != mail.to:
        return None
    product = alert.product
    told = {"product": product.name, "festival": product.edition.name}
    subject = _("Tell me when it opens: %(festival)s") % told
    if alert.confirmed_at:
        paragraph = _(
            "This address is on the list already: as soon as “%(product)s” opens, one mail comes. There is nothing "
            "more to do."
        )
        said = _Said(subject, _("You are on the list"), paragraph % told)
    else:
        paragraph = _(
            "Somebody, probably you, wants to know when “%(product)s” opens at the %(festival)s. Press the button, and "
            "one mail comes on that day, nothing else."
        )
        said = _Said(
            subject,
            _("Shall we tell you?"),
            paragraph % told,
            _absolute("tickets-alert-confirm", alert.secret),
            _("Yes, tell me"),
            _("It was not you? Then do nothing: the address is deleted after two days."),
        )
    return _message(alert, said)


def build_opening(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """Return the mail that says that the sale has opened, or None when the alert is gone."""
    alert = fact_of(mail)
    if not isinstance(alert, SaleAlert):
        return None
    product = alert.product
    told = {"product": product.name, "festival": product.edition.name}
    paragraph = _("You asked to be told: “%(product)s” of the %(festival)s can be had from now on.")
    return _message(
        alert,
        _Said(
            _("It is open: %(product)s") % told,
            _("It is open"),
            paragraph % told,
            settings.BASE_URL + reverse("tickets-office"),
            _("To the ticket office"),
            _("This was the only mail: with it your address leaves the list."),
        ),
    )


def _message(alert: SaleAlert, said: _Said) -> EmailMultiAlternatives:
    stop = _absolute("tickets-alert-stop", alert.secret)
    context = {"edition": alert.product.edition, "said": said, "address": said.address, "stop": stop}
    message = EmailMultiAlternatives(
        subject=said.subject,
        body=render_to_string("tickets/announcing/mail/notice.txt", context),
        to=[alert.email],
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        **from_edition(alert.product.edition),
    )
    message.attach_alternative(render_to_string("tickets/announcing/mail/notice.html", context), "text/html")
    return message


def _absolute(name: str, secret: str) -> str:
    return settings.BASE_URL + reverse(name, args=[secret])

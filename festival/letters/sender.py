"""Who our mails come from: the festival by name, from the installation's own mail address."""

from email.utils import formataddr, parseaddr
from typing import TypedDict

from django.conf import settings

from festival.models import Edition


class Sender(TypedDict):
    """The two arguments of Django's mails that say who writes and who is answered."""

    from_email: str
    reply_to: list[str]


def from_edition(edition: Edition | None) -> Sender:
    """Return the sender of a mail of `edition`: its name, with the address of DEFAULT_FROM_EMAIL; answers go to it.

    The address stays the installation's, because the mail server may send for no other (SPF, RFC 7208).
    """
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    if edition is None:
        return {"from_email": settings.DEFAULT_FROM_EMAIL, "reply_to": []}
    shown = " ".join(str(edition.name).split()) or name
    reply_to = [formataddr((edition.organiser_name, edition.organiser_email))] if edition.organiser_email else []
    return {"from_email": formataddr((shown, address)), "reply_to": reply_to}

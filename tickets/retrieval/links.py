"""The link in the mail of a search: signed, good for an hour, and it names nobody.

What is signed is the number of the mail; whom it went to, and so whose orders it opens, is read from its row.
"""

from datetime import timedelta
from enum import StrEnum

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from festival.models import OutgoingMail

FOUND_MAIL = "tickets.found"
GOOD_FOR = timedelta(hours=1)


class LinkFault(StrEnum):
    """Why a link opens nothing."""

    OVER = "over"
    WRONG = "wrong"


class DeadLink(Exception):
    """A link that opens nothing; `fault` says why."""

    def __init__(self, fault: LinkFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def token(mail: OutgoingMail) -> str:
    """Return what stands in the address, of letters, digits, dots, dashes; real time counts from now on."""
    return _signer().sign(str(mail.pk))


def address_of(token: str) -> str:
    """Return the mail address that a link was sent to.

    Raises:
        DeadLink: If it is older than an hour, was not made by us, or its mail is not kept any more.
    """
    try:
        number = _signer().unsign(token, max_age=GOOD_FOR)
    except SignatureExpired as error:
        raise DeadLink(LinkFault.OVER) from error
    except BadSignature as error:
        raise DeadLink(LinkFault.WRONG) from error
    to = OutgoingMail.objects.filter(pk=number, kind=FOUND_MAIL).values_list("to", flat=True).first()
    if to is None:
        raise DeadLink(LinkFault.OVER)
    return to


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="tickets.retrieval.links", sep=".")

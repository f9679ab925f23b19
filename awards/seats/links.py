"""The link of an invitation: signed, it names nobody, and leads to this one invitation alone."""

from datetime import timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer

GOOD_FOR = timedelta(days=21)  # since it was sent last


def token(uuid: UUID) -> str:
    """Return what stands in the address, for a juror's uuid."""
    return _signer().sign(uuid.hex)


def uuid_of(token: str) -> UUID | None:
    """Return whose invitation a link is, or None for one that we did not make."""
    try:
        return UUID(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer() -> Signer:
    return Signer(salt="awards.seats.links", sep=".")

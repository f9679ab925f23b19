"""The link that confirms a ballot: signed, and it names nobody."""

from uuid import UUID

from django.core.signing import BadSignature, Signer


def token(uuid: UUID) -> str:
    """Return what stands in the address, for the ballot that was sent as `uuid`."""
    return _signer().sign(uuid.hex)


def uuid_of(token: str) -> UUID | None:
    """Return which ballot a link confirms, or None for one that we did not make."""
    try:
        return UUID(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer() -> Signer:
    return Signer(salt="awards.voting.links", sep=".")

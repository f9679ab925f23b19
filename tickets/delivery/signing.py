"""The edition's signing keys: made here, stored encrypted, published so that anyone can verify a ticket.

Signing is deterministic (RFC 8032), so a token is never stored: the same ticket gives the same code for ever.
"""

import base64
import logging
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import Edition
from tickets.delivery import tokens
from tickets.exceptions import KeySecretMissing
from tickets.models import SigningKey, Ticket

logger = logging.getLogger(__name__)


def create_key(*, edition: Edition, actor: Actor, now: datetime) -> SigningKey:
    """Make the edition's next key pair and return it; tickets are signed with the newest that is not revoked.

    Raises:
        KeySecretMissing: If there is no secret to encrypt the private half with.
        ValueError: If the edition has used its sixteen keys.
    """
    private = Ed25519PrivateKey.generate()
    sealed = _fernet().encrypt(private.private_bytes_raw())
    with writing(public=False):
        last = SigningKey.objects.filter(edition=edition).order_by("-kid").first()
        kid = last.kid + 1 if last else 0
        if kid > 15:
            raise ValueError("an edition has at most sixteen keys")
        key = SigningKey.objects.create(
            edition=edition,
            kid=kid,
            public=private.public_key().public_bytes_raw(),
            private_encrypted=sealed,
            created_at=now,
        )
        audit.record("signing.made", key, actor=actor, at=now, facts={"kid": kid}, edition=edition)
    return key


def ensure_key(*, edition: Edition, now: datetime) -> SigningKey:
    """Return the key that the edition's tickets are signed with; make the first one when there is none."""
    return current_key(edition.pk) or create_key(edition=edition, actor=Actor.system("edition"), now=now)


def make_first_key(*, edition: Edition, now: datetime) -> None:
    """Give a new edition its key, when there is a secret to keep it under; named in the setting `EDITION_CREATED`.

    Without the secret the edition is made all the same: the CMS, `check` and `fsck` say what is missing for selling.
    """
    try:
        ensure_key(edition=edition, now=now)
    except KeySecretMissing:
        logger.warning("Edition %s has no signing key: TICKET_KEY_SECRET is not set.", edition.number)


def current_key(edition_id: int) -> SigningKey | None:
    """Return the newest key of the edition that is not revoked."""
    return SigningKey.objects.filter(edition_id=edition_id, revoked_at=None).order_by("-kid").first()


def revoke_key(*, key: SigningKey, actor: Actor, now: datetime) -> None:
    """Withdraw a key: its tickets are no longer proof by themselves, only by the list at the door."""
    with writing(public=False):
        if SigningKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now):
            audit.record("signing.revoked", key, actor=actor, at=now, facts={"kid": key.kid}, edition=key.edition)


def signing_pair(edition_id: int) -> tuple[int, Ed25519PrivateKey]:
    """Return the number and the private half of the key that signs the edition's tickets now.

    Raises:
        KeySecretMissing: If there is no key, or the stored one does not open.
    """
    key = current_key(edition_id)
    if key is None:
        raise KeySecretMissing("the edition has no signing key: run `manage.py make_signing_key`")
    return key.kid, _open(bytes(key.private_encrypted), settings.TICKET_KEY_SECRET)


def tokens_for(tickets: Iterable[Ticket]) -> list[str]:
    """Return the QR texts of tickets of one edition, in order.

    Fetch `edition`, `line__day`, and of `line__product` its `days` and `zones`.

    Raises:
        KeySecretMissing: If there is no key, or the stored one does not open.
    """
    tickets = list(tickets)
    if not tickets:
        return []
    kid, private = signing_pair(tickets[0].edition_id)
    return [tokens.sign(parts_of(ticket, kid=kid), private) for ticket in tickets]


def parts_of(ticket: Ticket, *, kid: int) -> tokens.Parts:
    """Return what the token of `ticket` says, signed with key `kid`; one for a session leaves the day to the list."""
    line, edition = ticket.line, ticket.edition
    product = line.product
    if product is None:
        raise ValueError(f"ticket {ticket.pk} comes of a line without a product")
    days = [] if line.occurrence_id else [line.day] if line.day else product.days.all()
    return tokens.Parts(
        kid=kid,
        edition=edition.number,
        ticket=ticket.number,
        issue=ticket.issue,
        product=product.number,
        zoneset=tokens.zone_mask(zone.number for zone in product.zones.all()),
        days=tokens.days_mask((day.date - edition.start_date).days for day in days),
    )


def published_keys() -> list[dict[str, object]]:
    """Return every key as the public list shows it: raw public key in base64url, moments in RFC 3339."""
    return [
        {
            "edition": key.edition.number,
            "kid": key.kid,
            "kty": "OKP",
            "crv": "Ed25519",
            "x": base64.urlsafe_b64encode(bytes(key.public)).decode().rstrip("="),
            "not_before": key.created_at.isoformat(),
            "revoked_at": key.revoked_at and key.revoked_at.isoformat(),
        }
        for key in SigningKey.objects.select_related("edition").order_by("edition__number", "kid")
    ]


@lru_cache(maxsize=16)
def _open(sealed: bytes, _secret: str) -> Ed25519PrivateKey:
    try:
        return Ed25519PrivateKey.from_private_bytes(_fernet().decrypt(sealed))
    except InvalidToken as error:
        raise KeySecretMissing("TICKET_KEY_SECRET is not the secret that the signing key was stored under.") from error


def _fernet() -> Fernet:
    if secret := settings.TICKET_KEY_SECRET:
        return Fernet(secret)
    if not (settings.DEBUG or settings.DEMO):
        raise KeySecretMissing(
            "TICKET_KEY_SECRET is not set. Make one with `manage.py make_signing_key --secret` and keep it."
        )
    derived = HKDF(SHA256(), 32, salt=None, info=b"kermesse ticket keys").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(derived))

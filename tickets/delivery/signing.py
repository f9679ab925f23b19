"""The edition's signing keys: made here, stored encrypted, published so that anyone can verify a ticket.

Signing is deterministic (RFC 8032), so a token is never stored: the same ticket gives the same code for ever.
"""

import base64
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from festival.core.transactions import write_transaction
from festival.models import Edition
from tickets.delivery import tokens
from tickets.exceptions import KeySecretMissing
from tickets.models import Position, SigningKey


def create_key(*, edition: Edition, now: datetime) -> SigningKey:
    """Make the edition's next key pair and return it; tickets are signed with the newest that is not revoked.

    Raises:
        KeySecretMissing: If there is no secret to encrypt the private half with.
        ValueError: If the edition has used its sixteen keys.
    """
    private = Ed25519PrivateKey.generate()
    sealed = _fernet().encrypt(private.private_bytes_raw())
    with write_transaction():
        last = SigningKey.objects.filter(edition=edition).order_by("-kid").first()
        kid = last.kid + 1 if last else 0
        if kid > 15:
            raise ValueError("an edition has at most sixteen keys")
        return SigningKey.objects.create(
            edition=edition,
            kid=kid,
            public=private.public_key().public_bytes_raw(),
            private_encrypted=sealed,
            created_at=now,
        )


def ensure_key(*, edition: Edition, now: datetime) -> SigningKey:
    """Return the key that the edition's tickets are signed with; make the first one when there is none."""
    return current_key(edition.pk) or create_key(edition=edition, now=now)


def current_key(edition_id: int) -> SigningKey | None:
    """Return the newest key of the edition that is not revoked."""
    return SigningKey.objects.filter(edition_id=edition_id, revoked_at=None).order_by("-kid").first()


def revoke_key(*, key: SigningKey, now: datetime) -> None:
    """Withdraw a key: its tickets are no longer proof by themselves, only by the list at the door."""
    SigningKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now)


def tokens_for(positions: Iterable[Position]) -> list[str]:
    """Return the QR texts of tickets of one order, in order. Fetch `order__edition`, `product__days` and `day` before.

    Raises:
        KeySecretMissing: If there is no key, or the stored one does not open.
    """
    positions = list(positions)
    if not positions:
        return []
    edition = positions[0].order.edition
    key = current_key(edition.pk)
    if key is None:
        raise KeySecretMissing(f"edition {edition.number} has no signing key: run `manage.py make_signing_key`")
    private = _open(bytes(key.private_encrypted), settings.TICKET_KEY_SECRET)
    return [tokens.sign(parts_of(position, edition=edition, kid=key.kid), private) for position in positions]


def parts_of(position: Position, *, edition: Edition, kid: int) -> tokens.Parts:
    """Return what the token of `position` says, signed with key `kid`."""
    days = [position.day] if position.day else position.product.days.all()
    return tokens.Parts(
        kid=kid,
        edition=edition.number,
        ticket=position.ticket,
        issue=position.issue,
        product=position.product.number,
        zoneset=0,
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

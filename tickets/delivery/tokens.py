r"""The codes on a ticket: the signed token in the QR code and the short code that people type.

Token, form S, 76 bytes, big-endian:

    [version:4 | kid:4] [edition u16] [ticket u32] [issue u8] [product u8] [zoneset u8] [days u16]
    [Ed25519 signature: 64 bytes]

- `version` is 1; `kid` chooses the edition's public key.
- `days`: bit n stands for the edition's n-th day, the first day being bit 0; 0 means "ask the list".
- `zoneset`: the zones that the ticket's product opens; 0 for one that opens no zone.
- The signature covers `b"evtkt1\0"` and the first 12 bytes. The prefix is not transmitted; it keeps a signature made
  for another purpose from ever being a ticket.
- Text: Crockford base 32, upper case, 122 characters, the two spare bits zero. That is the most a version 5 QR code at
  level M holds in alphanumeric mode. No name, no address: the token says nothing about its holder.

Short code: 7 random Crockford characters and a check character, written `7K3F-9Q2M`. The check is a linear code over
GF(32): every single wrong character and every swap of two characters is noticed.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tickets.exceptions import MalformedCode

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TOKEN_LENGTH = 122
SHORT_LENGTH = 8
SHORT_CODES = 32 ** (SHORT_LENGTH - 1)

_VERSION = 1
_DOMAIN = b"evtkt1\0"
_FIELDS = struct.Struct(">BHIBBBH")
_SIZE = _FIELDS.size + 64
_SPARE_BITS = TOKEN_LENGTH * 5 - _SIZE * 8
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_IGNORED = " -\t\r\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"} | dict.fromkeys(_IGNORED))


@dataclass(frozen=True, slots=True)
class Parts:
    """What a token says. Ranges: `kid` 0–15, `edition` and `days` 16 bits, `ticket` 32 bits, the rest one byte each."""

    kid: int
    edition: int
    ticket: int
    issue: int
    product: int
    zoneset: int
    days: int


@dataclass(frozen=True, slots=True)
class Token:
    """A token that was read: its parts, and a signature that nobody has checked yet."""

    parts: Parts
    signature: bytes


def sign(parts: Parts, key: Ed25519PrivateKey) -> str:
    """Return the token's 122 characters; the same parts and key always give the same text.

    Raises:
        ValueError: If a part is out of its range.
    """
    message = _message(parts)
    return _encode(message + key.sign(_DOMAIN + message))


def parse(text: str) -> Token:
    """Read a token, tolerating lower case, spaces, hyphens and I, L, O for 1, 1, 0.

    Raises:
        MalformedCode: If it is not a token of this version and length.
    """
    characters = normalise(text)
    if len(characters) != TOKEN_LENGTH:
        raise MalformedCode("not 122 characters")
    number = _number(characters)
    if number & ((1 << _SPARE_BITS) - 1):
        raise MalformedCode("spare bits are not zero")
    raw = (number >> _SPARE_BITS).to_bytes(_SIZE)
    head, *fields = _FIELDS.unpack(raw[: _FIELDS.size])
    if head >> 4 != _VERSION:
        raise MalformedCode(f"unknown version {head >> 4}")
    return Token(Parts(head & 15, *fields), raw[_FIELDS.size :])


def verify(token: Token, public: bytes) -> bool:
    """Return whether the holder of the 32-byte raw Ed25519 key `public` signed this token (RFC 8032)."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(token.signature, _DOMAIN + _message(token.parts))
    except InvalidSignature:
        return False
    return True


def days_mask(indices: Iterable[int]) -> int:
    """Return the `days` field for day numbers counted from 0; only the first sixteen days have a bit.

    Any other day makes the whole field 0, "ask the list": a mask must never hide a day that was paid for.
    """
    chosen = set(indices)
    return 0 if any(not 0 <= index <= 15 for index in chosen) else sum(1 << index for index in chosen)


def zone_mask(numbers: Iterable[int]) -> int:
    """Return the `zoneset` field for the numbers of zones, 1 to 8: bit n stands for the zone of the number n + 1."""
    return sum(1 << number - 1 for number in set(numbers))


def normalise(text: str) -> str:
    """Return what was scanned or typed in the spelling of our codes: upper case, no separators, no look-alikes."""
    return text.upper().translate(_READ_AS)


def short_code(number: int) -> str:
    """Return the 8-character short code of `number` (0 to SHORT_CODES - 1), check character last."""
    if not 0 <= number < SHORT_CODES:
        raise ValueError(f"{number} has no short code")
    values = [number >> shift & 31 for shift in range(30, -1, -5)]
    return "".join(ALPHABET[value] for value in [*values, _check(values)])


def parse_short_code(text: str) -> str:
    """Return the short code that `text` means, tolerant like `parse`.

    Raises:
        MalformedCode: If its length, a character or its check character is wrong.
    """
    characters = normalise(text)
    if len(characters) != SHORT_LENGTH:
        raise MalformedCode("not 8 characters")
    if short_code(_number(characters[:-1])) != characters:
        raise MalformedCode("the check character is wrong")
    return characters


def spell_short_code(code: str) -> str:
    """Return a short code as it is printed: `7K3F-9Q2M`."""
    return f"{code[:4]}-{code[4:]}"


def _message(parts: Parts) -> bytes:
    if not 0 <= parts.kid <= 15:
        raise ValueError(f"kid {parts.kid} is not within 0 to 15")
    try:
        return _FIELDS.pack(
            _VERSION << 4 | parts.kid,
            parts.edition,
            parts.ticket,
            parts.issue,
            parts.product,
            parts.zoneset,
            parts.days,
        )
    except struct.error as error:
        raise ValueError(f"{parts} does not fit a token: {error}") from error


def _encode(raw: bytes) -> str:
    number = int.from_bytes(raw) << _SPARE_BITS
    return "".join(ALPHABET[number >> shift & 31] for shift in range((TOKEN_LENGTH - 1) * 5, -1, -5))


def _number(characters: str) -> int:
    number = 0
    for character in characters:
        if character not in _VALUES:
            raise MalformedCode(f"{character!r} is not in the alphabet")
        number = number << 5 | _VALUES[character]
    return number


def _check(values: list[int]) -> int:
    """Return Σ aⁿ·vₙ in GF(32), a being a root of x⁵ + x² + 1; position n counts from 1 at the right."""
    total = 0
    for value in values:
        total = _times_a(total ^ value)
    return total


def _times_a(element: int) -> int:
    doubled = element << 1
    return doubled ^ 0b100101 if doubled & 32 else doubled

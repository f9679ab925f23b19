"""The number on a certificate: the beginning of a random identifier, written so that one can read it out."""

import re
from uuid import UUID

DIGITS = 12  # 48 bits: nobody finds another one by trying
REST = 32 - DIGITS
_WRITTEN = re.compile(r"[0-9A-F]{12}")


def number_of(identifier: UUID) -> str:
    """Return the number, such as `1F0C-93AB-77D2`."""
    digits = identifier.hex[:DIGITS].upper()
    return "-".join(digits[start : start + 4] for start in range(0, DIGITS, 4))


def bounds_of(typed: str) -> tuple[UUID, UUID] | None:
    """Return the first and the last identifier that a typed number may be of; None for what is no number.

    Spaces, hyphens and small letters do not matter; a letter O is a zero, as I and L are ones.
    """
    digits = re.sub(r"[\s\-\u2010-\u2015]", "", typed).upper().translate(str.maketrans("OIL", "011"))
    if not _WRITTEN.fullmatch(digits):
        return None
    return UUID(digits + "0" * REST), UUID(digits + "F" * REST)

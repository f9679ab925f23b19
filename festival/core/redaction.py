"""What looks like a secret or an address, and is therefore kept out of logs. No Django, no clock, no randomness."""

import re

WITHHELD = "[…]"

# A key of which a part is one of these names a secret, whatever it holds: `short_code`, `csrf_token`, `newPassword`.
_SECRET_WORD = re.compile(
    r"(apikey|authorization|code|cookie|credential|csrf|iban|otp|passkey|passphrase|passwd|password|pin|secret|signature"
    r"|token)s?"
)
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ADDRESS = re.compile(r"[^\s<>@,;:\"'()\[\]{}]+@[^\s<>@,;:\"'()\[\]{}]+")
# Twenty characters in a row with a small letter, a capital and a digit: no word, no UUID, no date, no slug has them.
_RANDOM = re.compile(
    r"(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)(?<![\w-])[\w-]{20,}",
    re.ASCII,
)


def names_a_secret(key: str) -> bool:
    """Return whether a field called `key` would hold a secret, singular or plural, in any style of writing."""
    return any(_SECRET_WORD.fullmatch(part.lower()) for part in _PARTS.findall(key))


def redact(text: str) -> str:
    """Return `text` with mail addresses and what looks random replaced by `[…]`."""
    return _RANDOM.sub(WITHHELD, _ADDRESS.sub(WITHHELD, text))

"""What looks like a secret or an address, and is therefore kept out of logs. No Django, no clock, no randomness."""

import re

WITHHELD = "[…]"

# A key of which a part is one of these names a secret, whatever it holds: `short_code`, `csrf_token`, `newPassword`.
_SECRET_WORD = re.compile(
    r"(apikey|authorization|code|cookie|credential|csrf|iban|otp|passkey|passphrase|passwd|password|pin|secret|signature"
    r"|token)s?"
)
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# Each is looked for once a run of its characters, at its begin, so that a long line costs no more than its length.
_OF_ADDRESS = r"[^\s<>@,;:\"'()\[\]{}]"
_ADDRESS = re.compile(rf"(?<!{_OF_ADDRESS}){_OF_ADDRESS}+@{_OF_ADDRESS}+")
# Twenty characters in a row with a small letter, a capital and a digit: no word, no UUID, no date, no slug has them.
_RANDOM = re.compile(
    r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{20,}",
    re.ASCII,
)
# `/fr/commande/KWRT2345/SECRET/…`, `/fr/billetterie/retrouver/TOKEN/`, `/fr/billetterie/me-prevenir/stop/SECRET/`,
# `/compte/password/reset/key/1-KEY/`, `/agenda/TOKEN.ics`
_BEHIND_CODE = re.compile(
    r"(/(?:order|commande|key|agenda|find|retrouver|confirm|stop|[^/\s]+/[23456789BCDFGHJKMNPQRSTVWXZ]{8})/)"
    r"[^/\s?\"']+(?:/[^\s?\"']*)?"
)
_QUERY = re.compile(r"(/[^\s?\"']*\?)[^\s\"']+")


def names_a_secret(key: str) -> bool:
    """Return whether a field called `key` would hold a secret, singular or plural, in any style of writing."""
    return any(_SECRET_WORD.fullmatch(part.lower()) for part in _PARTS.findall(key))


def redact(text: str) -> str:
    """Return `text` with mail addresses and what looks random replaced by `[…]`."""
    return _RANDOM.sub(WITHHELD, _ADDRESS.sub(WITHHELD, text))


def redact_addresses(text: str) -> str:
    """Return a line of a log with the secrets of our addresses replaced too, whole, short or mistyped.

    Behind the code of an order, behind the word for a key, and behind a question mark no part is kept.
    """
    return redact(_QUERY.sub(rf"\1{WITHHELD}", _BEHIND_CODE.sub(rf"\1{WITHHELD}", text)))

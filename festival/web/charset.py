"""In which encoding a body says it is written; the site reads UTF-8. Plain Python.

Django looks a charset up among all of Python's codecs, of which some are no encodings (`rot13`, `zlib`), some do not
keep `&` and `=` where they are (`utf-16`, `utf-7`), and some fail at what they cannot decode (`undefined`).
"""

import re

# What a content type is made of (RFC 9110, section 8.3.1), without the extended parameters that none of its kind has
# (RFC 8187, section 3.2).
_HEADER = re.compile(r"[\t !-)+-~]{0,1000}")
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([^\";]*)", re.IGNORECASE)
# Labels of UTF-8 (WHATWG Encoding, section 4.2), and of what is a part of it.
_UTF8 = {"utf-8", "utf8", "unicode-1-1-utf-8", "us-ascii", "ascii"}
UNREADABLE = "application/octet-stream; charset=unknown"


def readable_type(content_type: str) -> str:
    """Return the content type of a request as it came, or one that is refused where it cannot be taken apart.

    Django fails on some while it makes the request, before any middleware is asked.
    """
    is_readable = _HEADER.fullmatch(content_type) and all(is_read(name) for name in _CHARSET.findall(content_type))
    return content_type if is_readable else UNREADABLE


def is_read(charset: str | None) -> bool:
    """Return whether the site reads bodies of this charset; one without a word about it is UTF-8."""
    return charset is None or charset.strip().casefold() in _UTF8

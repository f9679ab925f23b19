"""Numbers of rows, and addresses to go on to, as anybody may have typed them. Plain Python."""

from urllib.parse import urlsplit

_MOST_DIGITS = 18  # a longer one breaks SQLite, and thousands of them Python


def is_key(text: str) -> bool:
    """Return whether the text can be the number of a row: 1 to 18 digits of ASCII."""
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS


def is_address(text: str) -> bool:
    """Return whether a text can be taken apart as an address (RFC 3986): not one with half of a host in brackets."""
    try:
        urlsplit(text)
    except ValueError:
        return False
    return True

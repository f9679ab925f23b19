"""Numbers of rows that come in an address or a form, as anybody may have typed them. Plain Python."""

_MOST_DIGITS = 18  # a longer one breaks SQLite, and thousands of them Python


def is_key(text: str) -> bool:
    """Return whether the text can be the number of a row: 1 to 18 digits of ASCII."""
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS

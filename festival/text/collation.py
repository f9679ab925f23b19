"""How names are sorted. Plain Python."""

import unicodedata

# Letters that Unicode does not take apart, as a French index files them.
_LETTERS = str.maketrans(
    {"Ø": "O", "ø": "o", "Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "Ð": "D", "ð": "d"}
    | {"Þ": "Th", "þ": "th", "Æ": "Ae", "æ": "ae", "Œ": "Oe", "œ": "oe"}
)


def sort_key(name: str) -> str:
    """Return a key that sorts names as a French index does: accents, apostrophes, hyphens and case do not count."""
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    return "".join(c for c in plain.casefold() if c.isalnum() or c == " ")

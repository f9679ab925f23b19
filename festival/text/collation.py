"""How names are sorted, and how they are found. Plain Python."""

import unicodedata

# Letters that Unicode does not take apart, as a French index files them.
_LETTERS = str.maketrans(
    {"Ø": "O", "ø": "o", "Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "Ð": "D", "ð": "d"}
    | {"Þ": "Th", "þ": "th", "Æ": "Ae", "æ": "ae", "Œ": "Oe", "œ": "oe"}
    | {"Ħ": "H", "ħ": "h", "Ŧ": "T", "ŧ": "t", "ı": "i"}
)


def sort_key(name: str) -> str:
    """Return a key that sorts names as a French index does: accents, apostrophes, hyphens and case do not count."""
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    return "".join(c for c in plain.casefold() if c.isalnum() or c == " ")


def words_of(name: str) -> list[str]:
    """Return the words of a name as they are compared: `N’Guessan` gives `n` and `guessan`; accents and case go."""
    return sort_key("".join(c if c.isalnum() or _is_mark(c) else " " for c in name)).split()


def words_to_find(*names: str) -> str:
    """Return all that `names` can be found by, each word with a blank before it: ` n guessan nguessan`.

    Words that a hyphen or an apostrophe joins stand apart and together, as people type them either way.
    """
    words = [word for name in names for word in [*words_of(name), *sort_key(" ".join(name.split())).split()]]
    return "".join(f" {word}" for word in dict.fromkeys(words))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")

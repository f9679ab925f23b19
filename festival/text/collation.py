"""How names are sorted, and how they are found; the countries as each language calls and files them. Plain Python."""

import unicodedata
from functools import lru_cache

from babel import Locale, UnknownLocaleError

# Letters that Unicode does not take apart, as a French index files them.
_LETTERS = str.maketrans(
    {"Ø": "O", "ø": "o", "Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "Ð": "D", "ð": "d"}
    | {"Þ": "Th", "þ": "th", "Æ": "Ae", "æ": "ae", "Œ": "Oe", "œ": "oe"}
    | {"Ħ": "H", "ħ": "h", "Ŧ": "T", "ŧ": "t", "ı": "i"}
)
# Two letters that CLDR names and that are no country or territory of ISO 3166-1: groups, reserved and invented codes.
_NO_COUNTRY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})


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


@lru_cache(maxsize=16)
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """Return code and name of each country, sorted as the language files them; an unknown language reads English."""
    names = _locale(language).territories
    found = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    return tuple(sorted((one for one in found if one[0] not in _NO_COUNTRY), key=lambda one: sort_key(one[1])))


def country_name(code: str, language: str) -> str:
    """Return what a country is called; the code itself when it is none."""
    return next((name for known, name in countries(language) if known == code), code)


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")

"""The countries to choose from, called as each language calls them (Unicode CLDR, through Babel)."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError

from festival.text.collation import sort_key

# Two letters that CLDR names and that are no country or territory of ISO 3166-1: groups, reserved and invented codes.
_NO_COUNTRY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})


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

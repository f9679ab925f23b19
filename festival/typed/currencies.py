"""Currencies: which ones the site can count in, and how people write them (ISO 4217, Unicode CLDR through Babel)."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_precision

_DECIMALS = 2  # amounts are whole hundredths everywhere, as for the payment services


def is_counted_in_cents(code: str) -> bool:
    """Return whether the three capitals name a currency that has a hundredth part: not so yen and dinars."""
    return code in _locale("en").currencies and get_currency_precision(code) == _DECIMALS


@lru_cache(maxsize=64)
def sign(code: str, language: str) -> str:
    """Return how a language marks amounts of a currency: `€`, `£`, `CHF`; the code itself for one it does not know."""
    return str(_locale(language).currency_symbols.get(code, code))


def marks(code: str, language: str) -> tuple[str, ...]:
    """Return what people put beside an amount of a currency, the longest first: its code and its signs."""
    return tuple(sorted({code, sign(code, "en"), sign(code, language)}, key=lambda mark: (-len(mark), mark)))


def _locale(language: str) -> Locale:
    for code in (language.replace("-", "_"), language.partition("-")[0]):
        try:
            return Locale.parse(code)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")

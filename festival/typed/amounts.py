"""Amounts and percentages as people type them. Inside, both are whole hundredths: cents, hundredths of a percent."""

import re
import unicodedata
from collections.abc import Iterable

# Cents may be left out behind their point, or be a dash: `12.`, `12,-`.
_AMOUNT = re.compile(r"([0-9]{1,6})(?:[.,](?:([0-9]{1,2})|[-\u2013\u2014])?)?")
_POINTS = {"\N{FULLWIDTH COMMA}": ",", "\N{FULLWIDTH FULL STOP}": ".", "\N{ARABIC DECIMAL SEPARATOR}": "."}
_BETWEEN = re.compile(r"(?<=[0-9])['\u2019](?=[0-9]{3}(?![0-9]))")


def parse_amount(text: str, marks: Iterable[str] = ("EUR", "€")) -> int | None:
    """Return an amount as people type it ("12,50", "12.5 €", "1 200", "1'200.-") in hundredths; None when it is none.

    `marks` are what may stand before or behind it, in capitals or not: the code and the signs of its currency, the
    longest first, or `%`. Digits are those of any script.
    """
    plain = "".join(_digit(sign) for sign in text.casefold() if not sign.isspace())
    for mark in ("".join(mark.casefold().split()) for mark in marks):
        if plain != (plain := plain.removeprefix(mark).removesuffix(mark)):
            break
    found = _AMOUNT.fullmatch(_BETWEEN.sub("", plain))
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else None


def _digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else _POINTS.get(sign, sign)

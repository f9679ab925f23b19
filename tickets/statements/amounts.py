"""Amounts and dates as banks write them. Plain Python."""

import re
from datetime import date

from tickets.statements.entries import HIGHEST

_NOT_A_NUMBER = re.compile(r"[^0-9.,+\-]")
_BLANKS_AND_SIGNS = re.compile(r"[\s\u00a0\u202f'’€$£]|EUR|CHF|USD|GBP", re.IGNORECASE)
_PLAIN = re.compile(r"(?P<whole>\d{1,15})(?:[.,](?P<part>\d{1,2}))?")
_GROUPED = re.compile(r"(?P<whole>\d{1,3}(?:(?P<by>[.,])\d{3})(?:(?P=by)\d{3})*)(?:(?!(?P=by))[.,](?P<part>\d{1,2}))")
_MANY_GROUPS = re.compile(r"\d{1,3}(?:(?P<by>[.,])\d{3})(?:(?P=by)\d{3})+")
_DATES = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), (0, 1, 2)),
    (re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})"), (0, 1, 2)),
    (re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})"), (2, 1, 0)),
    (re.compile(r"(\d{4})(\d{2})(\d{2})"), (0, 1, 2)),
)


def typed_cents(text: str) -> int:
    """Return the cents of an amount as people and spreadsheets write it: `1 234,56`, `-1.234,56 €`, `12.5`, `7,00-`.

    Raises:
        ValueError: If it is no amount, one that could be two (`1,234`), or too large.
    """
    bare = _BLANKS_AND_SIGNS.sub("", text).replace("\u2212", "-")
    if not bare or not bare.isascii() or _NOT_A_NUMBER.search(bare):
        raise ValueError(text)
    sign = -1 if "-" in (bare[0], bare[-1]) else 1
    digits = bare[1:] if bare[0] in "+-" else bare[:-1] if bare[-1] in "+-" else bare
    found = _PLAIN.fullmatch(digits) or _GROUPED.fullmatch(digits)
    if found:
        whole, part = re.sub(r"\D", "", found["whole"]), found["part"] or ""
    elif _MANY_GROUPS.fullmatch(digits):
        whole, part = re.sub(r"\D", "", digits), ""
    else:
        raise ValueError(text)
    return sign * _in_range(int(whole) * 100 + int(part.ljust(2, "0")))


def exact_cents(text: str, separator: str) -> int:
    """Return the cents of an amount with one decimal separator and nothing else: `12.50`, or `12,5` in SWIFT messages.

    Raises:
        ValueError: If it is none, finer than a cent, or too large.
    """
    found = re.fullmatch(rf"(\d{{1,15}})(?:{re.escape(separator)}(\d{{0,5}}))?", text, re.ASCII)
    if not found or (found[2] or "")[2:].strip("0"):
        raise ValueError(text)
    return _in_range(int(found[1]) * 100 + int((found[2] or "")[:2].ljust(2, "0")))


def typed_date(text: str) -> date:
    """Return a day as banks write it, with or without a time after it: `02/05/2027`, `2.5.27`, `2027-05-02T10:00`.

    The day stands before the month, except behind a year. Two digits of a year are of this century.

    Raises:
        ValueError: If it is none.
    """
    first = (text.replace("T", " ").split() or [""])[0]
    for pattern, (year, month, day) in _DATES:
        if first.isascii() and (found := pattern.fullmatch(first)):
            numbers = [int(number) for number in found.groups()]
            full_year = numbers[year] + 2000 if numbers[year] < 100 else numbers[year]
            return date(full_year, numbers[month], numbers[day])
    raise ValueError(text)


def _in_range(cents: int) -> int:
    if cents > HIGHEST:
        raise ValueError(cents)
    return cents

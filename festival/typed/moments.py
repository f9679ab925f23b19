"""Dates and times as people type them, in French and English: understood without a doubt or not at all. Plain Python.

`12/06/2027` is June to one half of the readers and December to the other, `12.06.27` may be a year or a day: what gives
the month as a number must begin with the year (ISO 8601), all else needs the month's name.
"""

import re
import unicodedata

# Of the calendar's first and last year a moment has no place in another zone, and databases fail on it.
FIRST_YEAR, LAST_YEAR = 1900, 2199

_MONTHS = (
    ("janvier", "january", "janv", "jan"),
    ("fevrier", "february", "fevr", "feb"),
    ("mars", "march", "mar"),
    ("avril", "april", "avr", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "july", "juil", "jul"),
    ("aout", "august", "aug"),
    ("septembre", "september", "sept", "sep"),
    ("octobre", "october", "oct"),
    ("novembre", "november", "nov"),
    ("decembre", "december", "dec"),
)
_NUMBER_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_NAME = f"(?P<name>{'|'.join(sorted(_NUMBER_OF, key=len, reverse=True))})\\.?"
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>\d{4})"
_DATES = (
    re.compile(rf"{_YEAR}(?P<sign>[-/.])(?P<month>\d{{1,2}})(?P=sign){_DAY}"),
    re.compile(rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)"),
    re.compile(rf"{_DAY}(?:er|st|nd|rd|th)?\.? {_NAME},? {_YEAR}"),
    re.compile(rf"{_NAME} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}"),
)
_TIME = re.compile(r"(?P<hours>\d{1,2})(?:(?:: ?| ?h ?)(?P<minutes>\d\d)(?P<rest>:\d\d(?:\.\d{1,6})?)?| ?h)")
_MOMENT = re.compile(
    r"(?P<date>.*?\d)(?: ?t ?|,? (?:a |at )?)(?P<time>\d{1,2} ?[:h][^a-z+-]*)(?P<offset>z|[+-][\d:]+)?"
)


def iso_date(text: str) -> str | None:
    """Return `2027-06-12` for a date that can mean one day only; whether there is such a day is not asked."""
    return _date(_folded(text))


def iso_time(text: str) -> str | None:
    """Return `18:30` or `18:30:00` for a time of day on a 24-hour clock, such as `18:30`, `18 h 30` or `18h`."""
    return _time(_folded(text))


def iso_moment(text: str) -> str | None:
    """Return `2027-06-12T18:30`, with its offset if it has one, for a date and a time; a date alone is its midnight."""
    folded = _folded(text)
    if alone := _date(folded):
        return f"{alone}T00:00"
    found = _MOMENT.fullmatch(folded)
    if not found:
        return None
    day, clock, offset = _date(found["date"]), _time(found["time"].strip()), (found["offset"] or "").upper()
    return f"{day}T{clock}{offset}" if day and clock else None


def _folded(text: str) -> str:
    """Return the text in small letters without accents, with single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def _date(text: str) -> str | None:
    if not text.isascii():
        return None
    for form in _DATES:
        if found := form.fullmatch(text):
            parts = found.groupdict()
            month = _NUMBER_OF[parts["name"]] if "name" in parts else int(parts["month"])
            return f"{parts['year']}-{month:02}-{int(parts['day']):02}"
    return None


def _time(text: str) -> str | None:
    found = _TIME.fullmatch(text) if text.isascii() else None
    return f"{int(found['hours']):02}:{found['minutes'] or '00'}{found['rest'] or ''}" if found else None

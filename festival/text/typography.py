"""How dates, times, prices and numbers are written in French and in English.

French follows the usage of the Imprimerie nationale: no-break spaces, `14 h 30`, a raised `er`, the currency behind.
English is British with a 24-hour clock. Every function takes `language` ("fr" or "en"; the active one by default).
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.dates import MONTHS, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

NBSP = "\N{NO-BREAK SPACE}"
NNBSP = "\N{NARROW NO-BREAK SPACE}"


def clock_time(value: datetime | time, language: str | None = None) -> str:
    """Return `14 h 30`, `14 h` or `14:30`; aware datetimes are shown in the festival's time zone."""
    value = local(value) if isinstance(value, datetime) else value
    if _french(language):
        return f"{value.hour}{NBSP}h{NBSP}{value.minute:02}" if value.minute else f"{value.hour}{NBSP}h"
    return f"{value.hour}:{value.minute:02}"


def time_range(start: datetime | time, end: datetime | time, language: str | None = None) -> str:
    """Return `9 h 30 – 10 h 15` or `9:30–10:15`."""
    dash = f"{NBSP}– " if _french(language) else "–"
    return f"{clock_time(start, language)}{dash}{clock_time(end, language)}"


def long_date(value: date, language: str | None = None) -> SafeString:
    """Return `samedi 1<sup>er</sup> mai 2027` or `Saturday 1 May 2027`, as HTML."""
    value = local(value) if isinstance(value, datetime) else value
    return format_html(
        "{} {}{}{}", _name(WEEKDAYS[value.weekday()], language), day_and_month(value, language), NBSP, value.year
    )


def short_date(value: date, language: str | None = None) -> SafeString:
    """Return `samedi 1<sup>er</sup> mai` or `Saturday 1 May`, as HTML."""
    value = local(value) if isinstance(value, datetime) else value
    return format_html("{} {}", _name(WEEKDAYS[value.weekday()], language), day_and_month(value, language))


def day_and_month(value: date, language: str | None = None) -> SafeString:
    """Return `1<sup>er</sup> mai` or `1 May`, as HTML."""
    month = _name(MONTHS[value.month], language)
    raised = mark_safe("<sup>er</sup>") if value.day == 1 and _french(language) else ""
    return format_html("{}{}{}{}", value.day, raised, NBSP, month)


def plain_date(value: date, language: str | None = None) -> str:
    """Return `samedi 1er mai 2027` without markup, for mails, PDFs' metadata and titles."""
    return str(long_date(value, language)).replace("<sup>er</sup>", "er")


def weekday(value: date, language: str | None = None) -> str:
    """Return `sam.` or `Sat`."""
    short = _name(WEEKDAYS_ABBR[value.weekday()], language)
    return f"{short.rstrip('.').lower()}." if _french(language) else short


def price(cents: int, currency: str = "EUR", language: str | None = None) -> str:
    """Return `12,50 €`, `110 €` or `€12.50` for an amount in cents; only whole-cent currencies are known."""
    symbol = {"EUR": "€"}.get(currency, currency)
    units, rest = divmod(abs(cents), 100)
    sign = "−" if cents < 0 else ""
    if _french(language):
        return f"{sign}{number(units, language)}{f',{rest:02}' if rest else ''}{NBSP}{symbol}"
    return f"{sign}{symbol}{number(units, language)}{f'.{rest:02}' if rest else ''}"


def number(value: int, language: str | None = None) -> str:
    """Return `1 200` (narrow no-break space) or `1,200`."""
    return f"{value:,}".replace(",", NNBSP) if _french(language) else f"{value:,}"


def listed(words: Sequence[str]) -> str:
    """Return `a, b and c` in the active language."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def local(value: datetime) -> datetime:
    """Return an aware datetime in the festival's time zone; a naive one is taken to be local already."""
    return value if timezone.is_naive(value) else value.astimezone(ZoneInfo(settings.TIME_ZONE))


def _french(language: str | None) -> bool:
    return (language or translation.get_language() or "fr").startswith("fr")


def _name(lazy: object, language: str | None) -> str:
    with translation.override("fr" if _french(language) else "en"):
        return str(lazy)

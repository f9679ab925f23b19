"""How dates, times, prices and numbers are written in each language.

French follows the usage of the Imprimerie nationale: no-break spaces, `14 h 30`, a raised `er`, the currency behind.
English is British with a 24-hour clock. Every other language is written as Django's formats of it say.
Every function takes `language`, a code such as `fr` or `pt-br`; the active one by default.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from html import unescape

from django.conf.locale import LANG_INFO
from django.utils import formats, timezone, translation
from django.utils.dates import MONTHS, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from festival.text.languages import main_language
from festival.text.preference import general_form
from festival.typed import currencies

NBSP = "\N{NO-BREAK SPACE}"
NNBSP = "\N{NARROW NO-BREAK SPACE}"
ONE_LINE = 28

# Where the sign of the currency stands in front (EU Interinstitutional Style Guide 7.3.3); elsewhere it is behind.
_SIGN_FIRST = {"en", "ga", "lv", "mt"}


def clock_time(value: datetime | time, language: str | None = None) -> str:
    """Return `14 h 30`, `14 h` or `14:30`; aware datetimes are shown in the festival's time zone."""
    value = local(value) if isinstance(value, datetime) else value
    if _is(language, "fr"):
        return f"{value.hour}{NBSP}h{NBSP}{value.minute:02}" if value.minute else f"{value.hour}{NBSP}h"
    if _is(language, "en"):
        return f"{value.hour}:{value.minute:02}"
    return _formatted(value, "TIME_FORMAT", language)


def time_range(start: datetime | time, end: datetime | time, language: str | None = None) -> str:
    """Return `9 h 30 – 10 h 15` or `9:30–10:15`."""
    dash = f"{NBSP}– " if _is(language, "fr") else "–"
    return f"{clock_time(start, language)}{dash}{clock_time(end, language)}"


def long_date(value: date, language: str | None = None) -> SafeString:
    """Return `samedi 1<sup>er</sup> mai 2027`, `Saturday 1 May 2027` or `sábado, 1 de mayo de 2027`, as HTML."""
    value = local(value) if isinstance(value, datetime) else value
    if _has_own_rules(language):
        return format_html("{}{}{}", short_date(value, language), NBSP, value.year)
    return format_html("{}, {}", _weekday_name(value, language), _formatted(value, "DATE_FORMAT", language))


def short_date(value: date, language: str | None = None) -> SafeString:
    """Return `samedi 1<sup>er</sup> mai`, `Saturday 1 May` or `sábado, 1 de mayo`, as HTML."""
    value = local(value) if isinstance(value, datetime) else value
    comma = "" if _has_own_rules(language) else ","
    return format_html("{}{} {}", _weekday_name(value, language), comma, day_and_month(value, language))


def day_and_month(value: date, language: str | None = None) -> SafeString:
    """Return `1<sup>er</sup> mai`, `1 May` or `1 de mayo`, as HTML."""
    value = local(value) if isinstance(value, datetime) else value
    if not _has_own_rules(language):
        return format_html("{}", _formatted(value, "MONTH_DAY_FORMAT", language))
    return format_html("{}{}{}", day_numeral(value, language), NBSP, _name(MONTHS[value.month], language))


def day_numeral(value: date, language: str | None = None) -> SafeString:
    """Return `1<sup>er</sup>` or `7`, as HTML: the day without its month."""
    value = local(value) if isinstance(value, datetime) else value
    raised = mark_safe("<sup>er</sup>") if value.day == 1 and _is(language, "fr") else ""
    return format_html("{}{}", value.day, raised)


def plain_date(value: date, language: str | None = None) -> str:
    """Return `samedi 1er mai 2027` without markup, for mails, PDFs' metadata and titles."""
    return unescape(strip_tags(long_date(value, language)))


def plain_day(value: date, language: str | None = None) -> str:
    """Return `1er mai 2027` without markup, where the day of the week says nothing: versions, papers."""
    value = local(value) if isinstance(value, datetime) else value
    day = unescape(strip_tags(day_and_month(value, language)))
    return f"{day}{NBSP}{value.year}" if _has_own_rules(language) else str(_formatted(value, "DATE_FORMAT", language))


def plain_short_date(value: date, language: str | None = None) -> str:
    """Return `samedi 1er mai` without markup, for the same."""
    return unescape(strip_tags(short_date(value, language)))


def moment(value: datetime) -> str:
    """Return `dimanche 2 mai 2027, 14 h 30` without markup, in the active language and the festival's time zone."""
    return f"{plain_date(value)}, {clock_time(value)}"


def weekday(value: date, language: str | None = None) -> str:
    """Return `sam.` or `Sat`."""
    short = _name(WEEKDAYS_ABBR[value.weekday()], language)
    return f"{short.rstrip('.').lower()}." if _is(language, "fr") else short


def price(cents: int, currency: str = "EUR", language: str | None = None) -> str:
    """Return `12,50 €`, `110 €` or `€12.50` for an amount in cents; only whole-cent currencies are known."""
    units, rest = divmod(abs(cents), 100)
    sign = "−" if cents < 0 else ""
    fraction = f"{_decimal_separator(language)}{rest:02}" if rest else ""
    return sign + _with_currency(f"{number(units, language)}{fraction}", currency, language)


def open_price(currency: str = "EUR", language: str | None = None) -> str:
    """Return `… €` or `€…`: an amount that the buyer chooses."""
    return _with_currency("…", currency, language)


def marks(currency: str, language: str | None = None) -> tuple[str, ...]:
    """Return what may stand beside an amount that people type, as `currencies.marks` does."""
    return currencies.marks(currency, _code(language))


def number(value: int, language: str | None = None) -> str:
    """Return `1 200` (narrow no-break space), `1,200` or `1.200`."""
    if _is(language, "fr"):
        return f"{value:,}".replace(",", NNBSP)
    if _is(language, "en"):
        return f"{value:,}"
    with translation.override(_code(language)):
        return formats.number_format(value, decimal_pos=0, use_l10n=True, force_grouping=True)


def together(written: str) -> SafeString:
    """Return a time, a price or a date as HTML that no line break divides.

    The class `nb` (no break) does it. No-break spaces are not enough: a line that is too short is broken between two
    digits too. What is longer than a small phone's line (`ONE_LINE`) is left as it is, and breaks at its spaces.
    """
    is_short = 0 < len(strip_tags(written)) <= ONE_LINE
    return format_html('<span class="nb">{}</span>' if is_short else "{}", written)


def one_name(name: str, after: str = "") -> SafeString:
    """Return a name as HTML that is broken only where no line holds it, with what stands right `after` it: a comma."""
    return format_html('<span class="nb name">{}{}</span>', name, after) if name else format_html("{}", "")


def listed(words: Sequence[str]) -> str:
    """Return `a, b and c` in the active language."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def language_name(code: str) -> str:
    """Return `catalan` or `Catalan`: the name of a language within a sentence of the active one; a strange code as CA.

    The names are Django's; French writes them small.
    """
    known = LANG_INFO.get(code.lower()) or LANG_INFO.get(general_form(code.lower())) or {}
    in_english = known.get("name")
    if in_english is None:
        return code.upper()
    name = _(in_english)
    return name[:1].lower() + name[1:] if _is(None, "fr") else name


def local(value: datetime) -> datetime:
    """Return an aware datetime in the festival's time zone; a naive one is taken to be local already."""
    return value if timezone.is_naive(value) else value.astimezone(timezone.get_default_timezone())


def _code(language: str | None) -> str:
    return language or translation.get_language() or main_language()


def _is(language: str | None, general: str) -> bool:
    return general_form(_code(language)) == general


def _has_own_rules(language: str | None) -> bool:
    return _is(language, "fr") or _is(language, "en")


def _formatted(value: date | time, kind: str, language: str | None) -> str:
    with translation.override(_code(language)):
        return formats.time_format(value, kind) if isinstance(value, time) else formats.date_format(value, kind)


def _weekday_name(value: date, language: str | None) -> str:
    return _name(WEEKDAYS[value.weekday()], language)


def _name(lazy: object, language: str | None) -> str:
    with translation.override(_code(language)):
        return str(lazy)


def _decimal_separator(language: str | None) -> str:
    if _has_own_rules(language):
        return "," if _is(language, "fr") else "."
    return str(formats.get_format("DECIMAL_SEPARATOR", _code(language), use_l10n=True))


def _with_currency(amount: str, currency: str, language: str | None) -> str:
    sign = currencies.sign(currency, _code(language))
    if general_form(_code(language)) not in _SIGN_FIRST:
        return f"{amount}{NBSP}{sign}"
    return f"{sign}{NBSP if sign[-1:].isalpha() else ''}{amount}"

"""Filters and tags that every template has: dates, times and prices as people of each language write them."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from festival.models import Day, Section, hours_of
from festival.pages.head import twin
from festival.pages.navigation import SiteFacts, site_facts
from festival.text import typography
from festival.text.languages import installed_languages
from festival.time import clock

register = template.Library()

_BEFORE_TEXT = re.compile(r"(?:<[^>]*>|\s)*")


def _together[**P](write: Callable[P, str]) -> Callable[P, SafeString]:
    """Let a filter write what no line break divides."""

    @wraps(write)
    def written(*args: P.args, **kwargs: P.kwargs) -> SafeString:
        return typography.together(write(*args, **kwargs))

    return written


# In plain text and in attributes, follow them by `striptags`.
for _write in (
    typography.clock_time,
    typography.time_range,
    typography.long_date,
    typography.short_date,
    typography.day_and_month,
    typography.price,
    typography.open_price,
):
    register.filter(_write.__name__, _together(_write))
register.filter("one_name", typography.one_name)
register.filter("day_numeral", typography.day_numeral)
register.filter("plain_date", typography.plain_date)
register.filter("plain_day", typography.plain_day)
register.filter("weekday", typography.weekday)
register.filter("number", typography.number)

register.simple_tag(clock.zone_name)
register.simple_tag(installed_languages)


@register.simple_tag(name="site_facts")
def facts() -> SiteFacts:
    """Return the edition and the menus of the current language."""
    return site_facts()


@register.filter
def is_below(path: str, url_name: str) -> bool:
    """Return whether `path` is the page `url_name` or one below it."""
    return path.startswith(reverse(url_name))


@register.filter
def host(address: str) -> str:
    """Return `example.org` for `https://www.example.org/page`, to name a link by where it goes."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


@register.filter
def capitalised(written: str) -> SafeString:
    """Return HTML that begins with a capital, for headings: `Samedi 1er mai`."""
    escaped = str(conditional_escape(written))
    start = _BEFORE_TEXT.match(escaped).end()  # type: ignore[union-attr]  # matches always, if only nothing
    return mark_safe(escaped[:start] + escaped[start : start + 1].upper() + escaped[start + 1 :])  # noqa: S308 -- escaped


@register.filter
def first_words(text: object, count: int) -> str:
    """Return at most `count` words; an ellipsis touches the last one, as French and English print it."""
    words = str(text).split(" ")  # what a no-break space holds together is one word
    return str(text) if len(words) <= count else " ".join(words[:count]).rstrip("\N{NO-BREAK SPACE}\u202f ,;:.–—") + "…"


@register.filter
def split_words(text: str) -> list[str]:
    """Return the words of a text, for short lists in templates."""
    return text.split()


@register.inclusion_tag("components/icon.html")
def icon(name: str, label: str = "") -> dict[str, str]:
    """Draw symbol `name` of the sprite; with a `label` it is announced, without it is decoration."""
    return {"name": name, "label": label}


@register.inclusion_tag("components/shape.html")
def shape(section: Section | str) -> dict[str, str]:
    """Draw the shape of a part of the week, given itself or the short name of one of the current edition's."""
    found = section if isinstance(section, Section) else site_facts().section(section)
    return {"shape": found.shape if found else ""}


@register.filter
def opening_hours(day: Day, section: Section | None = None) -> SafeString:
    """Return when the doors of `day` open and close, for one part of the week or for the whole day."""
    hours = hours_of(day, section)
    return typography.together(typography.time_range(*hours) if hours else "")


@register.filter
def listed(words: list[str]) -> str:
    """Return `a, b and c`."""
    return typography.listed(words)


@register.inclusion_tag("components/field.html")
def field(bound_field: Any, hint: str = "", autocomplete: str = "") -> dict[str, Any]:
    """Draw a form field with its label, hint and errors, tied together for screen readers."""
    return {"field": bound_field, "hint": hint or bound_field.help_text, "autocomplete": autocomplete}


@register.simple_tag(takes_context=True)
def other_language_url(context: Context, language: str) -> str:
    """Return the address of this very page in `language`, or the home page when it has no such twin."""
    if alternates := context.get("alternates"):
        return str(alternates.get(language, f"/{language}/"))
    request = context.get("request")
    if request is None or not request.resolver_match:
        return f"/{language}/"
    page = context.get("page")
    if page is not None and hasattr(page, "get_translations"):
        return next(
            (
                twin.url
                for twin in page.get_translations(inclusive=True).live()
                if twin.locale.language_code == language
            ),
            f"/{language}/",
        )
    translated = twin(request, language)
    return f"/{language}/" if translated == request.path and language != get_language() else translated

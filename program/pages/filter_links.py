"""The row of filters above a day: each is a link that works without JavaScript."""

from dataclasses import dataclass

from django.utils.translation import gettext as _, pgettext

from program.published.day_plan import Choices
from program.published.filters import Filters
from program.wording import in_language, in_order, short_mark


@dataclass(frozen=True, slots=True)
class FilterLink:
    """One filter: following `query` puts it on, or takes it off where it is `on`."""

    label: str
    query: str
    on: bool


def filter_links(choices: Choices, filters: Filters, language: str) -> list[FilterLink]:
    """Return the filters of a day: the one that clears all others, those that are on, then the rest.

    What is on stands in front, so that a narrow screen shows it without scrolling, with or without JavaScript.
    """
    found = [FilterLink(pgettext("filter", "All"), ".", not filters)]
    found += [_filter(track.name.read(language), filters, "track", track.slug) for track in choices.tracks]
    found += [_filter(section.name.read(language), filters, "section", section.slug) for section in choices.sections]
    found += [_filter(in_language(code), filters, "language", code) for code in choices.languages]
    found += [_filter(short_mark(mark), filters, "access", mark) for mark in in_order(choices.access)]
    if choices.registration:
        found.append(_filter(_("on registration"), filters, "registration", "yes"))
        found.append(_filter(_("without registration"), filters, "registration", "no"))
    return [found[0], *sorted(found[1:], key=lambda link: not link.on)]


def _filter(label: str, filters: Filters, key: str, value: str) -> FilterLink:
    return FilterLink(
        label[:1].upper() + label[1:], filters.toggled(key, value).query() or ".", getattr(filters, key) == value
    )

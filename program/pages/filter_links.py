"""The row of filters above a day: each is a link that works without JavaScript."""

from dataclasses import dataclass

from django.utils.translation import gettext as _, pgettext

from program.published.day_plan import Choices
from program.published.filters import Filters
from program.wording import LANGUAGES, SHORT_MARKS


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter: following `query` puts it on, or takes it off where it is `on`."""

    label: str
    query: str
    on: bool


def chips(choices: Choices, filters: Filters, language: str) -> list[Chip]:
    """Return the filters of a day: the one that clears all others, those that are on, then the rest.

    What is on stands in front, so that a narrow screen shows it without scrolling, with or without JavaScript.
    """
    found = [Chip(pgettext("filter", "All"), ".", not filters)]
    found += [_chip(track.name.read(language), filters, "track", track.slug) for track in choices.tracks]
    found += [_chip(section.name.read(language), filters, "section", section.slug) for section in choices.sections]
    found += [
        _chip(str(LANGUAGES[code][1]) if code in LANGUAGES else code, filters, "language", code)
        for code in choices.languages
    ]
    found += [_chip(str(SHORT_MARKS[mark]), filters, "access", mark) for mark in choices.access]
    if choices.registration:
        found.append(_chip(_("on registration"), filters, "registration", "yes"))
        found.append(_chip(_("without registration"), filters, "registration", "no"))
    return [found[0], *sorted(found[1:], key=lambda chip: not chip.on)]


def _chip(label: str, filters: Filters, key: str, value: str) -> Chip:
    return Chip(
        label[:1].upper() + label[1:], filters.toggled(key, value).query() or ".", getattr(filters, key) == value
    )

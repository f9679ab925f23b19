"""What pages, feeds or data cannot express. A release with one of these is refused, however it got into the tables."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext as _

from festival.text.languages import main_language
from program.published import layout
from program.published.day_plan import placing
from program.published.snapshot import Occurrence, Programme, Unlisted

_IN_ADDRESSES = re.compile(r"[-a-zA-Z0-9_]+")
_VERSION = re.compile(r"[^\W_][\w.-]{0,39}")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_NAMED = ("sections", "venues", "rooms", "tracks", "formats", "tags", "speakers", "sessions", "exhibitors", "partners")


@dataclass(frozen=True, slots=True)
class ReleaseFault:
    """`place` is a path in the data of the release, with the short name of the row: `sessions[Été].slug`."""

    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


def faults(public: Programme, unlisted: Unlisted, *, version: str) -> list[ReleaseFault]:
    """Return everything that keeps this programme from being released under this name."""
    found = [] if is_version_name(version) else [ReleaseFault("version", _version())]
    for name, rows in _lists(public, unlisted):
        for row in rows:
            found += _of_row(name, row)
    for occurrence in (*public.occurrences, *unlisted.occurrences):
        found += _of_occurrence(occurrence, public)
    return found


def is_version_name(text: str) -> bool:
    """Return whether a release may be called `text`: 1 to 40 letters, digits, `.`, `-`, `_`, the first no sign.

    It stands in `/schedule/v/VERSION/schedule.json`, where browsers would follow dots upwards.
    """
    return _VERSION.fullmatch(text) is not None


def _version() -> str:
    return _("a version stands in an address: letters, digits, dots and hyphens, the first no sign, at most 40")


def _lists(public: Programme, unlisted: Unlisted) -> Iterator[tuple[str, Iterable[Any]]]:
    for name in _NAMED:
        yield name, (*getattr(public, name), *getattr(unlisted, name, ()))
    yield "books", public.books


def _of_row(name: str, row: Any) -> Iterator[ReleaseFault]:
    place = f"{name}[{row.slug}]"
    if not _IN_ADDRESSES.fullmatch(row.slug):
        sentence = _("the short name stands in addresses: a to z, 0 to 9, hyphens and underscores only")
        yield ReleaseFault(f"{place}.slug", sentence)
    recording = getattr(row, "recording", None)
    for key, address in (("website", getattr(row, "website", "")), ("recording", recording and recording.url)):
        if address and not _WEB.fullmatch(address):
            yield ReleaseFault(f"{place}.{key}", _("an address of a page begins with https:// or http://"))
    latitude, longitude = getattr(row, "latitude", None), getattr(row, "longitude", None)
    if abs(latitude or 0) > 90 or abs(longitude or 0) > 180:
        yield ReleaseFault(f"{place}.latitude", _("no place on earth has these coordinates"))


def _of_occurrence(occurrence: Occurrence, public: Programme) -> Iterator[ReleaseFault]:
    mine = placing(occurrence)
    if not any(layout.is_on(mine, day.date, public.day_starts_at) for day in public.days):
        title = occurrence.session.title.read(get_language() or main_language())
        sentence = _("“%(title)s” is on a date that is no day of the edition (%(start)s); add the day, or move it")
        words = {"title": title, "start": f"{occurrence.starts_at:%Y-%m-%d %H:%M}"}
        yield ReleaseFault(f"occurrences[{occurrence.number}].starts_at", sentence % words)

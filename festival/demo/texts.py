"""Texts in both languages, and the memory that fills wagtail-localize's translations from them.

A page is described once, with `Both(fr, en)` wherever an editor would type. `in_language` makes of it the page of one
language; `Memory` knows the English of every French segment that wagtail-localize will find in the French page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from wagtail_localize.strings import StringValue, extract_strings

from festival.importing.faults import Fault


@dataclass(frozen=True, slots=True)
class Both:
    """One plain text in French and in English."""

    fr: str
    en: str


@dataclass(frozen=True, slots=True)
class Html:
    """Rich text: `markup` with `{}` where each text goes, such as `<p>{}</p>`."""

    markup: str
    texts: tuple[Both, ...]


@dataclass(frozen=True, slots=True)
class PageRef:
    """A page of the demonstration, by its key."""

    key: str


def both(row: dict[str, str]) -> Both:
    """Return an object {fr, en} of the file as a text."""
    return Both(row["fr"], row["en"])


def same(text: str) -> Both:
    """Return a text that is the same in both languages, such as a name."""
    return Both(text, text)


def paragraphs(*texts: Both) -> Html:
    """Return rich text of one paragraph per text."""
    return Html("<p>{}</p>" * len(texts), texts)


def in_language(value: Any, language: str) -> Any:
    """Return `value` with every text in it replaced by its words in `language` ("fr" or "en")."""
    match value:
        case Both():
            return getattr(value, language)
        case Html():
            return value.markup.format(*(escape(getattr(text, language)) for text in value.texts))
        case dict():
            return {key: in_language(item, language) for key, item in value.items()}
        case list() | tuple():
            return [in_language(item, language) for item in value]
    return value


class Memory:
    """The English of every French segment of one page."""

    def __init__(self, page: Any, path: str) -> None:
        """Collect every text of the description `page`; `path` names it in faults."""
        self.path = path
        self.english: dict[str, str] = {}
        for text in _texts(page):
            for french, english in _segments(text):
                if self.english.setdefault(french, english) != english:
                    raise Fault(path, f"{french!r} is translated in two ways")

    def translate(self, segment: str) -> str:
        """Return the English of a French segment; a segment without one is a Fault."""
        try:
            return self.english[segment]
        except KeyError:
            raise Fault(self.path, f"{segment!r} has no English translation") from None


def _texts(value: Any) -> Iterator[Both | Html]:
    match value:
        case Both() | Html():
            yield value
        case dict():
            for item in value.values():
                yield from _texts(item)
        case list() | tuple():
            for item in value:
                yield from _texts(item)


def _segments(text: Both | Html) -> Iterator[tuple[str, str]]:
    if isinstance(text, Both):
        yield StringValue.from_plaintext(text.fr).data, StringValue.from_plaintext(text.en).data
        return
    french, english = (extract_strings(in_language(text, language))[1] for language in ("fr", "en"))
    for (source, _source_attrs), (target, _target_attrs) in zip(french, english, strict=True):
        yield source.data, target.data

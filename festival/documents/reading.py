"""What is read aloud where the glyphs do not tell it: `Lang` and `ActualText` (ISO 32000-1, 14.9.2 and 14.9.4).

A PDF holds glyphs, and what each stands for. In scripts that join, stack or reorder their letters, or are written from
right to left, that gives back other words than were written, so the words stand there too. The PDF library writes
neither; it is helped while it builds the tree of tags.
"""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import pydyf
from fontTools import unicodedata as scripts
from weasyprint.pdf import tags

# Scripts whose letters stand one after the other, each with a glyph of its own.
_PLAIN = {
    *("Zyyy", "Zinh", "Latn", "Grek", "Cyrl", "Armn", "Geor", "Cher", "Ethi", "Cans", "Tfng"),
    *("Hani", "Hira", "Kana", "Hang", "Bopo"),
}
# Between the parts of an emoji; whether its glyph gives it back hangs on the libraries of the machine.
_JOINER = "\N{ZERO WIDTH JOINER}"
_INLINE = {"span", "br", "b", "strong", "i", "em", "small", "sup", "bdi", "cite"}
_PASSAGES = {"p", "h1", "h2", "h3", "h4", "li", "td", "th", "dd", "dt", "span"}

_build = tags._build_box_tree  # noqa: SLF001 -- the library has no other door


def words_of(element: Element) -> str:
    """Return the words of a passage that glyphs do not give back; empty where they do, and for what is no passage."""
    if element.tag not in _PASSAGES or {child.tag for child in element.iter()} - {element.tag, *_INLINE}:
        return ""
    text = " ".join("".join(element.itertext()).split())
    if _JOINER in text:
        return text
    return "" if text.isascii() or {scripts.script(letter) for letter in text} <= _PLAIN else text


def help_the_library() -> None:
    """Let the PDF library say language and words of each passage, in every document of this process."""
    tags._build_box_tree = _told  # noqa: SLF001 -- see above


def _told(box: Any, parent: Any, *rest: Any) -> Iterator[Any]:
    """Yield the tags of a box as the library makes them, with what they lack."""
    for tag in _build(box, parent, *rest):
        # The page, `html` and `body` have no tag of their own: what they yield is their children's.
        if box.element is not None and box.element.tag not in {"html", "body"}:
            _complete(tag, box.element)
        yield tag


def _complete(tag: Any, element: Element) -> None:
    if language := element.get("lang"):
        tag["Lang"] = pydyf.String(language)
    if words := words_of(element):
        tag["ActualText"] = pydyf.String(words)

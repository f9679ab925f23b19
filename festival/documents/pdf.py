"""Write HTML as PDF that can be read aloud (PDF/UA-1), in our fonts. Nothing outside our own files can be fetched."""

import gc
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import weasyprint
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.html import escape
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from festival.documents import faces, reading, scripts
from festival.documents.drawings import BlackRuns
from festival.documents.parsing import BASE, parse
from festival.documents.sources import BUILT, Role
from festival.documents.subsetting import CutFonts

FACES = f"{BASE}/faces/"
DRAWINGS = f"{BASE}/drawings/"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
VARIANT = "pdf/ua-1"
COMMON = "documents/common.css"
LANGUAGES = [role for role in Role if role.is_han]
# Points to a pixel of CSS.
PT = 72 / 96

logger = logging.getLogger(__name__)
# What WeasyPrint says of each missing glyph, `_tell` says once for each script.
logging.getLogger("weasyprint").addFilter(lambda record: not str(record.msg).startswith(".notdef"))
# Pango's font map may be used by one thread at a time; drawing holds the interpreter anyway.
_lock = Lock()
reading.help_the_library()
_told: set[str] = set()


class LockedFetcher(URLFetcher):
    """Fetches `data:` addresses, our static files and faces, nothing else; follows no redirect (mistake M14)."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return the resource, or raise ValueError, which leaves it out of the document."""
        if url.startswith(FACES):
            return URLFetcherResponse(url, _face_file(url.removeprefix(FACES)).read_bytes())
        if not url.startswith(BASE + settings.STATIC_URL):
            return super().fetch(url, headers)
        return URLFetcherResponse(url, _static_file(urlsplit(url).path.removeprefix(settings.STATIC_URL)).read_bytes())


def write_pdf(html: str, *, styles: str, drawings: Mapping[str, BlackRuns] | None = None) -> bytes:
    """Return the PDF of a page of HTML with a title, a language and an alternative text for every picture.

    `styles` names the template of its style sheet. `<img src="/drawings/NAME">` shows the drawing NAME.

    A character that neither our fonts nor the system's have is drawn as a replacement character (�), and the log says
    so once for each script.

    Raises:
        ValueError: If the page has no title or no language, which PDF/UA-1 requires (ISO 14289-1, 7.1 and 7.2).
    """
    with _lock, _no_collecting():
        document, content = _draw(html, styles, drawings or {})
        if missing := _missing(document):
            for character in sorted(missing):
                _tell(character)
            whole = html.translate(dict.fromkeys(map(ord, missing), REPLACEMENT))
            _, content = _draw(whole, styles, drawings or {})
        return content


def missing_characters(text: str) -> list[str]:
    """Return the characters of `text` that no font has, neither ours nor the system's, in order of their first use."""
    with _lock, _no_collecting():
        document, _ = _draw(f'<html lang="en"><title>-</title><p>{escape(text)}</p>', "", {})
        lacking = _missing(document)
    return [character for character in dict.fromkeys(text) if character in lacking]


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Put off the search for garbage: a document is a large tree that lives until it is written, so there is none.

    With fifty tickets in it, searching took a seventh of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _draw(html: str, styles: str, drawings: Mapping[str, BlackRuns]) -> tuple[weasyprint.Document, bytes]:
    desk = _desk()
    sheets = desk.sheets(styles, tuple(faces.faces_for(html)))
    page = parse(html, desk.fetcher)
    options = {"pdf_variant": VARIANT, "optimize_images": False}
    # Pictures that are there need not be fetched.
    pictures = {f"{DRAWINGS}{name}": drawing for name, drawing in drawings.items()}
    document = page.render(stylesheets=sheets, font_config=desk.fonts, cache=pictures, **options)
    if not (document.metadata.title and document.metadata.lang):
        raise ValueError("A document needs a title and a language")
    document.fonts = CutFonts()
    return document, document.write_pdf(finisher=_place_figures, **options)


class _Desk:
    """What all documents of the process share: faces that were read, compiled style sheets, the fetcher."""

    def __init__(self) -> None:
        self.fonts = FontConfiguration()
        # Made once: the library reads the system's certificates for it, which takes longer than a ticket.
        self.fetcher = LockedFetcher()
        self._there: set[faces.Face] = set()
        self.sheets = lru_cache(maxsize=64)(self._compile)
        self._read([face for face in faces.built() if face.is_everyday])

    def _compile(self, template: str, rare: tuple[faces.Face, ...]) -> list[weasyprint.CSS]:
        """Return the common style sheet and that of a document in which the `rare` faces are needed."""
        self._read([face for face in rare if face not in self._there])
        stacks = {language.replace("-", "_"): faces.stack(rare, language=language) for language in LANGUAGES}
        stacks |= {"text": faces.stack(rare), "display": faces.stack(rare, display=True)}
        stacks["codes"] = faces.stack(rare, codes=True)
        context = {"static": settings.STATIC_URL, "stack": stacks}
        names = [COMMON, *([template] if template else [])]
        return [self._parse(render_to_string(name, context)) for name in names]

    def _read(self, wanted: list[faces.Face]) -> None:
        for face in wanted:
            weight = f"font-weight: {face.weight};" if face.weight else ""
            self._parse(f'@font-face {{ font-family: {face.family}; {weight} src: url("{FACES}{face.file}"); }}')
        self._there.update(wanted)

    def _parse(self, text: str) -> weasyprint.CSS:
        return weasyprint.CSS(string=text, base_url=BASE, url_fetcher=self.fetcher, font_config=self.fonts)


@lru_cache(maxsize=64)
def _static_file(name: str) -> Path:
    found = None if ".." in name else finders.find(name)
    if not found:
        raise ValueError(f"Not a static file: {name}")
    return Path(found)


def _face_file(name: str) -> Path:
    if name not in {face.file for face in faces.built()}:
        raise ValueError(f"Not a face: {name}")
    return BUILT / name


@lru_cache(maxsize=1)
def _desk() -> _Desk:
    return _Desk()


def _missing(document: weasyprint.Document) -> set[str]:
    return {chr(point) for font in document.fonts.values() for point in font.missing}


def _tell(character: str) -> None:
    script = scripts.script_of(character)
    if script not in _told:
        _told.add(script)
        logger.warning("No font for the script %s (U+%04X): printed as %s", script, ord(character), REPLACEMENT)


def _place_figures(document: weasyprint.Document, pdf: Any) -> None:
    """Give the bounds of pictures in the units of the page, from its lower left corner (ISO 32000-1, 14.8.5.4.5)."""
    heights = {reference: page.height for reference, page in zip(pdf.page_references, document.pages, strict=True)}
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == "/Figure":
            left, top, right, bottom = element["A"]["BBox"]
            height = heights[element["Pg"]]
            element["A"]["BBox"][:] = (PT * left, PT * (height - bottom), PT * right, PT * (height - top))

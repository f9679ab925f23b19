"""Writes an uploaded PDF anew without what it says of its maker, and without what acts by itself.

Plain Python and pikepdf.

What stays is what a reader sees on the pages. Gone are title, author, program and dates, the XMP of the document and
of every object in it, private data of programs, attachments, scripts, and actions that start without a click.
"""

from io import BytesIO
from typing import Any

MOST_PAGES = 200
_OF_DOCUMENT = ("/Metadata", "/OpenAction", "/AA", "/PieceInfo", "/Collection", "/AF", "/Perms", "/DSS")
_OF_OBJECTS = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/AF")
_NAMES = ("/JavaScript", "/EmbeddedFiles")
_ACTING = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/RichMediaExecute"}
_CARRYING = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}


class UnreadablePdf(ValueError):
    """Not a PDF, damaged, or locked by a password."""


class TooManyPages(ValueError):
    """A PDF that nobody would read; attribute `pages`."""

    def __init__(self, pages: int) -> None:
        super().__init__(f"{pages} pages")
        self.pages = pages


def rewrite(content: bytes, *, most_pages: int = MOST_PAGES) -> bytes:
    """Return the PDF in `content`, written anew. Raises UnreadablePdf, TooManyPages."""
    import pikepdf  # noqa: PLC0415 -- slow import

    if not content.startswith(b"%PDF-"):
        raise UnreadablePdf
    try:
        with pikepdf.open(BytesIO(content)) as document:
            _refuse(document, most_pages)
            _strip(document, pikepdf)
            written = BytesIO()
            document.save(written, deterministic_id=True)
    except (TooManyPages, UnreadablePdf):
        raise
    except Exception as error:  # a reader may fail in any way at what strangers send
        raise UnreadablePdf from error
    return written.getvalue()


def _refuse(document: Any, most_pages: int) -> None:
    if document.is_encrypted:
        raise UnreadablePdf
    if len(document.pages) > most_pages:
        raise TooManyPages(len(document.pages))


def _strip(document: Any, pikepdf: Any) -> None:
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    _drop(document.Root, _OF_DOCUMENT)
    if "/Names" in document.Root:
        _drop(document.Root.Names, _NAMES)
    if "/AcroForm" in document.Root:
        _drop(document.Root.AcroForm, ("/XFA",))
    for page in document.pages:
        _strip_notes(page, pikepdf)
    for thing in document.objects:
        if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            _drop(thing, _OF_OBJECTS)
    document.remove_unreferenced_resources()


def _strip_notes(page: Any, pikepdf: Any) -> None:
    """Keep the notes and links of a page without who wrote them, and without what would carry or start something."""
    if "/Annots" not in page:
        return
    annotations = [one for one in page["/Annots"] if str(one.get("/Subtype")) not in _CARRYING]
    page["/Annots"] = pikepdf.Array(annotations)
    for one in annotations:
        _drop(one, ("/T", "/AA"))
        if str(one.get("/A", {}).get("/S", "")) in _ACTING:
            del one["/A"]


def _drop(holder: Any, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in holder:
            del holder[key]

"""The receipt as PDF: what was sent in, when, and the hash by which it is known again."""

from django.template.loader import render_to_string
from django.utils.translation import override

from awards.applying.report import lines_of
from awards.models import EntryRevision
from festival.documents.pdf import write_pdf
from festival.documents.shapes import garland_address


def receipt_pdf(revision: EntryRevision, language: str) -> bytes:
    """Return the receipt of a version, with a copy of every answer, in a language."""
    edition = revision.entry.call.edition
    with override(language):
        context = {
            "revision": revision,
            "entry": revision.entry,
            "edition": edition,
            "garland": garland_address((section.shape, section.colour) for section in edition.sections.all()),
            "lines": lines_of(revision),
        }
        html = render_to_string("awards/applying/pdf/receipt.html", context)
    return write_pdf(html, styles="tickets/delivery/pdf/tickets.css")

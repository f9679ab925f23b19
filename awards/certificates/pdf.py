"""Certificates as PDF, a sheet each, in the language of the project."""

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from awards.certificates.queries import Certificate
from awards.models import Juror
from festival.documents.pdf import write_pdf
from festival.documents.shapes import garland_address, shape_address
from festival.text.languages import main_language


def certificates_pdf(certificates: Sequence[Certificate]) -> bytes:
    """Return the sheets of one announcement, at least one, each in the language of its project."""
    announcement = certificates[0].announcement
    edition, section = announcement.call.edition, announcement.call.section
    chair = Juror.objects.filter(call=announcement.call, is_chair=True).first() if announcement.names_jury else None
    shared = {
        "call": announcement.call,
        "edition": edition,
        "announcement": announcement,
        "chair": chair,
        "garland": garland_address((part.shape, part.colour) for part in edition.sections.all()),
        "shape": shape_address(section.shape, section.colour) if section else "",
    }
    sheets = [_sheet(each, shared) for each in certificates]
    language = _language(certificates[0])
    with override(language):
        context = shared | {"sheets": sheets, "first": certificates[0], "is_one": len(certificates) == 1}
        html = render_to_string("awards/certificates/pdf/certificates.html", context)
    return write_pdf(html, styles="awards/certificates/pdf/certificates.css")


def _sheet(certificate: Certificate, shared: dict[str, object]) -> str:
    with override(_language(certificate)):
        address = f"{settings.BASE_URL}{reverse('awards-certificate', args=[certificate.number])}"
        context = shared | {"certificate": certificate, "entry": certificate.entry, "address": address}
        return render_to_string("awards/certificates/pdf/sheet.html", context)


def _language(certificate: Certificate) -> str:
    language = certificate.entry.language
    return language if language in dict(settings.LANGUAGES) else main_language()

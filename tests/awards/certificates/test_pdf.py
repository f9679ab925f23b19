"""Certificates as PDF."""

import pypdfium2
import pytest

from awards.announcing.publishing import Plan, plan
from awards.announcing.telling import tell
from awards.certificates.pdf import certificates_pdf
from awards.certificates.queries import certificates_of
from awards.models import Entry
from tests.factories.deciding import DECIDED, PUBLIC, TELL, frozen, in_the_room, won
from tests.pdf_ua import faults

pytestmark = pytest.mark.django_db


def test_certificates_are_a_sheet_each_in_the_language_of_the_project(settings):
    chair = frozen()
    Entry.objects.filter(slug="b").update(language="en")
    won(chair)
    in_the_room(chair)
    won(chair, "c", kind="mention", reason="Courageux.")
    wanted = Plan(TELL, PUBLIC, certifies_finalists=True)
    tell(announcement_id=plan(call_id=chair.call.pk, plan=wanted, by=chair.user, now=DECIDED).pk, now=TELL)
    certificates = certificates_of(chair.call, PUBLIC)
    content = certificates_pdf(certificates)
    assert faults(content) == []
    winner, mention, finalist = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    assert "Prix d’or" in winner
    assert "Projet a" in winner
    assert certificates[0].number in winner
    assert f"/fr/prix/attestations/{certificates[0].number}/" in "".join(winner.split())
    assert f"{chair.name}, à la présidence du jury" in winner
    assert "Mention spéciale" in mention
    assert "Finalist" in finalist
    assert "Project b" in finalist
    assert "/en/awards/certificates/" in finalist


def test_certificate_names_no_juror_where_the_jury_is_not_named():
    chair = frozen()
    won(chair)
    wanted = Plan(TELL, PUBLIC, names_jury=False)
    tell(announcement_id=plan(call_id=chair.call.pk, plan=wanted, by=chair.user, now=DECIDED).pk, now=TELL)
    page = pypdfium2.PdfDocument(certificates_pdf(certificates_of(chair.call, PUBLIC)))[0]
    text = page.get_textpage().get_text_range()
    assert chair.name not in text
    assert "Pour le jury" in text

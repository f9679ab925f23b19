"""The receipt as PDF."""

from io import BytesIO

import pikepdf
import pytest

from awards.applying.pdf import receipt_pdf
from tests.awards.applying.test_report import revision

pytestmark = pytest.mark.django_db


def test_the_receipt_names_the_project_and_its_language():
    row = revision()
    row.submitted_at = row.entry.call.opens
    document = pikepdf.open(BytesIO(receipt_pdf(row, "en")))
    assert str(document.docinfo["/Title"]).endswith("Oven")
    assert str(document.Root.Lang) == "en"

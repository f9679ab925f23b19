"""The page that says how to pay: read by people, by a bank's app, and aloud."""

import io
import re

import pypdfium2
import pytest
import zxingcpp

from tickets.models import Order, Payment
from tickets.payments.instructions import transfer_code
from tickets.payments.pdf import payment_pdf

pytestmark = pytest.mark.django_db


def drawn(payment):
    document = pypdfium2.PdfDocument(io.BytesIO(payment_pdf(payment)))
    (page,) = document
    return page.get_textpage().get_text_range(), page.render(scale=2).to_pil()


@pytest.mark.parametrize(("language", "word"), [("fr", "Titulaire"), ("en", "Account holder")])
def test_a_transfer_is_read_and_scanned(payment, language, word):
    Order.objects.update(language=language)
    payment = Payment.objects.select_related("order__edition").get()

    text, picture = drawn(payment)

    assert word in text
    assert "FR1420041010050500013M02606" in re.sub(r"\s", "", text)
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [transfer_code(payment)]


def test_on_site_has_no_code(payment):
    payment.provider = "onsite"

    text, picture = drawn(payment)

    assert "FR14" not in text
    assert zxingcpp.read_barcodes(picture) == []

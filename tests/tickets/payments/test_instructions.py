"""What somebody needs to pay by hand."""

from io import BytesIO

import pytest
import zxingcpp
from django.utils.translation import override
from PIL import Image

from tickets.delivery import qr
from tickets.models import Order, Payment, PaymentSettings, Product
from tickets.payments.instructions import instructions, transfer_code

pytestmark = pytest.mark.django_db


def test_a_transfer_names_account_amount_and_reference(payment):
    PaymentSettings.objects.update(bic="PSSTFRPPPAR")
    payment = Payment.objects.select_related("order__edition").get()
    with override("fr"):
        rows = instructions(payment)

    assert [value for _label, value in rows] == [
        "110\N{NO-BREAK SPACE}€",
        "Association L’âge des communs",
        "FR14 2004 1010 0505 0001 3M02 606",
        "PSSTFRPPPAR",
        f"{payment.order.code[:4]} {payment.order.code[4:]}",
    ]


def test_on_site_says_how(payment):
    payment.provider = "onsite"
    with override("en"):
        assert ("How", "Cash, card or cheque, at the reception") in instructions(payment)


def test_the_code_is_read_by_a_bank(payment):
    text = transfer_code(payment)
    picture = Image.open(BytesIO(qr.free_png(text)))

    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == text
    assert found.text.split("\n")[7] == "EUR110.00"
    assert "v1h-" in qr.free_path(text)
    assert qr.free_size(text) > 40


@pytest.mark.parametrize("changes", [{"provider": "onsite"}, {"currency": "CHF"}])
def test_there_is_no_code_for_what_no_code_can_pay(payment, changes):
    payment.provider = changes.get("provider", payment.provider)
    for model in (Product, Order):
        model.objects.update(currency=changes.get("currency", "EUR"))
    payment.order.refresh_from_db()

    assert transfer_code(payment) == ""

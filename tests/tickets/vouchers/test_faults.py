"""A refusal names its reason for logs and for the sentence that people read."""

from tickets.exceptions import SaleError, TicketError
from tickets.vouchers.faults import VoucherRefused, VoucherUsed
from tickets.vouchers.rules import Refusal


def test_a_refusal_is_one_of_the_sale_and_says_what_is_left():
    error = VoucherRefused(Refusal.TOO_FEW, left=2)

    assert isinstance(error, SaleError)
    assert (str(error), error.code, error.left) == ("too_few", "voucher_refused", 2)


def test_a_code_that_was_used_says_how_often():
    error = VoucherUsed(field="value", uses=3)

    assert isinstance(error, TicketError)
    assert (str(error), error.field) == ("3 uses", "value")

"""A file that is gone refuses a sale like anything else that is gone."""

from tickets.exceptions import SaleError
from tickets.uploads.faults import FileGone


def test_it_is_an_error_of_a_sale():
    assert (FileGone().code, issubclass(FileGone, SaleError)) == ("file_gone", True)

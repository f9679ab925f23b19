"""Each fault of a request to the pot has a code of its own."""

from tickets.exceptions import SaleError
from tickets.solidarity.faults import NotInPot, RequestDecided


def test_each_has_its_code():
    assert {NotInPot.code, RequestDecided.code} == {"not_in_pot", "request_decided"}
    assert issubclass(NotInPot, SaleError)
    assert issubclass(RequestDecided, SaleError)

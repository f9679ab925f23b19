"""A refusal has a stable code, by which people's sentences are chosen."""

from tickets.approvals.faults import NotWaiting
from tickets.exceptions import SaleError, TicketError


def test_the_codes():
    assert NotWaiting().code == "not_waiting"
    assert issubclass(NotWaiting, TicketError)
    assert not issubclass(NotWaiting, SaleError)

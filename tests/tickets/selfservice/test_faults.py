"""Each fact about a guest's link has its own code."""

from tickets.exceptions import TicketError
from tickets.selfservice.faults import FilledAlready, GuestGone


def test_they_are_told_apart():
    found = [FilledAlready(), GuestGone()]
    assert all(isinstance(error, TicketError) for error in found)
    assert [error.code for error in found] == ["filled_already", "guest_gone"]

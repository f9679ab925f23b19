"""A vote in which six ballots came of one network, and one of a ticket that was cancelled."""

import pytest

from tests.awards.voting.conftest import OPEN, TICKETS, ballot_box, by_ticket, during_vote, later, shop

__all__ = ["ballot_box", "during_vote", "shop"]


@pytest.fixture
def crowd(ballot_box, monkeypatch):
    """The ballots, in the order in which they were cast."""
    for number in range(5):
        monkeypatch.setitem(TICKETS, f"T{number}", (f"1{number}", f"voter{number}@example.org"))
        by_ticket(ballot_box, f"T{number}", now=later(OPEN, minutes=number), first=4)
    by_ticket(ballot_box, "CCCC-CCCC", now=later(OPEN, minutes=9), second=1)
    return list(ballot_box.public_ballots.order_by("confirmed_at"))

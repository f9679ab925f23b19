"""A sentence for whatever can keep a ticket back."""

import pytest

from tickets.catalogue.pot import PotTooLow
from tickets.exceptions import DayNotOffered, DayPassed, NotReady, SaleClosed, SaleNotOpen, SoldOut, TooManyPlaces
from tickets.solidarity import wording
from tickets.solidarity.faults import NotInPot, RequestDecided


@pytest.mark.parametrize("error", [NotInPot, SaleNotOpen, SaleClosed, TooManyPlaces, DayNotOffered, DayPassed])
def test_who_asks_is_told_why_not(error):
    assert wording.refusal(error()) != wording.refusal(NotReady())


def test_the_office_is_told_why_not():
    found = [
        wording.not_given(error, "EUR") for error in (PotTooLow(left=999), SoldOut(), RequestDecided(), DayPassed())
    ]

    assert "9,99" in found[0]
    assert len({*found, wording.not_given(NotReady(), "EUR")}) == 5


def test_one_ticket_or_several():
    assert wording.granted(1) != wording.granted(2)
    assert "2" in wording.granted(2)

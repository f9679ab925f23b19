"""What can go wrong with the pot has a code of its own, and says how much was left."""

from tickets.catalogue.faults import PotTooLow
from tickets.exceptions import SaleError


def test_a_pot_that_is_too_low_says_what_it_holds():
    fault = PotTooLow(left=999)

    assert isinstance(fault, SaleError)
    assert (fault.code, fault.left, str(fault)) == ("pot_too_low", 999, "999 cents left")

"""People who want the last money of the pot at once, and the careless counting that proves that it would be noticed."""

import time

from tests.racing import at_once
from tests.tickets.solidarity.conftest import ask, wish
from tickets.catalogue import pot as pots
from tickets.catalogue.faults import PotTooLow
from tickets.models import Pot


def careless_take(edition_id, cents):
    """Read, decide, write: what a beginner writes. Nothing keeps two requests from reading the same balance."""
    pot = Pot.objects.get(edition=edition_id)
    if pot.balance_cents < cents:
        raise PotTooLow(left=pot.balance_cents)
    time.sleep(0.1)
    pot.balance_cents -= cents
    pot.save(update_fields=["balance_cents"])


def rush(pot, *, people, take=pots.take_out):
    """Let `people` ask for one ticket each at once; return their requests."""
    wanted = [wish(pot, email=f"{number}@example.org") for number in range(people)]
    return at_once(people, lambda number: ask(wanted[number], take=take))

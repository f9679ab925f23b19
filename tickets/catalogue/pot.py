"""The solidarity pot: the only statements that move its counter, beside the entries of the ledger's account `pot`.

Called inside the transaction of a sale, a gift that is taken back, or a ticket that is given, after the quotas and
before the numbers of tickets, so that no two transactions wait crosswise.
"""

from collections.abc import Iterable

from django.db.models import F

from festival.core.writing import require_transaction
from tickets.exceptions import SaleError
from tickets.models import OrderLine, Pot


class PotTooLow(SaleError):
    """Less is in the pot than would go out of it. `left` says how many cents there were."""

    code = "pot_too_low"

    def __init__(self, *, left: int) -> None:
        super().__init__(f"{left} cents left")
        self.left = left


def put_in(edition_id: int, cents: int) -> None:
    """Put so many cents into the pot of an edition; one that has none gets it with its first gift."""
    require_transaction("Money goes into the pot")
    if cents and not Pot.objects.filter(edition=edition_id).update(balance_cents=F("balance_cents") + cents):
        Pot.objects.get_or_create(edition_id=edition_id)
        Pot.objects.filter(edition=edition_id).update(balance_cents=F("balance_cents") + cents)


def take_out(edition_id: int, cents: int) -> None:
    """Take so many cents out of the pot: one conditional UPDATE, right whatever interleaves.

    Raises:
        PotTooLow: If it holds less; the transaction must then be given up.
    """
    require_transaction("Money is taken out of the pot")
    pot = Pot.objects.filter(edition=edition_id)
    if cents and not pot.filter(balance_cents__gte=cents).update(balance_cents=F("balance_cents") - cents):
        raise PotTooLow(left=pot.values_list("balance_cents", flat=True).first() or 0)


def gifts_of(lines: Iterable[OrderLine]) -> int:
    """Return how many cents of the lines are gifts to the pot."""
    return sum(line.cents for line in lines if line.kind == OrderLine.Kind.DONATION)

"""What can go wrong with the pot: one class per fact. The message is for logs; people read `wording`."""

from tickets.exceptions import SaleError


class PotTooLow(SaleError):
    """Less is in the pot than would go out of it. `left` says how many cents there were."""

    code = "pot_too_low"

    def __init__(self, *, left: int) -> None:
        super().__init__(f"{left} cents left")
        self.left = left

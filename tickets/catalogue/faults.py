"""What can go wrong besides what `tickets.exceptions` lists: one class per fact, with a stable `code`."""

from tickets.exceptions import SaleError


class PotTooLow(SaleError):
    """Less is in the pot than would go out of it. `left` says how many cents there were."""

    code = "pot_too_low"

    def __init__(self, *, left: int) -> None:
        super().__init__(f"{left} cents left")
        self.left = left


class TooManyForPerson(SaleError):
    """One mailbox would have more of a product than a person may have: `most`. `name` is the product's."""

    code = "too_many_for_person"

    def __init__(self, *, most: int, name: str) -> None:
        super().__init__(f"{most} for each person")
        self.most, self.name = most, name

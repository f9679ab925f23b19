"""What can go wrong with a code: one class per fact. The message is for logs; people read `wording`."""

from tickets.exceptions import SaleError, TicketError
from tickets.vouchers.rules import Refusal


class VoucherRefused(SaleError):
    """A code cannot be used. `left` says how many places it is still for, where that is why."""

    code = "voucher_refused"

    def __init__(self, why: Refusal, *, left: int = 0) -> None:
        super().__init__(why.value)
        self.why = why
        self.left = left


class VoucherUsed(TicketError):
    """What a code does cannot change any more, or it cannot go: it was used. `field` names what would change."""

    code = "voucher_used"

    def __init__(self, *, field: str = "", uses: int) -> None:
        super().__init__(f"{uses} uses")
        self.field = field
        self.uses = uses

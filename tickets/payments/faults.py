"""What can go wrong with money, besides what `tickets.exceptions` lists: one class per fact, with a stable `code`."""

from tickets.exceptions import TicketError


class ProviderFailed(TicketError):
    """A payment service cannot be reached, or refuses. What was begun may be asked for later."""

    code = "provider_failed"


class ProviderSilent(ProviderFailed):
    """A payment service cannot be reached, or wants to be left alone: whatever else is asked for would fail, too."""

    code = "provider_silent"


class ReferenceUsed(TicketError):
    """Another payment came with the same reference of the provider."""

    code = "reference_used"


class RefundTooHigh(TicketError):
    """More would go back than what was paid and not sent back yet. Nothing was written. `left` says how many cents."""

    code = "refund_too_high"

    def __init__(self, *, left: int) -> None:
        super().__init__(f"{left} cents are left")
        self.left = left

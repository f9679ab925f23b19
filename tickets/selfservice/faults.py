"""What can go wrong with the link of a guest: one class a fact."""

from tickets.exceptions import TicketError


class FilledAlready(TicketError):
    """Somebody has filled it in. Nothing was written."""

    code = "filled_already"


class GuestGone(TicketError):
    """Nothing is theirs: the order is not paid, or it was given back. Nothing was written."""

    code = "guest_gone"

"""What can go wrong with a request to the pot: one class per fact. The message is for logs; people read `wording`."""

from tickets.exceptions import SaleError


class NotInPot(SaleError):
    """The pot does not give this ticket, or there is no pot."""

    code = "not_in_pot"


class RequestDecided(SaleError):
    """The request was given or refused before."""

    code = "request_decided"

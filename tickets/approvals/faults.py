"""What can go wrong with a request for approval. The message is for logs; people read `wording`."""

from tickets.exceptions import TicketError


class NotWaiting(TicketError):
    """The request was decided before, was withdrawn, or its time is over."""

    code = "not_waiting"

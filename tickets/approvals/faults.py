"""What can go wrong with a request for approval. The message is for logs; people read `wording`."""

from tickets.exceptions import SaleError, TicketError


class NotWaiting(TicketError):
    """The request was decided before, was withdrawn, or its time is over."""

    code = "not_waiting"


class FileGone(SaleError):
    """The file that the form had kept is not there any more, or belongs to another request."""

    code = "file_gone"

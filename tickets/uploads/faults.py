"""What can go wrong with a file that somebody sent."""

from tickets.exceptions import SaleError


class FileGone(SaleError):
    """The file that a form had kept is not there any more, or belongs to something else. Nothing was written."""

    code = "file_gone"

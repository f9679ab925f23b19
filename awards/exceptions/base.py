"""The base of the awards' errors."""


class AwardsError(Exception):
    """Base of this app's errors; `code` is stable and may be shown to machines."""

    code = "awards_error"

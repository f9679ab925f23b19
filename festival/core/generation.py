"""The site's generation, for callers that write in a transaction of their own; see `festival.core.writing`."""

from festival.core.writing import forget_generation as forget
from festival.core.writing import site_generation as current
from festival.core.writing import writing

__all__ = ["bump", "current", "forget"]


def bump() -> None:
    """Start a new generation."""
    with writing(public=True):
        pass

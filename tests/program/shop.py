"""A shop for the tests of the programme, which knows only what a test tells it."""

from collections.abc import Iterable
from uuid import UUID

STOCKS: dict[UUID, tuple[int, int]] = {}
PRODUCTS: dict[UUID, list[str]] = {}
ASKED: list[list[UUID]] = []


def places(occurrences: Iterable[UUID]) -> dict[UUID, str]:
    """Answer the hook OCCURRENCE_PLACES."""
    asked = list(occurrences)
    ASKED.append(asked)
    return {uuid: said(*STOCKS[uuid]) for uuid in asked if uuid in STOCKS}


def said(size: int, taken: int) -> str:
    """Return what a shop says of its places; this one calls the last two "last"."""
    left = size - taken
    return "full" if left <= 0 else "last" if left <= 2 else ""


def products(sessions: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Answer the hook SESSION_PRODUCTS."""
    return {uuid: PRODUCTS[uuid] for uuid in sessions if uuid in PRODUCTS}

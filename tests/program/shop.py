"""A shop for the tests of the programme, which knows only what a test tells it."""

from collections.abc import Iterable
from uuid import UUID

STOCKS: dict[UUID, tuple[int, int]] = {}
PRODUCTS: dict[UUID, list[str]] = {}
ASKED: list[list[UUID]] = []


def places(occurrences: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """Answer the hook OCCURRENCE_PLACES."""
    asked = list(occurrences)
    ASKED.append(asked)
    return {uuid: STOCKS[uuid] for uuid in asked if uuid in STOCKS}


def products(sessions: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Answer the hook SESSION_PRODUCTS."""
    return {uuid: PRODUCTS[uuid] for uuid in sessions if uuid in PRODUCTS}

"""A waiting room that is on, before a Village with a signing key."""

import pytest

from tests.factories.tickets import WaitingRoomFactory


@pytest.fixture
def room(village):
    """Two at once, without an opening hour."""
    return WaitingRoomFactory(edition=village.edition)

"""Sessions with places, as fixtures."""

import datetime as dt

import pytest

from tests.factories.festival import DayFactory, EditionFactory
from tests.remembered import remembered
from tests.tickets.workshops.sessions import session_with_places


@pytest.fixture
@remembered
def repair(db):
    """A free session with two places and a waiting list."""
    DayFactory(edition=EditionFactory(), date=dt.date(2027, 5, 2))
    return session_with_places()


@pytest.fixture
@remembered
def soldering(db):
    """A session with two places, for those who have a ticket."""
    return session_with_places(registration="ticketed")

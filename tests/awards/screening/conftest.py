"""A project that waits for its decision, and a screener."""

import pytest

from awards.models import Entry
from tests.factories.awards import ApplicantFactory, EntryFactory
from tests.factories.festival import UserFactory
from tests.remembered import remembered


@pytest.fixture
@remembered
def entry():
    """A project that was sent in."""
    return EntryFactory(state=Entry.State.SUBMITTED, applicant=ApplicantFactory(name="Gwenola Le Bihan"))


@pytest.fixture
@remembered
def screener():
    """Somebody of the office."""
    return UserFactory()

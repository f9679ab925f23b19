"""Clients that are signed in as somebody of the jury, with the second factor behind them."""

import pytest

from festival.time import clock
from tests.factories.awards import JurorFactory
from tests.remembered import remembered


@pytest.fixture
def during(settings):
    """The jury is at work."""
    settings.FESTIVAL_CLOCK = "2027-03-20T10:00"
    settings.SECOND_FACTOR_REQUIRED = False
    return clock.now()


@pytest.fixture
def after(settings):
    """The jury's round is over, finalists are not announced yet."""
    settings.FESTIVAL_CLOCK = "2027-04-06T10:00"
    settings.SECOND_FACTOR_REQUIRED = False
    return clock.now()


@pytest.fixture
@remembered
def juror():
    """A member of the jury."""
    return JurorFactory(call__slug="prix")


@pytest.fixture
@remembered
def chair(juror):
    """The chair of the same jury."""
    return JurorFactory(call=juror.call, is_chair=True)


@pytest.fixture
def at_the_desk(client, juror):
    """The juror's client."""
    client.force_login(juror.user)
    return client


@pytest.fixture
def in_the_chair(client, chair):
    """The chair's client."""
    client.force_login(chair.user)
    return client

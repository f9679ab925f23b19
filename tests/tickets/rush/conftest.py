"""The invented shop of a rush, with two places of each product, and the site in a thread of this process."""

import time
from random import Random

import pytest

from festival.models import Edition
from tests.factories.tickets import NOW
from tickets.rush import stage
from tickets.rush.rules import Arrival
from tickets.rush.visitors import Target, visit

OFFICE = "/fr/billetterie/"


@pytest.fixture
def shop(db):
    """Two places of each product."""
    Edition.objects.all().delete()
    return stage.build(places=2, now=NOW)


@pytest.fixture
def target(live_server):
    """The site."""
    return Target.at(live_server.url, OFFICE)


def come(target, errand, number=1):
    """Send one visitor at once."""
    return visit(target, Arrival(number, 0, errand), chance=Random(number), due=time.perf_counter())

"""The draw can be counted again."""

import pytest

from tests.tickets.waitingroom.test_entering import come, opening
from tickets.models import WaitingPlace
from tickets.waitingroom import invariants

pytestmark = pytest.mark.django_db


@pytest.mark.unsound
def test_whoever_stands_elsewhere_than_drawn_is_found(room):
    opening(room)
    places = [come(room, number, -60) for number in (1, 2)]
    assert invariants.violations() == []

    WaitingPlace.objects.filter(pk=places[0].pk).update(turn=0)
    (line,) = invariants.violations()
    assert f"place {places[0].pk} has turn 0" in line

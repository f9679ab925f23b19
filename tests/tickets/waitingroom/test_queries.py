"""What is read of the waiting room."""

import datetime as dt

import pytest
from django.core.cache import cache

from tests.factories.tickets import NOW
from tests.tickets.waitingroom.test_entering import at, come
from tickets.models import WaitingRoom
from tickets.waitingroom import queries

pytestmark = pytest.mark.django_db


def test_a_room_that_is_off_is_no_room_and_costs_nothing_when_warm(room, django_assert_num_queries):
    WaitingRoom.objects.update(is_on=False)
    assert queries.open_room() is None
    with django_assert_num_queries(0):
        assert queries.open_room() is None


def test_a_room_of_another_edition_is_no_room(room):
    room.edition.is_current = False
    room.edition.save()
    cache.clear()

    assert queries.open_room() is None


def test_where_a_place_stands(room, django_assert_num_queries):
    places = [come(room, number, number) for number in range(1, 6)]
    with django_assert_num_queries(1):
        standing = queries.standing(room, places[4], at(10))

    assert (standing.ahead, standing.minutes) == (2, 10)  # two came in within five minutes
    assert standing.again == 10 + places[4].pk % 5
    assert queries.standing(room, places[2], at(10)).ahead == 0


def test_before_the_opening_hour_pages_ask_when_it_opens(room):
    room.opens_at = NOW
    room.save()
    place = come(room, 1, -60)

    assert queries.standing(room, place, at(-60)).again == 30 + place.pk % 5
    assert queries.standing(room, place, at(-7)).again == 7 + place.pk % 5


def test_only_who_is_there_is_next(room):
    places = [come(room, number, number) for number in range(1, 6)]

    assert queries.next_ones(room, at(10), 2) == [places[2].pk, places[3].pk]
    assert queries.next_ones(room, at(124), 9) == [places[4].pk]
    assert not queries.forgettable(NOW - dt.timedelta(hours=1)).exists()

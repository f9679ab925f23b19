"""What is decided for each prize, who can win it, who is in the room."""

from datetime import timedelta

import pytest

from awards.deliberation.queries import (
    candidates_of,
    deciding_tally,
    open_prizes,
    present_in,
    prize_lines,
    standing_announcement,
    standing_in,
    usual_quorum,
)
from awards.models import Announcement, Category, Presence
from tests.factories.awards import AFTER, EntryFactory, JurorFactory, both, first_round
from tests.factories.deciding import DECIDED, PUBLIC, TELL, DeliberationFactory, PrizeFactory, frozen, won
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def chair():
    return frozen()


def test_deciding_tally_is_of_its_moment(chair):
    assert deciding_tally(chair.call, AFTER - timedelta(seconds=1)) is None
    assert deciding_tally(chair.call, AFTER) is not None


def test_prize_lines_and_open_prizes_cost_two_queries_each(chair, django_assert_num_queries):
    with django_assert_num_queries(2):
        [line] = prize_lines(chair.call)
    assert line.is_open
    assert line.takes_winners
    won(chair, "b", kind="mention")
    assert open_prizes(chair.call) == [line.prize]
    won(chair)
    [line] = prize_lines(chair.call)
    assert [item.entry.slug for item in line.decisions] == ["b", "a"]
    assert not line.takes_winners
    assert open_prizes(chair.call) == []


def test_candidates_of_a_category_are_its_projects_and_across_them_the_finalists(chair):
    tally = deciding_tally(chair.call, DECIDED)
    other = Category.objects.create(call=chair.call, slug="public", name=both("Public"), by_public_vote=True)
    EntryFactory(call=chair.call, slug="late")
    prize = chair.call.prizes.get()
    assert [entry.slug for entry, _row in candidates_of(prize, tally)] == ["a", "b", "c", "late"]
    across = PrizeFactory(call=chair.call, category=None)
    of_the_public = PrizeFactory(call=chair.call, category=other)
    for each in (across, of_the_public):
        assert [entry.slug for entry, _row in candidates_of(each, tally)] == ["a", "b"]
    assert [entry.slug for entry, _row in candidates_of(prize, None)] == ["a", "b", "c", "late"]


def test_standing_in_a_result(chair):
    tally = deciding_tally(chair.call, DECIDED)
    assert standing_in(tally, chair.call.entries.get(slug="a")).rank == 1
    assert standing_in(tally, EntryFactory(call=chair.call)).rank is None


def test_present_in_the_room_at_a_moment_and_at_its_end(chair):
    room = DeliberationFactory(round=first_round(chair.call))
    Presence.objects.create(deliberation=room, juror=chair, came_at=AFTER)
    ends = AFTER + timedelta(hours=2)
    other = JurorFactory(call=chair.call)
    Presence.objects.create(deliberation=room, juror=other, came_at=AFTER, left_at=AFTER + timedelta(hours=1))
    assert [item.juror for item in present_in(room, AFTER + timedelta(minutes=1))] == [chair, other]
    assert [item.juror for item in present_in(room, ends)] == [chair]
    room.signed_at = ends
    Presence.objects.filter(juror=chair).update(left_at=ends)
    assert [item.juror for item in present_in(room, ends + timedelta(days=3))] == [chair]


def test_usual_quorum_is_more_than_half(chair):
    assert usual_quorum(first_round(chair.call)) == 1
    JurorFactory(call=chair.call)
    assert usual_quorum(first_round(chair.call)) == 2


def test_standing_announcement_is_the_one_that_was_not_withdrawn(chair):
    old = Announcement.objects.create(
        call=chair.call, tell_at=TELL, publish_at=PUBLIC, created_at=DECIDED, withdrawn_at=DECIDED
    )
    assert standing_announcement(chair.call) is None
    new = Announcement.objects.create(call=chair.call, tell_at=TELL, publish_at=PUBLIC, created_at=DECIDED)
    assert standing_announcement(old.call) == new

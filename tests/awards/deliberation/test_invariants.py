"""`fsck` notices what no action of ours would write."""

import pytest

from awards.deliberation.invariants import violations
from awards.models import (
    AgendaItem,
    Announcement,
    AnnouncementLetter,
    Decision,
    Motion,
    MotionBallot,
    MotionVoter,
    Presence,
)
from tests.factories.awards import AFTER, EntryFactory, JurorFactory, first_round
from tests.factories.deciding import DECIDED, PUBLIC, TELL, DeliberationFactory, PrizeFactory, frozen, won
from tests.remembered import remembered

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


@pytest.fixture
@remembered
def chair():
    return frozen()


def test_violations_of_a_sound_world(chair):
    won(chair)
    assert violations() == []


def test_violations_across_calls(chair):
    prize = chair.call.prizes.get()
    stranger = EntryFactory()
    Decision.objects.create(prize=prize, kind="winner", entry=stranger, decided_at=DECIDED)
    Presence.objects.create(
        deliberation=DeliberationFactory(round=first_round(chair.call)), juror=JurorFactory(), came_at=AFTER
    )
    told = Announcement.objects.create(
        call=chair.call, tell_at=TELL, publish_at=PUBLIC, created_at=DECIDED, told_at=TELL
    )
    AnnouncementLetter.objects.create(announcement=told, entry=stranger, outcome="winner", told_at=TELL)
    PrizeFactory(call=chair.call, category=stranger.category)
    assert len(violations()) == 4


def test_violations_of_too_many_winners_and_a_wrong_replacement(chair):
    prize = chair.call.prizes.get()
    first = won(chair)
    Decision.objects.create(prize=prize, kind="winner", entry=chair.call.entries.get(slug="b"), decided_at=DECIDED)
    other = PrizeFactory(call=chair.call, slug="silver")
    Decision.objects.create(prize=other, kind="taken_back", replaces=first, reason="?", decided_at=DECIDED)
    Decision.objects.create(prize=prize, kind="winner", entry=first.entry, decided_at=DECIDED)
    assert len(violations()) == 2


def test_violations_of_motions(chair):
    room = DeliberationFactory(round=first_round(chair.call))
    item = AgendaItem.objects.create(deliberation=room, place=1, title="Autre")
    given = {"item": item, "proposer": chair, "opened_at": AFTER, "closed_at": AFTER, "votes_against": 0}
    motion = Motion.objects.create(**given, text="A", votes_for=2, abstentions=0, result="carried", is_secret=True)
    MotionBallot.objects.create(motion=motion, juror=chair, choice="for")
    found = violations()
    assert len(found) == 3
    MotionVoter.objects.create(motion=motion, juror=chair)
    MotionBallot.objects.update(juror=None)
    assert violations() == [f"Motion {motion.pk} does not have the counts of its ballots."]


def test_violations_of_an_announcement_that_did_not_tell_its_winner(chair):
    decision = won(chair)
    told = Announcement.objects.create(
        call=chair.call, tell_at=TELL, publish_at=PUBLIC, created_at=DECIDED, told_at=TELL
    )
    told.decisions.add(decision)
    assert violations() == [f"Announcement {told.pk} names a project that was not told."]

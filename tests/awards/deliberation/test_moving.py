"""Motions: one vote each, of those who are there and not barred; a secret ballot stays secret."""

from datetime import timedelta

import pytest

from awards.deliberation.meeting import come, leave, open_room
from awards.deliberation.moving import close, propose, vote
from awards.deliberation.queries import barred_from
from awards.exceptions.deliberation import AlreadyVoted, MotionClosed, MotionOpen, NotInTheRoom
from awards.jury.scoring import recuse
from awards.models import MotionBallot, MotionVoter
from festival.models import AuditEntry
from tests.factories.awards import AFTER, JurorFactory, first_round
from tests.factories.deciding import frozen
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
LATER = AFTER + timedelta(hours=1)


@pytest.fixture
@remembered
def room():
    """Three jurors are in the room of a round with a tie between `b` and `c`; the second stepped back from `b`."""
    chair = frozen((("a", 5), ("b", 3), ("d", 2), ("c", 2)))
    second, third = JurorFactory(call=chair.call, slug="second"), JurorFactory(call=chair.call, slug="third")
    judged = first_round(chair.call)
    entry = chair.call.entries.get(slug="c")
    recuse(juror_id=second.pk, entry_id=entry.pk, round_id=judged.pk, reason="Ami.", by=second.user, now=AFTER)
    room = open_room(round_id=judged.pk, by=chair.user, now=AFTER)
    for juror in (chair, second, third):
        come(room_id=room.pk, juror_id=juror.pk, now=AFTER)
    return room


def seats(room):
    jury = room.round.call.jurors
    return jury.get(is_chair=True), jury.get(slug="second"), jury.get(slug="third")


def moved(room, *, is_secret=False):
    chair, _second, _third = seats(room)
    item = room.items.first()
    return propose(item_id=item.pk, proposer_id=chair.pk, text=" c passe devant. ", is_secret=is_secret, now=AFTER)


def test_propose_one_at_a_time_and_only_in_the_room(room):
    motion = moved(room)
    assert motion.text == "c passe devant."
    with pytest.raises(MotionOpen):
        moved(room)
    stranger = JurorFactory(call=room.round.call)
    with pytest.raises(NotInTheRoom):
        propose(item_id=motion.item_id, proposer_id=stranger.pk, text="Non", is_secret=False, now=AFTER)


def test_vote_of_who_stepped_back_or_left_is_refused(room):
    chair, second, third = seats(room)
    motion = moved(room)
    assert barred_from(motion.item) == {second.pk: second.name}
    with pytest.raises(NotInTheRoom):
        vote(motion_id=motion.pk, juror_id=second.pk, choice="for", now=LATER)
    leave(room_id=room.pk, juror_id=third.pk, now=AFTER + timedelta(minutes=1))
    with pytest.raises(NotInTheRoom):
        vote(motion_id=motion.pk, juror_id=third.pk, choice="for", now=LATER)
    vote(motion_id=motion.pk, juror_id=chair.pk, choice="for", now=LATER)
    with pytest.raises(AlreadyVoted):
        vote(motion_id=motion.pk, juror_id=chair.pk, choice="against", now=LATER)
    assert MotionBallot.objects.get().juror == chair


def test_close_counts_once_and_says_what_came_of_it(room):
    chair, _second, third = seats(room)
    motion = moved(room)
    vote(motion_id=motion.pk, juror_id=chair.pk, choice="for", now=LATER)
    vote(motion_id=motion.pk, juror_id=third.pk, choice="abstain", now=LATER)
    counted = close(motion_id=motion.pk, by=chair.user, now=LATER)
    assert (counted.votes_for, counted.votes_against, counted.abstentions, counted.result) == (1, 0, 1, "carried")
    for act in (
        lambda: vote(motion_id=motion.pk, juror_id=third.pk, choice="for", now=LATER),
        lambda: close(motion_id=motion.pk, by=chair.user, now=LATER),
    ):
        with pytest.raises(MotionClosed):
            act()
    assert "text" not in AuditEntry.objects.get(verb="motion.counted").facts


def test_a_secret_ballot_names_nobody(room):
    chair, _second, third = seats(room)
    motion = moved(room, is_secret=True)
    for juror in (chair, third):
        vote(motion_id=motion.pk, juror_id=juror.pk, choice="against", now=LATER)
    assert set(MotionBallot.objects.values_list("juror", flat=True)) == {None}
    assert MotionVoter.objects.count() == 2
    assert close(motion_id=motion.pk, by=chair.user, now=LATER).result == "lost"

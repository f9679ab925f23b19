"""Motions: proposed in the room, voted on by the present who are not barred, counted when they close."""

from datetime import datetime

from django.db.models import Count, Q

from awards.deliberation import queries
from awards.deliberation.meeting import held
from awards.deliberation.rules import Vote, result_of
from awards.exceptions.deliberation import AlreadyVoted, MotionClosed, MotionOpen, NotInTheRoom
from awards.models import AgendaItem, Deliberation, Motion, MotionBallot, MotionVoter
from festival.core import audit
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from festival.models import User


def propose(*, item_id: int, proposer_id: int, text: str, is_secret: bool, now: datetime) -> Motion:
    """Put a motion to the vote. Raises RoomClosed, NotInTheRoom, MotionOpen while another of the item is open."""
    with writing(public=False):
        item = AgendaItem.objects.get(pk=item_id)
        room = held(item.deliberation_id)
        _check_there(room, item, proposer_id, now)
        if item.motions.filter(closed_at__isnull=True).exists():
            raise MotionOpen
        given = {"item": item, "proposer_id": proposer_id, "is_secret": is_secret, "opened_at": now}
        return Motion.objects.create(text=text.strip(), **given)


def vote(*, motion_id: int, juror_id: int, choice: str, now: datetime) -> None:
    """Cast a juror's one vote. Raises RoomClosed, MotionClosed, AlreadyVoted, NotInTheRoom."""
    with writing(public=False):
        motion, room = _held(motion_id)
        _check_there(room, motion.item, juror_id, now)
        if MotionVoter.objects.filter(motion=motion, juror=juror_id).exists():
            raise AlreadyVoted
        MotionVoter.objects.create(motion=motion, juror_id=juror_id)
        MotionBallot.objects.create(motion=motion, juror_id=None if motion.is_secret else juror_id, choice=choice)


def close(*, motion_id: int, by: User, now: datetime) -> Motion:
    """Count a motion; its result never changes again. Raises RoomClosed, MotionClosed."""
    with writing(public=False):
        motion, room = _held(motion_id)
        choices = MotionBallot.Choice
        counted = motion.ballots.aggregate(
            yes=Count("pk", filter=Q(choice=choices.FOR)),
            no=Count("pk", filter=Q(choice=choices.AGAINST)),
            neither=Count("pk", filter=Q(choice=choices.ABSTAIN)),
        )
        motion.votes_for, motion.votes_against, motion.abstentions = counted["yes"], counted["no"], counted["neither"]
        barred = queries.barred_from(motion.item)
        # Who is barred cannot vote, so is not missed either.
        quorum = max(1, room.quorum - len(barred))
        motion.result = result_of(Vote(counted["yes"], counted["no"], counted["neither"]), quorum)
        motion.closed_at = now
        motion.save()
        facts: dict[str, Fact] = {"round": room.round.uuid, "voters": sum(counted.values()), "result": motion.result}
        edition = room.round.call.edition
        audit.record("motion.counted", motion, actor=Actor.of_user(by), at=now, facts=facts, edition=edition)
    return motion


def _held(motion_id: int) -> tuple[Motion, Deliberation]:
    """Return an open motion and its room, both held."""
    room_id = Motion.objects.values_list("item__deliberation", flat=True).get(pk=motion_id)
    room = held(room_id)
    motion = Motion.objects.select_related("item").get(pk=motion_id)
    if motion.closed_at is not None:
        raise MotionClosed
    return motion, room


def _check_there(room: Deliberation, item: AgendaItem, juror_id: int, now: datetime) -> None:
    present = {presence.juror_id for presence in queries.present_in(room, now)}
    if juror_id not in present or juror_id in queries.barred_from(item):
        raise NotInTheRoom

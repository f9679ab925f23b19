"""The evening itself: it begins, and with the last reveal everybody may know."""

from datetime import datetime

from awards.ceremony.queries import without_place
from awards.deliberation.queries import open_prizes
from awards.exceptions.ceremony import NotToldYet, PrizesWithoutPlace
from awards.exceptions.deliberation import NothingToAnnounce
from awards.models import Announcement, Call
from festival.core import audit
from festival.core.audit import Actor
from festival.core.writing import writing
from festival.models import User


def begin(*, call_id: int, by: User, now: datetime) -> Announcement:
    """Let the stage name winners from now on. Twice is once.

    Raises:
        NotToldYet: The applicants were not told: they are the first to know.
        NothingToAnnounce: A prize has no decision.
        PrizesWithoutPlace: A prize stands nowhere in the running order.
    """
    with writing(public=False):
        call = Call.objects.select_for_update(of=("self",)).select_related("edition").get(pk=call_id)
        announcement = _standing(call)
        if announcement is None or announcement.told_at is None or announcement.told_at > now:
            raise NotToldYet
        if undecided := open_prizes(call):
            raise NothingToAnnounce(tuple(str(prize.name) for prize in undecided))
        if without_place(call):
            raise PrizesWithoutPlace
        if announcement.stage_begun_at is None or announcement.stage_begun_at > now:
            announcement.stage_begun_at = now
            announcement.save(update_fields=["stage_begun_at"])
            _record("announcement.stage_begun", announcement, by, now)
    return announcement


def rehearse(*, call_id: int, by: User, now: datetime) -> None:
    """Let the stage name nobody any more: it was begun too early. Twice is once."""
    with writing(public=False):
        call = Call.objects.select_for_update(of=("self",)).select_related("edition").get(pk=call_id)
        announcement = _standing(call)
        if announcement is not None and announcement.stage_begun_at is not None:
            announcement.stage_begun_at = None
            announcement.save(update_fields=["stage_begun_at"])
            _record("announcement.stage_rehearsed", announcement, by, now)


def end(*, call_id: int, by: User, now: datetime) -> bool:
    """Note that the last prize was revealed; return whether that made the winners public now.

    It does where the announcement says so, and only forward: what is public already stays so, and where the ceremony
    never began, or the announcement has another moment, that moment stands.
    """
    with writing(public=True):
        call = Call.objects.select_for_update(of=("self",)).select_related("edition").get(pk=call_id)
        announcement = _standing(call)
        if announcement is None or not announcement.at_last_reveal or announcement.stage_begun_at is None:
            return False
        if not announcement.stage_begun_at <= now < announcement.publish_at:
            return False
        announcement.publish_at = now
        announcement.save(update_fields=["publish_at"])
        _record("announcement.published", announcement, by, now)
    return True


def _standing(call: Call) -> Announcement | None:
    found = Announcement.objects.select_for_update(of=("self",)).filter(call=call, withdrawn_at__isnull=True).first()
    if found is not None:
        found.call = call
    return found


def _record(verb: str, announcement: Announcement, by: User, now: datetime) -> None:
    edition = announcement.call.edition
    audit.record(verb, announcement, actor=Actor.of_user(by), at=now, facts={}, edition=edition)

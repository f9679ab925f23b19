"""Planning when winners become known, and taking an announcement back with a notice."""

from dataclasses import dataclass, field
from datetime import datetime

from awards.deliberation.queries import open_prizes, standing_announcement
from awards.exceptions.deliberation import AlreadyTold, NothingToAnnounce, PublishedBeforeTold, ReasonMissing
from awards.models import Announcement, Call
from festival.core import audit
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from festival.models import User


@dataclass(frozen=True, slots=True)
class Plan:
    """When applicants are told, when everybody is, and what the page says; `word` by language.

    With `at_last_reveal` everybody knows with the last reveal on stage, and at `publish_at` at the latest.
    """

    tell_at: datetime
    publish_at: datetime
    names_jury: bool = True
    word: dict[str, str] = field(default_factory=dict)
    at_last_reveal: bool = False
    certifies_finalists: bool = False


def plan(*, call_id: int, plan: Plan, by: User | None, now: datetime) -> Announcement:
    """Set when the winners of a call become known, or set it anew while nobody was told.

    Raises:
        NothingToAnnounce: A prize has no decision.
        PublishedBeforeTold: Everybody would know before the applicants, or it would have been in the past.
        AlreadyTold: Applicants were told; only a withdrawal changes that.
    """
    with writing(public=True):
        call = _held(call_id)
        if undecided := open_prizes(call):
            raise NothingToAnnounce(tuple(str(prize.name) for prize in undecided))
        if plan.publish_at < max(plan.tell_at, now):
            raise PublishedBeforeTold
        standing = standing_announcement(call)
        if standing is not None and standing.told_at is not None:
            raise AlreadyTold
        announcement = standing or Announcement(call=call, created_at=now, created_by=by)
        announcement.tell_at, announcement.publish_at = plan.tell_at, plan.publish_at
        announcement.names_jury, announcement.word = plan.names_jury, plan.word
        announcement.at_last_reveal, announcement.certifies_finalists = plan.at_last_reveal, plan.certifies_finalists
        announcement.save()
        facts: dict[str, Fact] = {"tell_at": plan.tell_at, "publish_at": plan.publish_at}
        _record("announcement.planned", announcement, by, now, facts)
    return announcement


def withdraw(*, announcement_id: int, notice: dict[str, str], by: User | None, now: datetime) -> Announcement:
    """Take an announcement off the site; `notice`, by language, stands in its place. Twice is once.

    What the applicants were told stays on record; they are written to again by the next announcement where it differs.

    Raises ReasonMissing for an announcement that was told, without a notice.
    """
    with writing(public=True):
        announcements = Announcement.objects.select_for_update(of=("self",)).select_related("call__edition")
        announcement = announcements.get(pk=announcement_id)
        if announcement.withdrawn_at is not None:
            return announcement
        if announcement.told_at is not None and not any(text.strip() for text in notice.values()):
            raise ReasonMissing
        announcement.withdrawn_at, announcement.notice = now, notice
        announcement.save(update_fields=["withdrawn_at", "notice"])
        _record("announcement.withdrawn", announcement, by, now, {"was_told": announcement.told_at is not None})
    return announcement


def _held(call_id: int) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("edition").get(pk=call_id)


def _record(verb: str, announcement: Announcement, by: User | None, now: datetime, facts: dict[str, Fact]) -> None:
    actor = Actor.of_user(by) if by else audit.IMPORTER
    edition = announcement.call.edition
    audit.record(verb, announcement, actor=actor, at=now, facts=facts, edition=edition)

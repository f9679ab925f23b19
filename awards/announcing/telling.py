"""Telling each applicant what became of their project, once, before everybody knows."""

from datetime import datetime

from awards.announcing.queries import MAIL, Told, due, to_tell
from awards.deliberation.queries import open_prizes
from awards.models import Announcement, AnnouncementLetter, Call, Decision
from festival.core import audit, outbox
from festival.core.audit import Actor, Fact
from festival.core.writing import writing


def tell_due(now: datetime) -> int:
    """Tell the applicants of every announcement whose moment has come; return how many announcements that were."""
    return sum(tell(announcement_id=pk, now=now) for pk in due(now))


def tell(*, announcement_id: int, now: datetime) -> bool:
    """Write to every project of the contest and keep what was decided with the announcement.

    False, and nothing is written, when it was told or withdrawn, its moment is ahead, or a prize is undecided again.
    A project that was told the same by an earlier announcement gets no second mail.
    """
    with writing(public=True):
        known = Announcement.objects.values_list("call_id", flat=True).get(pk=announcement_id)
        # Decisions hold the prizes, plans the call: with all of them, what is told is what stands.
        call = Call.objects.select_for_update(of=("self",)).select_related("edition").get(pk=known)
        list(call.prizes.select_for_update().order_by("pk"))
        announcement = Announcement.objects.select_for_update(of=("self",)).get(pk=announcement_id)
        is_over = announcement.told_at is not None or announcement.withdrawn_at is not None
        if is_over or announcement.tell_at > now or open_prizes(call):
            return False
        announcement.told_at = now
        announcement.save(update_fields=["told_at"])
        announcement.decisions.set(Decision.objects.standing().filter(prize__call=call))
        announcement.call = call
        mails = sum(_write(announcement, told, now) for told in to_tell(call, now))
        facts: dict[str, Fact] = {"mails": mails, "publish_at": announcement.publish_at}
        actor = Actor.system("tick")
        audit.record("announcement.told", announcement, actor=actor, at=now, facts=facts, edition=call.edition)
    return True


def _write(announcement: Announcement, told: Told, now: datetime) -> bool:
    """Note what a project is told, and queue the mail where there is somebody to read it and it is news."""
    letter = AnnouncementLetter.objects.create(
        announcement=announcement, entry=told.entry, outcome=told.outcome, told_at=now
    )
    if told.entry.applicant is None or not told.is_news:
        return False
    applicant, edition = told.entry.applicant, announcement.call.edition
    letter.mail = outbox.queue(
        MAIL, to=applicant.email, language=applicant.language, fact=letter, now=now, edition=edition
    )
    letter.save(update_fields=["mail"])
    return True

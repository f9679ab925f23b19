"""Telling each applicant whether their project is a finalist, once, before everybody knows."""

from datetime import datetime

from awards.finalists.queries import MAIL, Told, due, to_tell
from awards.models import FinalistLetter, Round, Tally
from festival.core import audit, outbox
from festival.core.audit import Actor, Fact
from festival.core.writing import writing


def tell_due(now: datetime) -> int:
    """Tell the applicants of every frozen result whose moment has come; return how many results that were.

    Runs within `manage.py tick`.
    """
    return sum(tell(tally_id=pk, now=now) for pk in due(now))


def tell(*, tally_id: int, now: datetime) -> bool:
    """Write to every project of the result's round that is in the contest, and note what it was told.

    False, and nothing is written, when it was told, its moment is ahead, or the round has a newer result. A project
    that was told the same of an earlier result of the round gets no second mail.
    """
    with writing(public=False):
        round_id = Tally.objects.values_list("round_id", flat=True).get(pk=tally_id)
        # Whoever freezes another result or moves its publication holds the round too.
        judged = (
            Round.objects.select_for_update(of=("self",), no_key=True).select_related("call__edition").get(pk=round_id)
        )
        if tally_id not in due(now):
            return False
        tally = Tally.objects.get(pk=tally_id)
        tally.round = judged
        mails = sum(_write(tally, told, now) for told in to_tell(tally))
        facts: dict[str, Fact] = {"round": judged.uuid, "mails": mails, "public_from": tally.announced_at}
        actor, edition = Actor.system("tick"), judged.call.edition
        audit.record("finalists.told", tally, actor=actor, at=now, facts=facts, edition=edition)
    return True


def _write(tally: Tally, told: Told, now: datetime) -> bool:
    """Note what a project is told, and queue the mail where there is somebody to read it and it is news."""
    letter = FinalistLetter.objects.create(tally=tally, entry=told.entry, is_finalist=told.is_finalist, told_at=now)
    who = told.entry.applicant
    if who is None or not told.is_news:
        return False
    edition = tally.round.call.edition
    letter.mail = outbox.queue(MAIL, to=who.email, language=who.language, fact=letter, now=now, edition=edition)
    letter.save(update_fields=["mail"])
    return True

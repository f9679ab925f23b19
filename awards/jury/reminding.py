"""Writing to jurors who are late: once a day at most, from the chair's page."""

from datetime import datetime

from awards.exceptions import NotReminded
from awards.jury.queries import REMINDER, address_of, language_of, obstacle_of, owed_in
from awards.models import Juror, Round
from festival.core import audit, outbox
from festival.core.audit import Actor, Fact
from festival.core.writing import writing
from festival.models import OutgoingMail


def remind(*, juror_id: int, round_id: int, actor: Actor, now: datetime) -> OutgoingMail:
    """Queue a mail that says how many cards of the round are missing and until when.

    Raises NotReminded for a juror who owes nothing, was written to today, or has no address.
    """
    with writing(public=False):
        # Held, so that two presses of the button do not write twice.
        juror = Juror.objects.select_for_update(of=("self",)).select_related("user", "call__edition").get(pk=juror_id)
        judged = Round.objects.get(pk=round_id, call=juror.call_id)
        owed = owed_in(judged).filter(juror=juror).count()
        sent = OutgoingMail.objects.filter(kind=REMINDER, fact_id=str(juror.pk)).exclude(
            state=OutgoingMail.State.FAILED
        )
        last_at = sent.order_by("-created_at").values_list("created_at", flat=True).first()
        if obstacle := obstacle_of(juror, owed, last_at, now):
            raise NotReminded(obstacle)
        edition = juror.call.edition
        mail = outbox.queue(
            REMINDER, to=address_of(juror), language=language_of(juror), fact=juror, now=now, edition=edition
        )
        facts: dict[str, Fact] = {"round": judged.uuid, "juror": juror.uuid, "cards": owed}
        audit.record("juror.reminded", juror, actor=actor, at=now, facts=facts, edition=edition)
    return mail

"""Reminders go through the outbox, once a day at most, and tell nothing of projects."""

from datetime import timedelta

import pytest
from django.core import mail

from awards.exceptions import NotReminded
from awards.jury.reminding import remind
from festival.core.audit import Actor
from festival.models import AuditEntry, OutgoingMail
from tests.factories.awards import DURING, AssignmentFactory, JurorFactory, first_round, score

pytestmark = pytest.mark.django_db
CHAIR = Actor("user:1", "Chair")


def write_to(juror, now=DURING):
    return remind(juror_id=juror.pk, round_id=first_round(juror.call).pk, actor=CHAIR, now=now)


def test_remind_queues_one_mail_in_the_juror_s_language_and_records_it(run_outbox):
    pair = AssignmentFactory(juror__languages="en, fr", juror__name="Ada")
    AssignmentFactory(juror=pair.juror)
    queued = write_to(pair.juror)
    assert (queued.to, queued.language) == (pair.juror.user.email, "en")
    run_outbox()
    [sent] = mail.outbox
    assert sent.subject == "2 scorecards are still missing: Awards"
    assert f"/jury/{pair.juror.call.slug}/?lang=en" in sent.body
    assert "Monday 5 April 2027 at 23:59" in sent.body.replace("\N{NO-BREAK SPACE}", " ")
    assert not any(str(word) in sent.body for word in (pair.entry.title, pair.entry.holder))
    act = AuditEntry.objects.get(verb="juror.reminded")
    assert (act.actor, act.facts["cards"]) == ("user:1", 2)


def test_remind_twice_a_day_is_refused():
    juror = AssignmentFactory().juror
    write_to(juror)
    with pytest.raises(NotReminded):
        write_to(juror, DURING + timedelta(hours=5))
    write_to(juror, DURING + timedelta(days=1))
    assert OutgoingMail.objects.count() == 2


def test_remind_of_nothing_is_refused():
    pair = AssignmentFactory()
    score(pair, 3, 3)
    with pytest.raises(NotReminded):
        write_to(pair.juror)
    with pytest.raises(NotReminded):
        write_to(JurorFactory(call=pair.juror.call))

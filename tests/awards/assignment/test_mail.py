"""The mail that tells jurors what there is to read."""

import pytest
from django.core import mail

from awards.assignment.mail import build, tell_jurors
from awards.models import Juror
from festival.models import OutgoingMail
from tests.factories.awards import DURING, AssignmentFactory, EntryFactory, JurorFactory, score
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def pair():
    pair = AssignmentFactory(juror__languages="fr")
    AssignmentFactory(juror=pair.juror, entry=EntryFactory(call=pair.juror.call))
    return pair


def test_one_mail_each_for_those_who_have_an_address(pair):
    silent = JurorFactory(call=pair.juror.call, user=None)
    assert tell_jurors([pair.juror, pair.juror, silent], pair.round, DURING) == 1
    assert OutgoingMail.objects.get().to == pair.juror.user.email


def test_it_says_how_many_and_until_when_and_names_no_project(pair, run_outbox):
    tell_jurors([pair.juror], pair.round, DURING)
    run_outbox()
    sent = mail.outbox[0]
    assert sent.subject.replace("\N{NO-BREAK SPACE}", " ") == "2 projets à lire : Les Prix"
    assert "5 avril" in sent.body.replace("\N{NO-BREAK SPACE}", " ")
    assert str(pair.entry.title) not in sent.body + sent.alternatives[0].content


def test_whoever_has_nothing_to_read_any_more_gets_none(pair, run_outbox):
    tell_jurors([pair.juror], pair.round, DURING)
    for each in pair.juror.assignments.all():
        score(each, 3, 3)
    run_outbox()
    assert mail.outbox == []


def test_a_juror_who_is_gone_gets_none(pair):
    tell_jurors([pair.juror], pair.round, DURING)
    queued = OutgoingMail.objects.get()
    queued.fact_id = "0"
    assert build(queued) is None
    assert Juror.objects.exists()

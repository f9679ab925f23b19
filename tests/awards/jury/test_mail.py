"""The reminder is built when it is sent: whoever has handed in meanwhile gets none."""

import pytest
from django.core import mail

from awards.jury.mail import build
from awards.jury.reminding import remind
from awards.models import Juror
from festival.core.audit import Actor
from festival.models import OutgoingMail
from tests.factories.awards import DURING, AssignmentFactory, score
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def pair():
    pair = AssignmentFactory()
    remind(juror_id=pair.juror_id, round_id=pair.round_id, actor=Actor.system("test"), now=DURING)
    return pair


def test_build_after_the_last_card_is_in_sends_nothing(pair, run_outbox):
    score(pair, 3, 3)
    run_outbox()
    assert mail.outbox == []
    assert OutgoingMail.objects.get().state == "cancelled"


def test_build_for_a_juror_who_is_gone_sends_nothing(pair):
    queued = OutgoingMail.objects.get()
    queued.fact_id = "0"
    assert build(queued) is None
    assert Juror.objects.exists()


def test_build_has_a_plain_twin_and_comes_from_the_festival(pair):
    made = build(OutgoingMail.objects.get())
    assert made.from_email.endswith("<kermesse@testserver>")
    assert [kind for _, kind in made.alternatives] == ["text/html"]
    assert made.reply_to == ["Les Jours Communs <bonjour@joursc.example.org>"]

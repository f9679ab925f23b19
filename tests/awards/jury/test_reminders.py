"""Who is late, and why somebody is not written to."""

from datetime import timedelta

import pytest

from awards.jury.reminders import Obstacle, language_of, late_in
from awards.jury.reminding import remind
from awards.models import Juror
from festival.core.audit import Actor
from tests.factories.awards import DURING, AssignmentFactory, first_round, score

pytestmark = pytest.mark.django_db


def late(juror, now=DURING):
    return [(item.juror, item.owed, item.obstacle) for item in late_in(first_round(juror.call), now=now)]


def test_late_are_those_who_owe_a_card():
    pair = AssignmentFactory()
    AssignmentFactory(juror=pair.juror)
    done = AssignmentFactory(juror__call=pair.juror.call)
    score(done, 3, 3)
    assert late(pair.juror) == [(pair.juror, 2, None)]


def test_late_one_who_was_written_to_today_waits_until_midnight_of_the_festival():
    juror = AssignmentFactory().juror
    remind(juror_id=juror.pk, round_id=first_round(juror.call).pk, actor=Actor.system("test"), now=DURING)
    [item] = late_in(first_round(juror.call), now=DURING + timedelta(hours=1))
    assert (item.last_at, item.obstacle) == (DURING, Obstacle.TODAY)
    assert late(juror, DURING.replace(hour=23, minute=59))[0][2] == Obstacle.TODAY
    assert late(juror, DURING.replace(hour=0) + timedelta(days=1))[0][2] is None


def test_late_one_without_an_address_is_said_to_have_none():
    juror = AssignmentFactory().juror
    Juror.objects.update(user=None, email="")
    assert late(juror)[0][2] == Obstacle.NO_ADDRESS


@pytest.mark.parametrize(("languages", "code"), [("", "fr"), ("en, fr", "en"), ("de, en", "en"), ("de", "fr")])
def test_language_is_the_first_that_the_site_has(languages, code):
    assert language_of(Juror(languages=languages)) == code

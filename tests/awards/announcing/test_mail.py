"""The mail that says what became of a project is built when it is sent."""

import pytest

from awards.announcing.mail import build
from awards.announcing.publishing import Plan, plan
from awards.announcing.telling import tell
from awards.models import Entry
from festival.models import OutgoingMail
from tests.factories.deciding import DECIDED, PUBLIC, TELL, frozen, won
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def queued():
    chair = frozen()
    won(chair)
    planned = plan(call_id=chair.call.pk, plan=Plan(TELL, PUBLIC), by=chair.user, now=DECIDED)
    tell(announcement_id=planned.pk, now=TELL)
    return OutgoingMail.objects.get(to="a@example.org")


def test_build_has_a_plain_twin_says_when_it_is_public_and_comes_from_the_festival(queued):
    made = build(queued)
    assert "avril" in made.body
    assert "Prix d’or" in made.body
    assert [kind for _, kind in made.alternatives] == ["text/html"]
    assert made.from_email.endswith("<kermesse@testserver>")
    assert "prix" in made.subject


def test_build_for_a_project_that_has_left_or_is_gone_sends_nothing(queued):
    Entry.objects.filter(slug="a").update(state=Entry.State.WITHDRAWN)
    assert build(queued) is None
    queued.fact_id = "0"
    assert build(queued) is None

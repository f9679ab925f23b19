"""The mail that says whether a project is a finalist is built when it is sent."""

import pytest

from awards.finalists.mail import build
from awards.finalists.telling import tell_due
from awards.models import Entry, Tally
from awards.results.deliberation import NOT_YET, publish
from festival.core.audit import Actor
from festival.models import OutgoingMail
from tests.factories.awards import AFTER, first_round
from tests.factories.deciding import frozen
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def queued():
    chair = frozen()
    tell_due(first_round(chair.call).announced_at)
    return OutgoingMail.objects.get(to="a@example.org")


def test_build_has_a_plain_twin_and_leads_to_the_application(queued):
    made = build(queued)
    assert [kind for _, kind in made.alternatives] == ["text/html"]
    assert made.from_email.endswith("<kermesse@testserver>")
    assert str(Entry.objects.get(slug="a").uuid) in made.body
    assert str(Entry.objects.get(slug="a").uuid) in made.alternatives[0][0]


def test_build_of_what_is_public_by_now_asks_for_no_secrecy(queued, settings):
    settings.FESTIVAL_CLOCK = "2027-04-08T10:59"
    assert "avril" in build(queued).body
    settings.FESTIVAL_CLOCK = "2027-04-08T11:00"
    assert "avril" not in build(queued).body


def test_build_for_a_project_that_has_left_or_is_gone_sends_nothing(queued):
    Entry.objects.filter(slug="a").update(state=Entry.State.WITHDRAWN)
    assert build(queued) is None
    queued.fact_id = "0"
    assert build(queued) is None


def test_build_of_a_result_that_is_put_off_sends_nothing(queued):
    publish(tally_id=Tally.objects.get().pk, publication=NOT_YET, actor=Actor.system("test"), now=AFTER)
    assert build(queued) is None

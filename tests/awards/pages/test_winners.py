"""Winners are a secret until their moment, and the truth afterwards."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from awards.announcing.publishing import Plan, plan, withdraw
from awards.announcing.telling import tell
from awards.models import Entry
from awards.pages.queries import call_status, finalist
from awards.pages.winners import announced_of
from tests.factories.awards import both
from tests.factories.deciding import DECIDED, PUBLIC, TELL, frozen, won
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
PAGE = "/fr/prix/palmares/"


@pytest.fixture
@remembered
def announced():
    chair = frozen()
    won(chair)
    won(chair, "b", kind="mention")
    made = plan(call_id=chair.call.pk, plan=Plan(TELL, PUBLIC, word=both("Bravo à tous.")), by=chair.user, now=DECIDED)
    tell(announcement_id=made.pk, now=TELL)
    return made


def see(client, settings, moment, address=PAGE):
    cache.clear()
    settings.FESTIVAL_CLOCK = moment
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_winners_stay_secret_until_the_moment(client, settings, announced):
    before = see(client, settings, "2027-04-21T10:59:59")
    assert "Projet a" not in before
    assert "pas encore connu" in before
    after = see(client, settings, "2027-04-21T11:00")
    assert "Prix d’or" in after
    assert after.index("Projet a") < after.index("Projet b")
    assert "Bravo à tous." in after
    assert "Juror" in after


def test_winners_of_an_announcement_that_was_not_told_stay_secret(settings, announced):
    announced.told_at = None
    announced.save()
    cache.clear()
    assert call_status(now=PUBLIC + timedelta(days=1)).winners is None


def test_winners_are_said_on_every_page_that_says_where_the_contest_stands(client, settings, announced):
    project = see(client, settings, "2027-04-22T10:00", "/fr/prix/projets/a/")
    assert "Prix d’or" in project
    assert '"award"' in project
    listed = see(client, settings, "2027-04-22T10:00", "/fr/prix/projets/")
    assert PAGE in listed
    ahead = see(client, settings, "2027-04-20T10:00", "/fr/prix/projets/")
    assert "lauréats" in ahead
    assert PAGE not in ahead
    assert "Prix d’or" not in see(client, settings, "2027-04-20T10:00", "/fr/prix/projets/a/")


def test_winners_that_were_withdrawn_leave_a_notice(client, settings, announced):
    withdraw(announcement_id=announced.pk, notice=both("Une voix a été mal comptée."), by=None, now=PUBLIC)
    content = see(client, settings, "2027-04-22T10:00")
    assert "Une voix a été mal comptée." in content
    assert "Prix d’or" not in content


def test_winners_of_a_project_that_left_the_contest_are_not_named(announced):
    Entry.objects.filter(slug="a").update(state=Entry.State.DISQUALIFIED)
    facts = announced_of(announced.call)
    assert [line.winners for line in facts.prizes] == [()]
    assert announced_of(frozen(slug="autre").call) is None


def test_winner_that_was_no_finalist_has_a_page(announced):
    status = call_status(now=PUBLIC)
    assert finalist(status, "a")
    assert finalist(status, "c") is None


def test_winners_page_without_a_call_is_not_there(client):
    assert client.get(PAGE).status_code == 404

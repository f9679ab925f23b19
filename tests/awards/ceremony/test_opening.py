"""The evening begins, and with the last reveal everybody may know."""

from datetime import timedelta

import pytest

from awards.announcing.publishing import Plan, plan, withdraw
from awards.announcing.telling import tell
from awards.ceremony.opening import begin, end, rehearse
from awards.ceremony.placing import lay_out
from awards.exceptions.ceremony import NotToldYet, PrizesWithoutPlace
from awards.exceptions.deliberation import NothingToAnnounce
from awards.models import Announcement, Decision
from awards.pages.winners import announced_of
from festival.models import AuditEntry
from tests.factories.deciding import DECIDED, PUBLIC, TELL, frozen, won
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
EVENING = TELL + timedelta(hours=8)


@pytest.fixture
@remembered
def chair():
    found = frozen()
    won(found)
    lay_out(call_id=found.call.pk, by=found.user, now=DECIDED)
    return found


def told(chair, *, at_last_reveal=True):
    wanted = Plan(TELL, PUBLIC, at_last_reveal=at_last_reveal)
    announcement = plan(call_id=chair.call.pk, plan=wanted, by=chair.user, now=DECIDED)
    tell(announcement_id=announcement.pk, now=TELL)


def on(chair, now=EVENING):
    return {"call_id": chair.call.pk, "by": chair.user, "now": now}


def test_begin_waits_until_the_applicants_know(chair):
    with pytest.raises(NotToldYet):
        begin(**on(chair))
    told(chair)
    with pytest.raises(NotToldYet):
        begin(**on(chair, TELL - timedelta(seconds=1)))
    assert begin(**on(chair)).stage_begun_at == EVENING
    assert begin(**on(chair, EVENING + timedelta(minutes=1))).stage_begun_at == EVENING
    assert AuditEntry.objects.filter(verb="announcement.stage_begun").count() == 1


def test_begin_wants_each_prize_in_the_running_order_and_decided(chair):
    told(chair)
    chair.call.ceremony_steps.all().delete()
    with pytest.raises(PrizesWithoutPlace):
        begin(**on(chair))
    Decision.objects.create(
        prize=chair.call.prizes.get(), kind="taken_back", reason="Erreur.", replaces=Decision.objects.get(),
        decided_at=EVENING,
    )  # fmt: skip
    with pytest.raises(NothingToAnnounce):
        begin(**on(chair))


def test_end_makes_the_winners_public_once(chair):
    told(chair)
    begin(**on(chair))
    assert not announced_of(chair.call).is_public(EVENING)
    assert end(**on(chair))
    assert not end(**on(chair, EVENING + timedelta(minutes=1)))
    assert Announcement.objects.get().publish_at == EVENING
    assert announced_of(chair.call).is_public(EVENING)
    assert AuditEntry.objects.filter(verb="announcement.published").count() == 1


def test_end_leaves_an_announcement_of_another_moment_alone(chair):
    told(chair, at_last_reveal=False)
    begin(**on(chair))
    assert not end(**on(chair))
    assert Announcement.objects.get().publish_at == PUBLIC


@pytest.mark.parametrize("now", [EVENING - timedelta(seconds=1), PUBLIC, PUBLIC + timedelta(days=1)])
def test_end_never_moves_the_moment_back(chair, now):
    told(chair)
    begin(**on(chair))
    assert not end(**on(chair, now))
    assert Announcement.objects.get().publish_at == PUBLIC


def test_end_of_a_rehearsal_publishes_nothing(chair):
    told(chair)
    assert not end(**on(chair))
    begin(**on(chair))
    for _again in range(2):
        rehearse(**on(chair))
    assert not end(**on(chair))
    assert AuditEntry.objects.filter(verb="announcement.stage_rehearsed").count() == 1


def test_end_without_an_announcement_does_nothing(chair):
    assert not end(**on(chair))
    told(chair)
    begin(**on(chair))
    withdraw(announcement_id=Announcement.objects.get().pk, notice={"fr": "Erreur."}, by=chair.user, now=EVENING)
    assert not end(**on(chair))

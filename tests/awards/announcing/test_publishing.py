"""Planning when winners become known, and taking it back."""

from datetime import timedelta

import pytest

from awards.announcing.publishing import Plan, plan, withdraw
from awards.announcing.telling import tell
from awards.exceptions.deliberation import AlreadyTold, NothingToAnnounce, PublishedBeforeTold, ReasonMissing
from awards.models import Announcement
from festival.models import AuditEntry
from tests.factories.awards import both
from tests.factories.deciding import DECIDED, PUBLIC, TELL, frozen, won
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def chair():
    return frozen()


def planned(chair, tell_at=TELL, publish_at=PUBLIC, now=DECIDED):
    return plan(call_id=chair.call.pk, plan=Plan(tell_at, publish_at), by=chair.user, now=now)


def test_plan_with_an_undecided_prize_is_refused(chair):
    with pytest.raises(NothingToAnnounce) as caught:
        planned(chair)
    assert caught.value.prizes == ("Prix d’or",)


@pytest.mark.parametrize(
    ("tell_at", "publish_at", "now"),
    [(PUBLIC, TELL, DECIDED), (TELL, PUBLIC, PUBLIC + timedelta(seconds=1))],
)
def test_plan_before_the_applicants_know_or_in_the_past_is_refused(chair, tell_at, publish_at, now):
    won(chair)
    with pytest.raises(PublishedBeforeTold):
        planned(chair, tell_at, publish_at, now)


def test_plan_again_moves_the_same_announcement_until_it_is_told(chair):
    won(chair)
    first = planned(chair)
    later = PUBLIC + timedelta(days=1)
    assert planned(chair, TELL, later).pk == first.pk
    assert Announcement.objects.get().publish_at == later
    assert tell(announcement_id=first.pk, now=TELL)
    with pytest.raises(AlreadyTold):
        planned(chair)


def test_plan_names_no_winner_in_the_log(chair):
    won(chair)
    planned(chair)
    act = AuditEntry.objects.get(verb="announcement.planned")
    assert set(act.facts) == {"tell_at", "publish_at"}


def test_withdraw_before_anybody_was_told_needs_no_notice(chair):
    won(chair)
    first = planned(chair)
    withdraw(announcement_id=first.pk, notice={}, by=chair.user, now=DECIDED)
    assert planned(chair).pk != first.pk


def test_withdraw_after_it_was_told_needs_a_notice_and_happens_once(chair):
    won(chair)
    first = planned(chair)
    tell(announcement_id=first.pk, now=TELL)
    with pytest.raises(ReasonMissing):
        withdraw(announcement_id=first.pk, notice={"fr": " "}, by=chair.user, now=PUBLIC)
    for moment in (PUBLIC, PUBLIC + timedelta(hours=1)):
        made = withdraw(announcement_id=first.pk, notice=both("Erreur.", "Mistake."), by=chair.user, now=moment)
    assert made.withdrawn_at == PUBLIC
    assert AuditEntry.objects.filter(verb="announcement.withdrawn").count() == 1

"""Who gets a certificate, and when."""

from datetime import timedelta

import pytest

from awards.announcing.publishing import Plan, plan, withdraw
from awards.announcing.telling import tell
from awards.certificates.queries import certificates_of, confirmed
from awards.models import Announcement, Entry
from tests.factories.applying import MemberFactory
from tests.factories.deciding import DECIDED, PUBLIC, TELL, frozen, in_the_room, won
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def chair():
    found = frozen((("a", 5), ("b", 4), ("c", 1)))
    won(found)
    in_the_room(found)
    won(found, "c", kind="mention", reason="Courageux.")
    return found


def told(chair, *, finalists=False):
    wanted = Plan(TELL, PUBLIC, certifies_finalists=finalists)
    announcement = plan(call_id=chair.call.pk, plan=wanted, by=chair.user, now=DECIDED)
    tell(announcement_id=announcement.pk, now=TELL)
    return announcement


def who(certificates):
    return [(each.entry.slug, each.outcome) for each in certificates]


def test_winners_and_mentions_get_one_once_everybody_knows(chair):
    told(chair)
    assert certificates_of(chair.call, PUBLIC - timedelta(seconds=1)) == []
    assert who(certificates_of(chair.call, PUBLIC)) == [("a", "winner"), ("c", "mention")]


def test_finalists_get_one_where_the_announcement_says_so(chair):
    told(chair, finalists=True)
    assert who(certificates_of(chair.call, PUBLIC)) == [("a", "winner"), ("c", "mention"), ("b", "finalist")]
    finalist = Entry.objects.get(slug="b")
    assert who(certificates_of(chair.call, PUBLIC, entry=finalist)) == [("b", "finalist")]


def test_none_stands_once_the_announcement_is_withdrawn(chair):
    announcement = told(chair)
    number = certificates_of(chair.call, PUBLIC)[0].number
    withdraw(announcement_id=announcement.pk, notice={"fr": "Erreur."}, by=chair.user, now=PUBLIC)
    assert certificates_of(chair.call, PUBLIC) == []
    assert confirmed(number, PUBLIC) is None


def test_project_that_left_the_contest_gets_none(chair):
    told(chair)
    Entry.objects.filter(slug="a").update(state=Entry.State.DISQUALIFIED)
    assert who(certificates_of(chair.call, PUBLIC)) == [("c", "mention")]


def test_certificate_names_the_applicant_and_who_joined(chair):
    told(chair)
    entry = Entry.objects.get(slug="a")
    member = MemberFactory(entry=entry)
    found = certificates_of(chair.call, PUBLIC, entry=entry)[0].people
    assert found == [entry.applicant.name, *([member.applicant.name] if member.applicant else [])]


def test_number_is_confirmed_only_while_it_is_public(chair):
    told(chair, finalists=True)
    for certificate in certificates_of(chair.call, PUBLIC):
        assert confirmed(certificate.number.lower(), PUBLIC).entry == certificate.entry
        assert confirmed(certificate.number, PUBLIC - timedelta(seconds=1)) is None
    assert confirmed("0000-0000-0000", PUBLIC) is None
    assert confirmed("no", PUBLIC) is None


def test_number_of_a_project_that_is_no_finalist_is_not_confirmed(chair):
    told(chair)
    digits = Entry.objects.get(slug="b").uuid.hex[:12]
    assert confirmed(digits, PUBLIC) is None
    Announcement.objects.update(certifies_finalists=True)
    assert confirmed(digits, PUBLIC).entry.slug == "b"

"""The office's screen: what lies together, one decision for many, faults beside the field; no total, no grade."""

import pytest
from django.urls import reverse

from awards.models import PublicBallot, Round
from awards.voting.closing import freeze_vote
from festival.models import User
from tests.awards.voting.conftest import CLOSED
from tests.factories.awards import CallFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.FESTIVAL_CLOCK = "2027-04-25T15:00"
    client.force_login(User.objects.create_superuser("admin@example.org"))
    return client


def test_one_decision_for_all_that_lie_together_and_back(staff, ballot_box, crowd):
    url = reverse("call:ballots", args=[ballot_box.call_id])
    page = staff.get(url).text
    assert "Beaucoup de bulletins d’un même réseau" in page
    assert "Tous ceux-ci : 6 bulletins" in page.replace("\xa0", " ")
    for word in ("Excellent", "Passable", "Project first", "Project second", crowd[0].voter, crowd[0].ticket):
        assert word not in page, "nobody sees what a ballot says, nor whose it is"

    together = "-".join(str(ballot.pk) for ballot in crowd)
    answer = staff.post(url, {"ballots": [together], "state": "void", "reason": "network"}, follow=True)

    assert "Décidé pour 6 bulletins" in answer.text
    assert set(PublicBallot.objects.values_list("state", flat=True)) == {"void"}
    staff.post(url, {"ballots": [str(crowd[0].pk), str(crowd[1].pk)], "state": "valid"})
    assert PublicBallot.objects.filter(state="valid").count() == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"state": "void", "reason": "network"}, "Choisissez les bulletins."),
        ({"state": "void", "reason": "network", "ballots": ["x", "99999999"]}, "Choisissez les bulletins."),
        ({"state": "void"}, "Dites pourquoi"),
    ],
)
def test_what_is_missing_is_said(staff, ballot_box, crowd, data, said):
    given = {"ballots": [crowd[0].pk]} | data if "Dites" in said else data

    response = staff.post(reverse("call:ballots", args=[ballot_box.call_id]), given)

    assert response.status_code == 422
    assert said in response.text
    assert set(PublicBallot.objects.values_list("state", flat=True)) == {"valid"}


def test_after_the_count_it_says_so(staff, ballot_box, crowd, settings):
    freeze_vote(round_id=ballot_box.pk, by=None, now=CLOSED)
    settings.FESTIVAL_CLOCK = "2027-05-05T12:00"
    url = reverse("call:ballots", args=[ballot_box.call_id])

    answer = staff.post(url, {"ballots": [crowd[-1].pk], "state": "void", "reason": "ticket"}, follow=True)

    assert "Le vote est dépouillé" in answer.text


def test_a_call_without_a_vote_says_so(staff):
    call = CallFactory()
    call.rounds.filter(kind=Round.Kind.PUBLIC).delete()
    assert "n’a pas de vote du public" in staff.get(reverse("call:ballots", args=[call.pk])).text


def test_the_screen_asks_the_database_so_often(staff, ballot_box, crowd, django_assert_max_num_queries):
    url = reverse("call:ballots", args=[ballot_box.call_id])
    staff.get(url)

    with django_assert_max_num_queries(14):
        staff.get(url)

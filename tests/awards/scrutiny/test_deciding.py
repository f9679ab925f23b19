"""Ballots are doubted, made void, taken back; each leaves its line; nothing once the vote was counted."""

import pytest

from awards.exceptions.voting import VoteCounted
from awards.models import PublicBallot
from awards.scrutiny.deciding import decide
from awards.voting.closing import freeze_vote
from festival.models import AuditEntry
from tests.awards.voting.conftest import CLOSED, OPEN, later
from tests.factories.festival import UserFactory

pytestmark = pytest.mark.django_db
NOW = later(OPEN, hours=1)


def states():
    return sorted(PublicBallot.objects.values_list("state", "state_reason"))


def test_void_ballots_are_out_of_the_count_which_says_how_many_and_why(ballot_box, crowd):
    given = {"round_id": ballot_box.pk, "by": UserFactory(), "now": NOW}
    keys = [ballot.pk for ballot in crowd]

    assert decide(ballots=keys[:3], state="void", reason="network", note="La même salle.", **given) == 3
    assert decide(ballots=keys[:3], state="void", reason="network", **given) == 0, "again changes nothing"
    assert decide(ballots=keys[2:3], state="valid", reason="network", **given) == 1
    assert decide(ballots=keys[5:], state="suspect", reason="ticket", **given) == 1

    assert states() == [("suspect", "ticket")] + [("valid", "")] * 3 + [("void", "network")] * 2
    told = AuditEntry.objects.filter(verb="ballot.voided").first()
    assert (told.facts["reason"], told.facts["note"]) == ("network", "La même salle.")
    assert AuditEntry.objects.filter(verb__in=["ballot.taken_back", "ballot.doubted"]).count() == 2
    tally = freeze_vote(round_id=ballot_box.pk, by=None, now=CLOSED)
    assert len(tally.input["ballots"]) == 4
    assert tally.parameters == {"void": {"network": 2}}


def test_after_the_count_nothing_changes_but_in_a_rehearsal(ballot_box, crowd):
    freeze_vote(round_id=ballot_box.pk, by=None, now=CLOSED)
    given = {
        "round_id": ballot_box.pk,
        "ballots": [crowd[0].pk],
        "by": UserFactory(),
        "state": "void",
        "reason": "other",
    }

    with pytest.raises(VoteCounted):
        decide(now=later(CLOSED, hours=1), **given)
    assert decide(now=NOW, **given) == 1, "the clock was put back"


def test_ballots_of_another_vote_are_left_alone(ballot_box, crowd):
    assert decide(round_id=ballot_box.pk, ballots=[0], state="void", reason="other", by=UserFactory(), now=NOW) == 0

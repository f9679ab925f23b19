"""The books of ballots: what is broken is named."""

import pytest

from awards.ballots.invariants import violations
from awards.models import BallotLine, BallotVersion, JuryBallot, PairAnswer
from tests.factories.awards import JurorFactory
from tests.factories.ballots import ballot_round, prefer, vote

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


def test_violations_name_a_ballot_that_is_not_its_last_version():
    judged = ballot_round("rank")
    ballot = vote(judged, a=1)
    assert violations() == []
    BallotLine.objects.update(value=2)
    assert violations() == [f"Ballot {ballot.pk} says something else than its last version."]
    BallotVersion.objects.all().delete()
    assert violations() == [f"Ballot {ballot.pk} lacks one of its 1 versions."]


def test_violations_name_rows_of_different_calls():
    judged = ballot_round("pairwise")
    answer = prefer(judged, JurorFactory(call=judged.call), "a", "b")
    PairAnswer.objects.update(juror=JurorFactory())
    assert violations() == [f"Answer {answer.pk} joins rows of different calls."]
    ballots = ballot_round("rank", call=judged.call, projects=0, order=3)
    ballot = vote(ballots, a=1)
    JuryBallot.objects.update(juror=JurorFactory())
    assert f"Ballot {ballot.pk} joins a juror and a round of different calls." in violations()

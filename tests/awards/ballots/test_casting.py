"""Casting a ballot and answering about pairs, and everything that must be refused."""

import pytest

from awards.ballots.casting import take_back
from awards.exceptions import JudgingNotOpen
from awards.exceptions.scoring import BallotChanged, BallotIncomplete, BallotNotFit, PairNotFit, TooManyApproved
from awards.models import BallotVersion, JuryBallot, PairAnswer
from festival.models import AuditEntry
from tests.factories.awards import AFTER, BEFORE, DURING, JurorFactory
from tests.factories.ballots import ballot_round, prefer, project, step_back, vote

pytestmark = pytest.mark.django_db


def verbs():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_cast_ballot_keeps_every_version_and_one_ballot():
    judged = ballot_round("grade")
    juror = JurorFactory(call=judged.call)
    vote(judged, juror, submit=False, a=3)
    ballot = vote(judged, juror, version=1, a=4, b=2, c=0)
    assert (ballot.state, ballot.version, ballot.submitted_at) == ("submitted", 2, DURING)
    assert list(BallotVersion.objects.values_list("version", flat=True)) == [1, 2]
    assert JuryBallot.objects.get().lines.count() == 3
    assert verbs() == ["ballot.submitted"]


def test_cast_ballot_sent_twice_is_saved_once():
    judged = ballot_round("grade")
    juror = JurorFactory(call=judged.call)
    vote(judged, juror, a=4, b=2, c=0)
    assert vote(judged, juror, a=4, b=2, c=0).version == 1
    assert vote(judged, juror, submit=False, a=4, b=2, c=0).state == "submitted"


def test_cast_ballot_refuses_what_another_window_replaced():
    judged = ballot_round("rank")
    juror = JurorFactory(call=judged.call)
    vote(judged, juror, a=1)
    with pytest.raises(BallotChanged) as caught:
        vote(judged, juror, a=2)
    assert caught.value.version == 1


@pytest.mark.parametrize("moment", [BEFORE, AFTER])
def test_cast_ballot_is_refused_out_of_the_round(moment):
    judged = ballot_round("rank")
    with pytest.raises(JudgingNotOpen):
        vote(judged, now=moment, a=1)


def test_cast_ballot_knows_its_projects_and_values():
    judged = ballot_round("grade")
    juror = JurorFactory(call=judged.call)
    step_back(judged, juror, "a")
    for values in ({"a": 1, "b": 1, "c": 1}, {"b": 9, "c": 1}):
        with pytest.raises(BallotNotFit):
            vote(judged, juror, **values)
    assert vote(judged, juror, b=1, c=1).state == "submitted"


def test_cast_ballot_asks_for_every_grade_and_for_one_rank():
    grades = ballot_round("grade")
    with pytest.raises(BallotIncomplete):
        vote(grades, a=1)
    ranks = ballot_round("rank", call=grades.call, projects=0, order=3)
    with pytest.raises(BallotIncomplete):
        vote(ranks)
    assert vote(ranks, b=1).lines.count() == 1


def test_cast_ballot_a_draft_does_not_empty_one_that_is_in():
    judged = ballot_round("grade")
    juror = JurorFactory(call=judged.call)
    vote(judged, juror, a=1, b=1, c=1)
    with pytest.raises(BallotIncomplete):
        vote(judged, juror, version=1, submit=False, a=1)


def test_cast_ballot_approves_as_many_as_the_round_lets_one():
    judged = ballot_round("approve", most_approved=1)
    with pytest.raises(TooManyApproved) as caught:
        vote(judged, a=1, b=1, c=0)
    assert caught.value.most == 1
    assert vote(judged, a=1, b=0, c=0).state == "submitted"


def test_answer_pair_is_kept_once_in_one_order():
    judged = ballot_round("pairwise")
    juror = JurorFactory(call=judged.call)
    first = prefer(judged, juror, "b", "a")
    assert prefer(judged, juror, "b", "a") == first
    assert (first.one, first.other, first.winner) == (project(judged, "a"), project(judged, "b"), project(judged, "b"))
    with pytest.raises(PairNotFit):
        prefer(judged, juror, "a", "b")


def test_answer_pair_refuses_what_is_not_the_jurors():
    judged = ballot_round("pairwise")
    juror = JurorFactory(call=judged.call)
    step_back(judged, juror, "a")
    for pair in (("a", "b"), ("b", "b")):
        with pytest.raises(PairNotFit):
            prefer(judged, juror, *pair)


def test_take_back_undoes_the_last_answer_and_it_is_asked_again():
    judged = ballot_round("pairwise")
    juror = JurorFactory(call=judged.call)
    known = {"round_id": judged.pk, "juror_id": juror.pk, "by": juror.user, "now": DURING}
    assert take_back(**known) is None
    prefer(judged, juror, "a", "b")
    prefer(judged, juror, "a", "c", is_skipped=True)
    take_back(**known)
    take_back(**known)
    assert not PairAnswer.objects.standing().exists()
    assert prefer(judged, juror, "b", "a").winner == project(judged, "b")
    assert verbs().count("pair.taken_back") == 2

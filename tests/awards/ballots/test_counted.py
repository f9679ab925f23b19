"""What ballots and pairs come to, by every mode; who stepped back counts for nothing."""

import pytest

from awards.ballots.counted import counted, input_of
from awards.models import Entry, JuryBallot
from tests.factories.awards import JurorFactory
from tests.factories.ballots import ballot_round, prefer, project, step_back, vote

pytestmark = pytest.mark.django_db


def ranks(judged):
    return {line.entry.slug: line.rank for line in counted(judged)}


def test_counted_by_majority_judgment():
    judged = ballot_round("grade")
    for grades in ({"a": 5, "b": 3, "c": 0}, {"a": 4, "b": 3, "c": 1}, {"a": 0, "b": 3, "c": 2}):
        vote(judged, **grades)
    assert ranks(judged) == {"a": 1, "b": 2, "c": 3}


def test_counted_by_ranking_and_what_nobody_ranks_is_last():
    judged = ballot_round("rank")
    for order in ({"b": 1, "a": 2}, {"b": 1}, {"a": 1, "b": 2}):
        vote(judged, **order)
    assert ranks(judged) == {"b": 1, "a": 2, "c": None}


@pytest.mark.parametrize("mode", ["approve", "check"])
def test_counted_by_yes(mode):
    judged = ballot_round(mode)
    vote(judged, a=1, b=0, c=0)
    vote(judged, a=1, b=1, c=0)
    assert ranks(judged) == {"a": 1, "b": 2, "c": 3}


def test_counted_by_pairs():
    judged = ballot_round("pairwise")
    for winner, loser in (("a", "b"), ("b", "c"), ("a", "c")):
        prefer(judged, JurorFactory(call=judged.call), winner, loser)
    prefer(judged, JurorFactory(call=judged.call), "c", "a", is_skipped=True)
    assert ranks(judged) == {"a": 1, "b": 2, "c": 3}
    assert len(input_of(judged)[0]["votes"]) == 3


def test_counted_by_pairs_does_not_rank_groups_that_never_met():
    judged = ballot_round("pairwise", projects=4)
    juror = JurorFactory(call=judged.call)
    prefer(judged, juror, "a", "b")
    prefer(judged, juror, "c", "d")
    assert set(ranks(judged).values()) == {None}


def test_counted_without_any_answer_has_no_ranks():
    assert set(ranks(ballot_round("pairwise")).values()) == {None}


def test_input_of_leaves_out_drafts_late_conflicts_and_withdrawn_projects():
    judged = ballot_round("grade")
    juror = JurorFactory(call=judged.call)
    vote(judged, juror, a=1, b=2, c=3)
    vote(judged, submit=False, a=5)
    step_back(judged, juror, "a")
    Entry.objects.filter(slug="c").update(state=Entry.State.WITHDRAWN)
    ((_juror, entry, value),) = input_of(judged)[0]["votes"]
    assert (entry, value) == (str(project(judged, "b").uuid), 2)
    assert JuryBallot.objects.count() == 2

"""What is on a ballot, and which round the jury is in."""

import pytest

from awards.ballots.queries import (
    answers_of,
    ballot_round as current,
    ballots_in,
    entries_for,
    has_voted,
    values_on,
    views_of,
)
from tests.factories.awards import AFTER, BEFORE, DURING, AssignmentFactory, CallFactory, JurorFactory
from tests.factories.ballots import ballot_round, prefer, project, step_back, vote

pytestmark = pytest.mark.django_db


def test_ballot_round_is_the_last_begun_without_marks():
    assert current(CallFactory(), DURING) is None
    judged = ballot_round("rank")
    assert current(judged.call, BEFORE) == current(judged.call, DURING) == current(judged.call, AFTER) == judged


def test_entries_for_are_all_or_those_given_without_conflicts_and_the_project_to_tune_by():
    judged = ballot_round("rank")
    juror = JurorFactory(call=judged.call)
    assert {entry.slug for entry in entries_for(juror, judged)} == {"a", "b", "c"}
    step_back(judged, juror, "a")
    judged.calibration_entry = project(judged, "b")
    assert [entry.slug for entry in entries_for(juror, judged)] == ["c"]
    judged.calibration_entry = None
    AssignmentFactory(round=judged, juror=juror, entry=project(judged, "b"))
    assert [entry.slug for entry in entries_for(juror, judged)] == ["b"]
    assert entries_for(JurorFactory(call=judged.call), judged) == []


def test_values_on_and_has_voted_follow_the_ballot():
    judged = ballot_round("rank")
    juror = JurorFactory(call=judged.call)
    assert values_on(None) == {}
    draft = vote(judged, juror, submit=False, a=1)
    assert values_on(draft) == {project(judged, "a").pk: 1}
    assert not has_voted(juror, judged)
    vote(judged, juror, version=1, a=1)
    assert has_voted(juror, judged)
    assert ballots_in(judged).get().juror == juror


def test_answers_of_and_views_of_leave_out_conflicts_and_skipped_pairs():
    judged = ballot_round("pairwise")
    juror = JurorFactory(call=judged.call)
    prefer(judged, juror, "a", "b")
    prefer(judged, juror, "b", "c")
    prefer(judged, juror, "a", "c", is_skipped=True)
    step_back(judged, juror, "b")
    assert [(item.one.slug, item.other.slug) for item in answers_of(judged)] == [("a", "c")]
    assert not views_of(answers_of(judged))

"""The pair that a juror is asked about now."""

import pytest

from awards.ballots.asking import pair_for
from tests.factories.awards import JurorFactory
from tests.factories.ballots import ballot_round, prefer, project, step_back

pytestmark = pytest.mark.django_db


def test_pair_for_goes_through_all_pairs_and_ends():
    judged = ballot_round("pairwise")
    juror = JurorFactory(call=judged.call)
    assert not pair_for(juror, judged).can_undo
    for number in range(3):
        asked = pair_for(juror, judged)
        assert asked.answered == number
        prefer(judged, juror, asked.pair[1].slug, asked.pair[0].slug)
    assert pair_for(juror, judged).pair is None


def test_pair_for_takes_the_project_whose_code_was_scanned_unless_it_is_not_theirs():
    judged = ballot_round("pairwise")
    juror = JurorFactory(call=judged.call)
    assert pair_for(juror, judged, with_slug="c").pair[0] == project(judged, "c")
    step_back(judged, juror, "c")
    assert project(judged, "c") not in pair_for(juror, judged, with_slug="c").pair

"""What lies on the office's sheet."""

import pytest

from awards.models import PublicBallot, Round
from awards.scrutiny.queries import sheet_of, vote_of

pytestmark = pytest.mark.django_db


def test_ballots_lie_together_by_what_is_suspicious(ballot_box, crowd):
    PublicBallot.objects.filter(pk=crowd[0].pk).update(state="suspect", state_reason="other")

    sheet = sheet_of(ballot_box)

    assert [(group.reason, len(group.ballots)) for group in sheet.groups] == [("ticket", 1), ("network", 6)]
    assert sheet.groups[0].keys == str(crowd[-1].pk)
    assert sheet.decided == (crowd[0],)
    assert sheet.keys == {ballot.pk for ballot in crowd}


def test_a_call_has_a_vote_or_none(ballot_box):
    assert vote_of(ballot_box.call) == ballot_box
    ballot_box.call.rounds.filter(kind=Round.Kind.PUBLIC).delete()
    assert vote_of(ballot_box.call) is None

"""Counting the vote: after its end, without names, once; public when planned, by itself if nobody does it."""

import pytest

from awards.exceptions.voting import VoteStillOpen
from awards.models import PublicBallot, SentBallot, Tally
from awards.voting import closing
from awards.voting.queries import voter_key
from festival.models import AuditEntry
from tests.awards.voting.conftest import ANNOUNCED, CLOSED, OPEN, cast, later, send, uuid_of

pytestmark = pytest.mark.django_db


def test_it_is_not_counted_before_its_end(ballot_box):
    cast(ballot_box, "x", first=4)

    with pytest.raises(VoteStillOpen):
        closing.freeze_vote(round_id=ballot_box.pk, by=None, now=ballot_box.closes)

    assert not Tally.objects.filter(round=ballot_box).exists()


def test_it_is_frozen_with_its_ballots_and_without_its_voters(ballot_box):
    cast(ballot_box, "x", first=4, second=3)
    cast(ballot_box, "y", first=1)
    send(ballot_box, first=0)
    PublicBallot.objects.update(network="abc")

    tally = closing.freeze_vote(round_id=ballot_box.pk, by=None, now=CLOSED)

    one, two = uuid_of(ballot_box, "first"), uuid_of(ballot_box, "second")
    assert tally.input == {
        "finalists": sorted([one, two]),
        "ballots": sorted([{one: 1}, {one: 4, two: 3}], key=lambda b: sorted(b.items())),
    }
    assert voter_key(ballot_box, "x") not in str(tally.input)
    assert (tally.method, tally.announced_at, tally.names) == ("majority", ANNOUNCED, {one: "first", two: "second"})
    rows = [(row.entry.slug, row.rank, row.score, row.cards) for row in tally.rows.select_related("entry")]
    assert rows == [("second", 1, "3", 1), ("first", 2, "1", 2)]
    assert not SentBallot.objects.exists()
    assert set(PublicBallot.objects.values_list("network", flat=True)) == {""}
    assert AuditEntry.objects.get(verb="vote.frozen").facts["ballots"] == 2


def test_void_ballots_do_not_count_and_suspect_ones_do(ballot_box):
    cast(ballot_box, "x", first=4)
    for name, state in (("y", "void"), ("z", "suspect")):
        ballot = cast(ballot_box, name, second=4)
        PublicBallot.objects.filter(pk=ballot.pk).update(state=state, state_reason="Sixty from one network.")

    tally = closing.freeze_vote(round_id=ballot_box.pk, by=None, now=CLOSED)

    assert len(tally.input["ballots"]) == 2


def test_a_planned_moment_that_has_passed_is_now(ballot_box):
    cast(ballot_box, "x", first=4)

    tally = closing.freeze_vote(round_id=ballot_box.pk, by=None, now=later(ANNOUNCED, hours=1))

    assert tally.announced_at == later(ANNOUNCED, hours=1)


def test_without_a_plan_it_is_not_public(ballot_box):
    ballot_box.announced_at = None
    ballot_box.save()
    cast(ballot_box, "x", first=4)

    assert closing.freeze_vote(round_id=ballot_box.pk, by=None, now=CLOSED).announced_at is None
    assert closing.freeze_due(later(ANNOUNCED, days=9)) == 0


def test_nobody_has_to_be_there_when_it_is_announced(ballot_box):
    cast(ballot_box, "x", first=4)

    assert closing.freeze_due(later(ANNOUNCED, seconds=-1)) == 0
    assert closing.freeze_due(ANNOUNCED) == 1
    assert closing.freeze_due(ANNOUNCED) == 0
    assert Tally.objects.get(round=ballot_box).announced_at == ANNOUNCED


def test_a_vote_in_which_nobody_voted_is_not_counted_by_itself(ballot_box):
    assert closing.freeze_due(ANNOUNCED) == 0
    assert closing.freeze_vote(round_id=ballot_box.pk, by=None, now=OPEN.replace(year=2028)).rows.count() == 2

"""The books of a vote, falsified one by one."""

import pytest

from awards.models import PublicBallot, PublicGrade, Tally, TallyRow
from awards.voting.closing import freeze_vote
from awards.voting.invariants import violations
from tests.awards.voting.conftest import CLOSED, cast
from tests.factories.awards import EntryFactory, first_round
from tests.factories.festival import EditionFactory
from tests.factories.guards import unguard

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


@pytest.fixture
def frozen(ballot_box):
    cast(ballot_box, "x", first=4, second=2)
    assert violations() == []
    tally = freeze_vote(round_id=ballot_box.pk, by=None, now=CLOSED)
    assert violations() == []
    return tally


def test_a_ballot_has_a_grade_and_is_in_a_vote(frozen):
    unguard()
    PublicGrade.objects.all().delete()
    PublicBallot.objects.update(round=first_round(frozen.round.call))

    assert [line.split(" ", 2)[2] for line in violations()] == [
        "is in a round that is no vote of the public.",
        "has no grade.",
    ]


def test_a_grade_is_of_the_same_call(frozen):
    unguard()
    next_year = EditionFactory(number=2031, is_current=False)
    PublicGrade.objects.filter(value=4).update(entry=EntryFactory(call__slug="other", call__edition=next_year))

    assert ["is of a project of another call" in line for line in violations()] == [True]


def test_a_frozen_vote_is_what_its_ballots_give(frozen):
    unguard()
    TallyRow.objects.filter(rank=1).update(rank=2)
    assert ["is not what its ballots give" in line for line in violations()] == [True]

    Tally.objects.filter(pk=frozen.pk).update(input={"finalists": [], "ballots": []})
    assert ["no longer matches its hash" in line for line in violations()] == [True]

"""`fsck` finds nothing in sound results, and finds each thing that is falsified by hand."""

import pytest

from awards.models import Tally, TallyRow
from awards.results.deliberation import freeze_result
from awards.results.invariants import violations
from tests.factories.awards import AFTER, AssignmentFactory, score

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


@pytest.fixture
def card():
    card = score(AssignmentFactory(), 4, 3)
    freeze_result(round_id=card.assignment.round_id, by=None, now=AFTER)
    return card


def test_violations_sound_results_have_none(card):
    assert violations() == []


def test_violations_frozen_row_changed_by_hand(card):
    TallyRow.objects.update(score="99")
    assert violations() == [f"Frozen result {Tally.objects.get().pk} is not what its input gives."]


def test_violations_frozen_input_changed_by_hand(card):
    tally = Tally.objects.get()
    tally.input["cards"][0]["marks"]["impact"] = 5
    tally.save()
    assert violations() == [
        f"Frozen result {tally.pk} no longer matches its hash.",
        f"Frozen result {tally.pk} is not what its input gives.",
    ]

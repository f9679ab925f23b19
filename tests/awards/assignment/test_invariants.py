"""The books of who reads what."""

import pytest

from awards.assignment.invariants import violations
from awards.models import Assignment, AssignmentBatch
from tests.factories.awards import DURING, AssignmentFactory, second_round

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


def test_a_pair_is_of_a_released_plan_of_its_round():
    pair = AssignmentFactory()
    assert violations() == []
    batch = AssignmentBatch.objects.create(
        round=second_round(pair.juror.call),
        seed="1",
        algorithm="2",
        basis={},
        added=[],
        dropped=[],
        metrics={},
        proposed_at=DURING,
    )
    Assignment.objects.update(batch=batch)
    assert violations() == [
        f"Assignment {pair.pk} was made by a plan of another round.",
        f"Assignment {pair.pk} was made by a plan that was not released.",
    ]

"""`fsck` finds nothing in a sound jury, and finds each thing that is falsified by hand."""

import pytest

from awards.jury.invariants import violations
from awards.models import Assignment, Criterion, Recusal, ScaleLevel, Score, Scorecard, ScoreChange
from tests.factories.awards import DURING, AssignmentFactory, score

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


@pytest.fixture
def card():
    return score(AssignmentFactory(), 4, 3)


def test_violations_sound_jury_has_none(card):
    assert violations() == []


def test_violations_mark_changed_by_hand_differs_from_its_log(card):
    Score.objects.filter(criterion__slug="impact").update(value=5)
    assert [line.split(",")[1] for line in violations()] == [" its log says 4."]


def test_violations_mark_without_a_log(card):
    ScoreChange.objects.all().delete()
    assert len(violations()) == 2


def test_violations_counting_card_of_a_recused_pair(card):
    pair = card.assignment
    Recusal.objects.create(
        round=pair.round, juror=pair.juror, entry=pair.entry, when="declared_after", reason="x", declared_at=DURING
    )
    assert violations() == [
        f"Assignment {pair.pk} is open although its juror stepped back.",
        f"Scorecard {card.pk} counts although its juror stepped back.",
    ]


def test_violations_closed_pair_and_void_card_without_a_recusal(card):
    Assignment.objects.update(state="recused")
    Scorecard.objects.update(state="voided", voided_at=DURING)
    assert violations() == [
        f"Assignment {card.assignment_id} is closed without a recusal.",
        f"Scorecard {card.pk} is void without a recusal.",
    ]


def test_violations_submitted_card_with_a_mark_missing(card):
    Score.objects.filter(criterion__slug="spread").delete()
    assert violations() == [f"Scorecard {card.pk} is submitted with 1 marks of 2."]


def test_violations_mark_off_the_scale_of_its_call(card):
    ScaleLevel.objects.filter(value=4).delete()
    assert violations() == [f"Score {Score.objects.get(value=4).pk} is not on the scale: 4."]


def test_violations_weights_that_do_not_make_100(card):
    Criterion.objects.filter(slug="impact").update(weight=50)
    assert violations() == [f"Rubric {card.assignment.round.rubric_id} has weights that make 90 instead of 100."]

"""`fsck` finds nothing in a sound jury, and finds each thing that is falsified by hand."""

import pytest

from awards.models import Assignment, Criterion, Recusal, ScaleLevel, Score, Scorecard, ScoreChange, Tally, TallyRow
from awards.results.deliberation import freeze_result
from awards.results.invariants import violations
from tests.factories.awards import AFTER, DURING, AssignmentFactory, score

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


@pytest.fixture
def card():
    card = score(AssignmentFactory(), 4, 3)
    freeze_result(call_id=card.assignment.juror.call_id, user_id=None, now=AFTER)
    return card


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
    Recusal.objects.create(juror=pair.juror, entry=pair.entry, when="declared_after", reason="x", declared_at=DURING)
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
    assert violations() == [f"Call {card.assignment.juror.call_id} has weights that make 90 instead of 100."]


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

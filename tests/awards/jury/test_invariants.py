"""`fsck` finds nothing in a sound jury, and finds each thing that is falsified by hand."""

import pytest

from awards.jury.invariants import violations
from awards.models import Assignment, Criterion, Recusal, Round, ScaleLevel, Score, Scorecard, ScoreChange
from tests.factories.awards import (
    DURING,
    AssignmentFactory,
    CallFactory,
    JurorFactory,
    first_round,
    score,
    second_round,
)
from tests.remembered import remembered

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


@pytest.fixture
@remembered
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


def test_violations_rows_of_different_calls(card):
    pair, strange = card.assignment, CallFactory()
    Assignment.objects.filter(pk=pair.pk).update(juror=JurorFactory(call=strange))
    Round.objects.filter(pk=pair.round_id).update(rubric=first_round(strange).rubric)
    lines = violations()
    assert f"Assignment {pair.pk} joins a juror, a project and a round of different calls." in lines
    assert f"Round {pair.round_id} has a rubric of another call." in lines
    assert sum("answers a criterion of another rubric" in line for line in lines) == 2


def test_violations_project_in_a_category_of_another_call_or_of_the_public(card):
    entry = card.assignment.entry
    wrong = f"Project {entry.pk} is in a category that is not its call's or takes no projects."
    for category in (CallFactory().categories.get(), entry.category):
        category.by_public_vote = category == entry.category
        category.save()
        type(entry).objects.filter(pk=entry.pk).update(category=category)
        assert violations() == [wrong]


def test_violations_round_that_follows_a_later_one(card):
    first = card.assignment.round
    final = second_round(first.call)
    assert violations() == []
    Round.objects.filter(pk=final.pk).update(follows=None)
    Round.objects.filter(pk=first.pk).update(follows=final)
    assert violations() == [f"Round {first.pk} does not follow an earlier round of its call."]


def test_violations_card_of_a_project_given_to_another_that_is_not_void(card):
    Assignment.objects.update(state="reassigned")
    assert violations() == [f"Scorecard {card.pk} is not void although its project was given to another juror."]
    Scorecard.objects.update(state="voided", voided_at=DURING)
    assert violations() == []

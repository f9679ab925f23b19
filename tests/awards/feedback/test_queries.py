"""What an applicant may read."""

from datetime import timedelta
from decimal import Decimal

import pytest

from awards.feedback.queries import feedback_of, rounds_with_result, to_moderate
from awards.feedback.releasing import Shown, let_through, release
from awards.models import Entry
from tests.awards.feedback.conftest import card_of, step_back
from tests.factories.awards import BEFORE, first_round
from tests.factories.deciding import PUBLIC, frozen

pytestmark = pytest.mark.django_db


def released(chair, **shown):
    release(round_id=first_round(chair.call).pk, shown=Shown(**shown), by=chair.user, now=PUBLIC)


def read(slug, now=PUBLIC):
    return feedback_of(Entry.objects.get(slug=slug), now)


def test_profile_has_the_own_mean_beside_the_middle_half(chair):
    released(chair)
    (found,) = read("b")
    assert [(line.criterion.slug, line.own, line.others) for line in found.lines] == [
        ("impact", Decimal("4.00"), (Decimal("2.25"), Decimal("3.75"))),
        ("spread", Decimal("4.00"), (Decimal("2.25"), Decimal("3.75"))),
    ]
    assert found.cards == 1
    assert found.lines[0].drawn == {"own": "157.6", "low": "90.4", "middle": "119.2", "width": "57.6"}
    assert (found.place, found.comments) == (None, ())
    assert found.round == first_round(chair.call)


def test_place_is_told_only_where_the_chair_wishes(chair):
    released(chair, place=True)
    place = read("a")[0].place
    assert place.of == 6


def test_spread_of_few_projects_is_not_shown():
    few = frozen(slug="few")
    from awards.models import FeedbackRelease

    FeedbackRelease.objects.create(round=first_round(few.call), released_at=PUBLIC, shows_place=True)
    (found,) = read("a")
    assert (found.place, found.lines[0].others, set(found.lines[0].drawn)) == (None, None, {"own"})


def test_nothing_is_there_before_the_release_nor_for_who_left(chair):
    assert read("a") == []
    released(chair)
    assert read("a", PUBLIC - timedelta(seconds=1)) == []
    Entry.objects.filter(slug="a").update(state=Entry.State.DISQUALIFIED)
    assert read("a") == []


def test_comments_are_read_as_the_chair_lets_them_through(chair):
    let_through(card_id=card_of("b").pk, text="Trop cher.", by=chair.user, now=PUBLIC)
    released(chair)
    assert read("b")[0].comments == ("Trop cher.",)
    assert read("a")[0].comments == ()
    step_back("b")
    assert read("b")[0].comments == ()


def test_comments_are_hidden_where_the_chair_wishes(chair):
    let_through(card_id=card_of("b").pk, text="Trop cher.", by=chair.user, now=PUBLIC)
    released(chair, comments=False)
    assert read("b")[0].comments == ()


@pytest.mark.unsound
def test_round_without_a_rubric_has_no_profile(chair):
    released(chair)
    judged = first_round(chair.call)
    type(judged).objects.filter(pk=judged.pk).update(rubric=None, mode="approve")
    assert read("a")[0].lines == ()


def test_chair_sees_what_was_written_for_applicants_only(chair):
    rows = to_moderate(first_round(chair.call))
    assert [(row.entry.slug, row.typed, row.passed) for row in rows] == [
        ("a", "Très clair.", None),
        ("b", "Vu avec Juror 1 : trop cher.", None),
    ]
    passed = let_through(card_id=card_of("a").pk, text="Clair.", by=chair.user, now=PUBLIC)
    assert to_moderate(first_round(chair.call))[0].passed == passed


def test_rounds_are_those_with_a_frozen_result(chair):
    assert rounds_with_result(chair.call, PUBLIC) == [first_round(chair.call)]
    assert rounds_with_result(chair.call, BEFORE) == []


def test_comment_of_a_juror_who_steps_back_is_not_read(chair):
    let_through(card_id=card_of("b").pk, text="Trop cher.", by=chair.user, now=PUBLIC)
    released(chair)
    assert read("b")[0].comments == ("Trop cher.",)
    step_back("b")
    assert read("b")[0].comments == ()
    assert [row.entry.slug for row in to_moderate(first_round(chair.call))] == ["a"]

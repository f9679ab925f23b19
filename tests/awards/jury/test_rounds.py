"""Which round a jury is in, and what a second round is about: it never touches the first."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from awards.jury.rounds import JudgingState, current_round, entries_of, judging_state
from awards.models import Round, Score, Tally
from awards.results.deliberation import freeze_result
from awards.results.standing import standing_of
from tests.factories.awards import (
    AFTER,
    AFTER_ROUND_TWO,
    DURING,
    IN_ROUND_TWO,
    AssignmentFactory,
    CallFactory,
    EntryFactory,
    JurorFactory,
    RoundFactory,
    first_round,
    score,
    second_round,
)
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
@remembered
def call():
    return CallFactory()


@pytest.fixture
@remembered
def judged(call):
    """Projects a, b and c with one card each, in this order; a and b are finalists of the frozen first round."""
    juror = JurorFactory(call=call)
    for slug, mark in (("a", 5), ("b", 4), ("c", 1)):
        score(AssignmentFactory(juror=juror, entry=EntryFactory(call=call, slug=slug)), mark, mark)
    freeze_result(round_id=first_round(call).pk, by=None, now=AFTER)
    return call


def slugs(entries):
    return set(entries.values_list("slug", flat=True))


def names(judged):
    standing = standing_of(judged)
    return [(standing.dossier.name(row.entry), row.rank, row.cards) for row in standing.result.rows]


def test_current_round_is_the_last_that_has_begun(call):
    first, final = first_round(call), second_round(call)
    assert current_round(call, first.opens - SECOND) == first
    assert current_round(call, final.opens - SECOND) == first
    assert current_round(call, final.opens) == final
    assert current_round(call, AFTER_ROUND_TWO + timedelta(days=300)) == final


def test_current_round_is_never_the_public_s_nor_one_without_a_scorecard(call):
    second_round(call, mode=Round.Mode.RANK, rubric=None)
    assert current_round(call, AFTER_ROUND_TWO + timedelta(days=10)) == first_round(call)


def test_current_round_of_a_call_without_rounds_is_none(call):
    call.rounds.all().delete()
    assert current_round(call, DURING) is None


def test_judging_state_at_the_second(call):
    judged = first_round(call)
    moments = (judged.opens - SECOND, judged.opens, judged.closes, judged.closes + SECOND)
    states = [judging_state(judged, at) for at in moments]
    assert states == [JudgingState.AHEAD, JudgingState.OPEN, JudgingState.OPEN, JudgingState.OVER]


def test_entries_of_the_first_round_are_all_of_its_call(judged):
    EntryFactory(slug="elsewhere")
    assert slugs(entries_of(first_round(judged))) == {"a", "b", "c"}


def test_entries_of_a_round_that_follows_are_the_finalists(judged):
    assert slugs(entries_of(second_round(judged))) == {"a", "b"}


def test_entries_of_a_round_that_follows_nothing_frozen_are_none(call):
    EntryFactory(call=call)
    assert not entries_of(second_round(call)).exists()


def test_entries_of_a_round_follow_the_newest_frozen_result(judged):
    first = first_round(judged)
    final = second_round(judged)
    judged.rounds.filter(pk=first.pk).update(finalists_per_category=1)
    freeze_result(round_id=first.pk, by=None, now=AFTER + SECOND)
    assert slugs(entries_of(final)) == {"a"}


def test_scoring_in_the_second_round_does_not_touch_the_first(judged):
    first, final = first_round(judged), second_round(judged)
    before = names(first), list(Tally.objects.values()), list(Score.objects.values())
    juror = judged.jurors.get()
    for slug, mark in (("a", 1), ("b", 5)):
        pair = AssignmentFactory(juror=juror, entry=judged.entries.get(slug=slug), round=final)
        score(pair, mark, mark, now=IN_ROUND_TWO)
    assert names(final) == [("b", 1, 1), ("a", 2, 1)]
    assert names(first) == before[0] == [("a", 1, 1), ("b", 2, 1), ("c", 3, 1)]
    tally = freeze_result(round_id=final.pk, by=None, now=AFTER_ROUND_TWO)
    assert list(tally.rows.filter(is_finalist=True).values_list("entry__slug", flat=True)) == ["b"]
    assert list(Tally.objects.exclude(pk=tally.pk).values()) == before[1]
    assert list(Score.objects.exclude(card__assignment__round=final).values()) == before[2]


# What the tables hold -------------------------------------------------------------------------------------------------


def test_a_round_needs_its_own_number(call):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundFactory(call=call, rubric=first_round(call).rubric)


@pytest.mark.parametrize(
    "change",
    [{"rubric": None}, {"closes": DURING - timedelta(days=30)}, {"order": 1}],
    ids=["rubric", "dates", "order"],
)
def test_a_round_that_cannot_be_is_refused_by_the_database(call, change):
    final = second_round(call)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=final.pk).update(**change)


def test_a_round_does_not_follow_itself(call):
    final = second_round(call)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=final.pk).update(follows=final)


def test_a_round_follows_an_earlier_one_of_its_call(call):
    final = second_round(call)
    for follows in (first_round(CallFactory()), RoundFactory(call=call, order=3, rubric=final.rubric)):
        final.follows = follows
        with pytest.raises(ValidationError) as caught:
            final.full_clean()
        assert set(caught.value.error_dict) == {"follows"}


def test_a_round_is_scored_by_a_rubric_of_its_call(call):
    final = second_round(call)
    final.rubric = first_round(CallFactory()).rubric
    with pytest.raises(ValidationError, match="Cette grille relève d’un autre appel"):
        final.full_clean()


def test_the_last_minute_is_part_of_call_and_round(call):
    judged = first_round(call)
    for row in (call, judged):
        row.closes = row.closes.replace(second=0)
        row.full_clean()
        assert row.closes.second == 59

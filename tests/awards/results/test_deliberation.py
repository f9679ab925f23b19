"""What the chair does: casting votes and frozen results."""

import pytest

from awards.exceptions import JuryStillAtWork, NotTied, TieAtTheCut
from awards.models import CastingVote, Tally
from awards.results.deliberation import cast_vote, freeze_result
from awards.results.standing import standing_of
from festival.core import generation
from tests.factories.awards import AFTER, DURING, AssignmentFactory, CallFactory, EntryFactory, JurorFactory, score

pytestmark = pytest.mark.django_db


@pytest.fixture
def jury():
    """A call with a chair, who has marked projects a, b and c: a is first, b and c are tied for the last place."""
    call = CallFactory(finalists_per_category=2)
    chair = JurorFactory(call=call, is_chair=True)
    for slug, impact, spread in (("a", 5, 5), ("b", 3, 3), ("c", 3, 3)):
        entry = EntryFactory(call=call, slug=slug)
        score(AssignmentFactory(juror=chair, entry=entry), impact, spread)
    return chair


def vote(chair, first, *others):
    return cast_vote(chair_id=chair.pk, first=first, others=others, reason="Plus jeune.", now=DURING)


def rows(tally):
    return list(tally.rows.values_list("entry__slug", "rank", "is_finalist", "score", "decided_by"))


def test_freeze_result_before_the_round_is_over_is_refused(jury):
    with pytest.raises(JuryStillAtWork):
        freeze_result(call_id=jury.call_id, user_id=None, now=DURING)


def test_freeze_result_with_a_tie_at_the_cut_is_refused(jury):
    with pytest.raises(TieAtTheCut) as caught:
        freeze_result(call_id=jury.call_id, user_id=None, now=AFTER)
    assert caught.value.entries == ("b", "c")
    assert not Tally.objects.exists()


def test_cast_vote_decides_and_the_result_can_be_frozen(jury):
    vote(jury, "c", "b")
    tally = freeze_result(call_id=jury.call_id, user_id=jury.user_id, now=AFTER)
    assert rows(tally) == [
        ("a", 1, True, "100", ""),
        ("c", 2, True, "60", "chair_vote"),
        ("b", 3, False, "60", "chair_vote"),
    ]


def test_cast_vote_again_replaces_by_another_row(jury):
    vote(jury, "c", "b")
    vote(jury, "b", "c")
    assert CastingVote.objects.count() == 2
    assert [row.entry for row in standing_of(jury.call).result.rows] == ["a", "b", "c"]


@pytest.mark.parametrize(("first", "others"), [("a", ("b",)), ("b", ("a", "c")), ("b", ()), ("b", ("nobody",))])
def test_cast_vote_between_projects_that_are_not_tied_is_refused(jury, first, others):
    with pytest.raises(NotTied):
        vote(jury, first, *others)


def test_freeze_result_starts_a_new_generation(jury):
    vote(jury, "c", "b")
    before = generation.current()
    freeze_result(call_id=jury.call_id, user_id=None, now=AFTER)
    assert generation.current() == before + 1


def test_freeze_result_same_cards_give_the_same_fingerprint(jury):
    vote(jury, "c", "b")
    first, second = (freeze_result(call_id=jury.call_id, user_id=None, now=AFTER) for _ in range(2))
    assert first.input_sha256 == second.input_sha256
    assert first.pk != second.pk

import pytest
from django.core.exceptions import ValidationError

from awards.models import CastingVote, Entry, Recusal
from awards.results import standing
from awards.results.deliberation import freeze_result
from awards.results.dossier import Preference
from tests.factories.awards import (
    AFTER,
    DURING,
    IN_ROUND_TWO,
    AssignmentFactory,
    EntryFactory,
    JurorFactory,
    first_round,
    rubric,
    score,
    second_round,
)
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def judged():
    """Two entries, one read and one begun, and one that never came into the contest."""
    juror = JurorFactory(is_chair=True)
    for slug in ("perceuse", "velo"):
        score(
            AssignmentFactory(juror=juror, entry=EntryFactory(call=juror.call, slug=slug)), 4, 3, submit=slug == "velo"
        )
    EntryFactory(call=juror.call, slug="brouillon", state=Entry.State.DRAFT)
    return first_round(juror.call)


def uuid_of(slug):
    return str(Entry.objects.get(slug=slug).uuid)


def test_the_dossier_has_what_counts_by_ids_with_the_names_beside(judged):
    dossier = standing.dossier_of(judged)

    assert {dossier.name(item.entry): item.in_contest for item in dossier.candidates} == {
        "perceuse": True,
        "velo": True,
    }
    (card,) = dossier.cards
    assert card.entry == uuid_of("velo")
    assert {dossier.name(key): mark for key, mark in card.marks.items()} == {"impact": 4, "spread": 3}
    assert {dossier.name(key): weight for key, weight in dossier.rubric.weights.items()} == {"impact": 60, "spread": 40}
    assert [dossier.name(key) for key in dossier.rubric.tie_chain] == ["impact"]
    assert (dossier.rubric.top, dossier.rubric.finalists_per_category) == (5, 2)


def test_votes_of_the_chair_and_who_stepped_back_are_in_it(judged):
    juror = judged.call.jurors.get()
    velo, drill = (Entry.objects.get(slug=slug) for slug in ("velo", "perceuse"))
    CastingVote.objects.create(
        round=judged, preferred=velo, other=drill, cast_by=juror, reason="Plus prêt.", cast_at=DURING
    )
    other = JurorFactory(call=judged.call)
    Recusal.objects.create(
        juror=other, entry=drill, reason="Cousine.", when="declared_before", round=judged, declared_at=DURING
    )

    dossier = standing.dossier_of(judged)

    assert dossier.preferences == (Preference(uuid_of("velo"), uuid_of("perceuse")),)
    assert dossier.recusals == {(str(other.uuid), uuid_of("perceuse"))}


def test_a_fixed_number_of_queries(judged, django_assert_num_queries):
    with django_assert_num_queries(12):
        standing.dossier_of(judged)


def test_the_result_is_the_count_of_that_dossier(judged):
    now = standing.standing_of(judged)

    assert [(now.dossier.name(row.entry), row.rank) for row in now.result.rows] == [("velo", 1), ("perceuse", None)]


# Methods and pooling --------------------------------------------------------------------------------------------------


def final_with(card, **changes):
    """Freeze the first round of a card, and begin a final with what was a finalist there."""
    judged = card.assignment.round
    freeze_result(round_id=judged.pk, by=None, now=AFTER)
    return second_round(judged.call, **changes)


def test_a_round_says_by_what_it_is_counted():
    card = score(AssignmentFactory(), 4, 3)
    assert standing.dossier_of(card.assignment.round).method == "mean"
    card.assignment.round.tally_method = "mixed"
    now = standing.standing_of(card.assignment.round)
    assert now.dossier.method == "mixed"
    assert set(now.estimates.of) == {str(card.assignment.entry.uuid)}


def test_a_final_counts_earlier_cards_only_where_it_says_so():
    card = score(AssignmentFactory(), 4, 3)
    final = final_with(card)
    assert standing.dossier_of(final).cards == ()
    final.pools_earlier = True
    [counted] = standing.dossier_of(final).cards
    assert counted.juror == str(card.assignment.juror.uuid)


def test_of_one_juror_on_one_project_the_latest_card_counts():
    card = score(AssignmentFactory(), 4, 3)
    final = final_with(card, pools_earlier=True)
    pair = {"juror": card.assignment.juror, "entry": card.assignment.entry, "round": final}
    score(AssignmentFactory(**pair), 1, 1, now=IN_ROUND_TWO)
    [counted] = standing.dossier_of(final).cards
    assert set(counted.marks.values()) == {1}
    assert standing.standing_of(final).result.rows[0].cards == 1


def test_cards_by_another_rubric_are_not_pooled():
    card = score(AssignmentFactory(), 4, 3)
    final = final_with(card, pools_earlier=True, rubric=rubric(card.assignment.round.call, version=2))
    assert standing.dossier_of(final).cards == ()


def test_a_round_that_follows_by_another_rubric_is_refused_when_it_would_pool():
    card = score(AssignmentFactory(), 4, 3)
    final = final_with(card, pools_earlier=True)
    final.clean()
    final.rubric = rubric(final.call, version=2)
    with pytest.raises(ValidationError):
        final.clean()

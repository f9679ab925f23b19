import pytest

from awards.models import CastingVote, Entry, Recusal
from awards.results import standing
from awards.results.dossier import Preference
from tests.factories.awards import DURING, AssignmentFactory, EntryFactory, JurorFactory, first_round, score
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

"""What the chair does: casting votes and frozen results."""

from datetime import timedelta
from uuid import uuid4

import pytest

from awards.exceptions import CardsMissing, ChairRecused, FrozenResultEdited, JuryStillAtWork, NotTied, TieAtTheCut
from awards.jury.scoring import recuse
from awards.models import CastingVote, Entry, Juror, Tally
from awards.results.deliberation import AS_PLANNED, NOT_YET, Publication, cast_vote, freeze_result, publish
from awards.results.standing import standing_of
from festival.core.audit import Actor
from festival.core.writing import site_generation
from festival.models import AuditEntry
from tests.factories.awards import (
    AFTER,
    AFTER_ROUND_TWO,
    DURING,
    IN_ROUND_TWO,
    AssignmentFactory,
    CallFactory,
    EntryFactory,
    JurorFactory,
    first_round,
    score,
)
from tests.factories.guards import unguard
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def jury():
    """A call with a chair, who has marked projects a, b and c: a is first, b and c are tied for the last place."""
    call = CallFactory()
    chair = JurorFactory(call=call, is_chair=True)
    for slug, impact, spread in (("a", 5, 5), ("b", 3, 3), ("c", 3, 3)):
        entry = EntryFactory(call=call, slug=slug)
        score(AssignmentFactory(juror=chair, entry=entry), impact, spread)
    return chair


def vote(chair, first, *others):
    known = dict(Entry.objects.values_list("slug", "uuid"))
    wanted = {"first": known[first], "others": [known.get(other, uuid4()) for other in others]}
    judged = first_round(chair.call)
    return cast_vote(chair_id=chair.pk, round_id=judged.pk, **wanted, reason="Plus jeune.", now=DURING)


def freeze(chair, *, now=AFTER):
    return freeze_result(round_id=first_round(chair.call).pk, by=chair.user, now=now)


def rows(tally):
    return list(tally.rows.values_list("entry__slug", "rank", "is_finalist", "score", "decided_by"))


def test_freeze_result_before_the_round_is_over_is_refused(jury):
    with pytest.raises(JuryStillAtWork):
        freeze(jury, now=DURING)


def test_freeze_result_with_a_tie_at_the_cut_is_refused(jury):
    with pytest.raises(TieAtTheCut) as caught:
        freeze(jury)
    tied = Entry.objects.filter(uuid__in=caught.value.entries)
    assert set(tied.values_list("slug", flat=True)) == {"b", "c"}
    assert not Tally.objects.exists()


def test_cast_vote_decides_and_the_result_can_be_frozen(jury):
    vote(jury, "c", "b")
    tally = freeze(jury)
    assert rows(tally) == [
        ("a", 1, True, "100", ""),
        ("c", 2, True, "60", "chair_vote"),
        ("b", 3, False, "60", "chair_vote"),
    ]


def test_cast_vote_again_replaces_by_another_row(jury):
    vote(jury, "c", "b")
    vote(jury, "b", "c")
    assert CastingVote.objects.count() == 2
    standing = standing_of(first_round(jury.call))
    assert [standing.dossier.name(row.entry) for row in standing.result.rows] == ["a", "b", "c"]


@pytest.mark.parametrize(("first", "others"), [("a", ("b",)), ("b", ("a", "c")), ("b", ()), ("b", ("nobody",))])
def test_cast_vote_between_projects_that_are_not_tied_is_refused(jury, first, others):
    with pytest.raises(NotTied):
        vote(jury, first, *others)


def test_freeze_result_starts_a_new_generation(jury):
    vote(jury, "c", "b")
    before = site_generation()
    freeze(jury)
    assert site_generation() != before


def test_freeze_result_same_cards_give_the_same_fingerprint(jury):
    vote(jury, "c", "b")
    first, second = (freeze(jury) for _ in range(2))
    assert first.input_sha256 == second.input_sha256
    assert first.pk != second.pk


def test_cast_vote_of_a_chair_who_stepped_back_is_refused(jury):
    entry = Entry.objects.get(slug="c")
    other = JurorFactory(call=jury.call)
    for pair in (AssignmentFactory(juror=other, entry=Entry.objects.get(slug=slug)) for slug in "abc"):
        score(pair, 3, 3)
    recuse(juror_id=jury.pk, entry_id=entry.pk, round_id=first_round(jury.call).pk, reason="Amie.", by=None, now=DURING)
    score(AssignmentFactory(juror=JurorFactory(call=jury.call), entry=entry), 3, 3)
    with pytest.raises(ChairRecused):
        vote(jury, "c", "b")
    assert not CastingVote.objects.exists()


def test_cast_vote_by_a_juror_who_is_not_the_chair_finds_no_chair(jury):
    Juror.objects.update(is_chair=False)
    with pytest.raises(Juror.DoesNotExist):
        vote(jury, "c", "b")


def test_cast_vote_and_freeze_are_recorded(jury):
    vote(jury, "c", "b")
    tally = freeze(jury)
    acts = AuditEntry.objects.filter(verb__in=["casting_vote.cast", "result.frozen"]).order_by("pk")
    assert [act.actor for act in acts] == [f"user:{jury.user_id}"] * 2
    assert acts[0].facts == {"round": str(first_round(jury.call).uuid), "votes": [CastingVote.objects.get().pk]}
    assert (acts[1].facts["input_sha256"], acts[1].facts["cards"]) == (tally.input_sha256, 3)
    assert "Plus jeune" not in str([act.facts for act in acts])


# Stepping back from a vote, missing cards, the moment ----------------------------------------------------------------


def all_level(jury):
    """Let b, c and d be level: the chair read all of them."""
    entry = EntryFactory(call=jury.call, slug="d")
    score(AssignmentFactory(juror=jury, entry=entry), 3, 3)
    reader = JurorFactory(call=jury.call)
    for slug in "bcd":
        score(AssignmentFactory(juror=reader, entry=Entry.objects.get(slug=slug)), 3, 3)
    return entry


def step_back(juror, slug, now=DURING):
    entry = Entry.objects.get(slug=slug)
    pair = {"juror_id": juror.pk, "entry_id": entry.pk, "round_id": first_round(juror.call).pk}
    return recuse(**pair, reason="Amie.", by=None, now=now)


def test_cast_vote_between_others_that_are_level_with_one_s_own_is_refused(jury):
    all_level(jury)
    step_back(jury, "d")
    with pytest.raises(ChairRecused):
        vote(jury, "c", "b")


def test_cast_vote_goes_with_a_later_stepping_back(jury):
    vote(jury, "c", "b")
    reader = JurorFactory(call=jury.call)
    for slug in "bc":
        score(AssignmentFactory(juror=reader, entry=Entry.objects.get(slug=slug)), 3, 3)
    step_back(jury, "c", now=DURING + timedelta(hours=1))
    standing = standing_of(first_round(jury.call))
    assert standing.dossier.preferences == ()
    with pytest.raises(TieAtTheCut):
        freeze(jury)


def test_freeze_result_with_cards_missing_needs_a_reason(jury):
    vote(jury, "c", "b")
    AssignmentFactory(juror=jury)
    with pytest.raises(CardsMissing) as caught:
        freeze(jury)
    assert caught.value.cards == 1
    judged = first_round(jury.call)
    tally = freeze_result(round_id=judged.pk, by=None, now=AFTER, reason=" Malade. ")
    assert tally.reason == "Malade."
    assert AuditEntry.objects.get(verb="result.frozen").facts["missing"] == 1


@pytest.mark.parametrize(
    ("publication", "public_from"),
    [(AS_PLANNED, "2027-04-08"), (NOT_YET, None), (Publication(moment=IN_ROUND_TWO), "2027-04-12")],
)
def test_freeze_result_publishes_when_it_was_said(jury, publication, public_from):
    vote(jury, "c", "b")
    tally = freeze_result(round_id=first_round(jury.call).pk, by=None, now=AFTER, publication=publication)
    assert (tally.announced_at and tally.announced_at.date().isoformat()) == public_from


def test_freeze_result_after_the_planned_moment_publishes_nothing_by_itself(jury):
    vote(jury, "c", "b")
    tally = freeze_result(round_id=first_round(jury.call).pk, by=None, now=AFTER_ROUND_TWO)
    assert (tally.is_public_as_planned, tally.announced_at) == (False, None)


def test_publish_sets_the_moment_and_records_it(jury):
    vote(jury, "c", "b")
    tally = freeze(jury)
    before = site_generation()
    moment = Publication(moment=IN_ROUND_TWO)
    assert (
        publish(tally_id=tally.pk, publication=moment, actor=Actor.system("test"), now=AFTER).announced_at
        == IN_ROUND_TWO
    )
    assert AuditEntry.objects.get(verb="result.publication_set").facts["public_from"].startswith("2027-04-12")
    assert site_generation() != before


@pytest.mark.unsound  # the books are falsified on purpose
def test_publish_of_an_edited_result_is_refused(jury):
    vote(jury, "c", "b")
    tally = freeze(jury)
    unguard()
    Tally.objects.update(names={})
    with pytest.raises(FrozenResultEdited):
        publish(tally_id=tally.pk, publication=NOT_YET, actor=Actor.system("test"), now=AFTER)

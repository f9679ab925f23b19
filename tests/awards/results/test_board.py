from decimal import Decimal

import pytest

from awards.jury.queries import Progress
from awards.models import CastingVote, Entry, Scorecard
from awards.results import board
from awards.results.deliberation import freeze_result
from tests.factories.awards import AFTER, DURING, AssignmentFactory, EntryFactory, JurorFactory, first_round, score
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
@remembered
def chair():
    return JurorFactory(is_chair=True, name="Aline", sort_name="Aline")


@pytest.fixture
@remembered
def judged(chair):
    """`a` and `b` are tied, `c` waits for its card, `d` has left the contest."""
    for slug, marks in (("a", (3, 3)), ("b", (3, 3)), ("c", None), ("d", (1, 1))):
        pair = AssignmentFactory(juror=chair, entry=EntryFactory(call=chair.call, slug=slug))
        if marks:
            score(pair, *marks)
    Entry.objects.filter(slug="d").update(state=Entry.State.WITHDRAWN)
    return first_round(chair.call)


def slugs(lines):
    return [line.entry.slug for line in lines]


def test_equal_ranks_are_filed_as_an_index_does_it(judged):
    Entry.objects.filter(slug="a").update(title={"fr": "Zut"})
    Entry.objects.filter(slug="b").update(title={"fr": "Éclats"})

    assert slugs(board.board_of(judged, now=DURING).tables[0].ranked) == ["b", "a"]


def test_the_ranking_says_who_is_awaited_and_who_has_left(judged):
    (table,) = board.board_of(judged, now=DURING).tables

    assert [(line.entry.slug, line.row.rank, line.score) for line in table.ranked] == [
        ("a", 1, Decimal(60)),
        ("b", 1, Decimal(60)),
    ]
    assert [(line.entry.slug, line.awaited) for line in table.others] == [("c", ("Aline",)), ("d", ())]
    assert table.others[0].score is None


def test_a_tie_is_open_until_the_chair_decides(judged, chair):
    (tie,) = board.board_of(judged, now=DURING).open_ties
    assert (sorted(entry.slug for entry in tie.entries), tie.is_decided) == (["a", "b"], False)

    first, second = (Entry.objects.get(slug=slug) for slug in "ba")
    CastingVote.objects.create(
        round=judged, preferred=first, other=second, cast_by=chair, reason="Plus prêt.", cast_at=DURING
    )

    (tie,) = board.board_of(judged, now=DURING).open_ties
    assert (sorted(entry.slug for entry in tie.entries), tie.is_decided) == (["a", "b"], True)


def test_a_tie_that_a_criterion_decides_shows_its_means(chair):
    for slug, marks in (("a", (3, 3)), ("e", (5, 0))):
        score(AssignmentFactory(juror=chair, entry=EntryFactory(call=chair.call, slug=slug)), *marks)

    (table,) = board.board_of(first_round(chair.call), now=DURING).tables

    (by_criterion,) = table.ties
    assert [entry.slug for entry in by_criterion.entries] == ["e", "a"]
    assert (by_criterion.criterion.slug, by_criterion.means[0], by_criterion.score) == (
        "impact",
        Decimal(5),
        Decimal(60),
    )


def test_how_far_everybody_is(judged, chair):
    reader = JurorFactory(call=chair.call, name="Zoé", sort_name="Zoé")
    score(AssignmentFactory(juror=reader, entry=Entry.objects.get(slug="c")), 1, 1, submit=False)

    seen = board.board_of(judged, now=DURING)

    assert [(line.juror.name, line.steps, line.done) for line in seen.jurors] == [
        ("Aline", (Progress.DONE, Progress.DONE, Progress.TODO), 2),
        ("Zoé", (Progress.DRAFT,), 0),
    ]
    assert (seen.cards_done, seen.cards_wanted, seen.cards_missing) == (2, 4, 2)


def test_without_the_ranking_nothing_tells_of_it(judged):
    seen = board.board_of(judged, now=DURING, with_ranking=False)

    assert (seen.tables, seen.open_ties) == ((), ())
    assert len(seen.jurors) == 1


@pytest.mark.unsound  # a card does not change behind its log
def test_a_frozen_result_is_the_newest_until_a_card_changes(judged, chair):
    assert not board.board_of(judged, now=AFTER).is_frozen_as_is
    freeze_result(round_id=judged.pk, by=chair.user, now=AFTER, reason="Sans la dernière évaluation.")

    assert board.board_of(judged, now=AFTER).is_frozen_as_is
    assert board.board_of(judged, now=DURING).tallies == []
    Scorecard.objects.filter(assignment__entry__slug="a").update(state=Scorecard.State.VOIDED, voided_at=AFTER)
    assert not board.board_of(judged, now=AFTER).is_frozen_as_is


def test_cards_of_an_entry_are_those_that_were_handed_in(judged, chair):
    reader = JurorFactory(call=chair.call, name="Zoé", sort_name="Zoé")
    entry = Entry.objects.get(slug="a")
    score(AssignmentFactory(juror=reader, entry=entry), 1, 1, submit=False)

    assert [card.assignment.juror.name for card in board.cards_of(entry, judged)] == ["Aline"]

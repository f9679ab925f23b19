"""What the grid shows: who reads what, what is locked and why, a page at a time."""

import pytest

from awards.grid.queries import Lock, View, grid_of
from awards.jury.assigning import reassign
from awards.jury.scoring import recuse
from awards.models import Category, Entry
from festival.core.audit import IMPORTER
from tests.factories.awards import (
    DURING,
    ApplicantFactory,
    AssignmentFactory,
    EntryFactory,
    JurorFactory,
    both,
    first_round,
    score,
    second_round,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged(juror):
    return first_round(juror.call)


def cell_of(grid, juror, entry):
    return next(cell for cell in grid.cells if cell.pair == (juror.pk, entry.pk))


def locks(grid):
    return {cell.pair: cell.lock for cell in grid.cells if cell.lock}


def test_grid_has_a_line_per_project_of_the_contest_and_a_column_per_juror(judged, juror, chair):
    kept = EntryFactory(call=juror.call)
    EntryFactory(call=juror.call, state=Entry.State.DRAFT)
    AssignmentFactory(juror=juror, entry=kept)
    grid = grid_of(judged, View())
    assert [line.entry for line in grid.lines] == [kept]
    assert {column.juror: column.load for column in grid.columns} == {juror: 1, chair: 0}
    assert [(line.readers, line.wanted, line.lacks) for line in grid.lines] == [(1, 3, True)]


def test_grid_counts_what_is_ticked_and_keeps_its_fingerprint(judged, juror, chair):
    given, free = EntryFactory(call=juror.call), EntryFactory(call=juror.call)
    AssignmentFactory(juror=juror, entry=given)
    as_it_stands = grid_of(judged, View())
    ticked = grid_of(judged, View(), {(juror.pk, free.pk), (chair.pk, free.pk)})
    assert {column.juror: column.load for column in ticked.columns} == {juror: 1, chair: 1}
    assert {line.entry: line.readers for line in ticked.lines} == {given: 0, free: 2}
    assert ticked.basis == as_it_stands.basis
    AssignmentFactory(juror=chair, entry=free)
    assert grid_of(judged, View()).basis != as_it_stands.basis


def test_locks_say_why(judged, juror, chair):
    begun, done, left, own = (EntryFactory(call=juror.call, slug=slug) for slug in ("begun", "done", "left", "own"))
    score(AssignmentFactory(juror=juror, entry=begun), 3, 3, submit=False)
    score(AssignmentFactory(juror=juror, entry=done), 3, 3)
    recuse(juror_id=juror.pk, entry_id=left.pk, round_id=judged.pk, reason="x", by=None, now=DURING)
    own.applicant = ApplicantFactory(email=juror.user.email)
    own.save()
    expected = {
        (juror.pk, begun.pk): Lock.BEGUN,
        (juror.pk, done.pk): Lock.IN,
        (juror.pk, left.pk): Lock.CONFLICT,
        (juror.pk, own.pk): Lock.CONFLICT,
    }
    assert locks(grid_of(judged, View())) == expected
    assert locks(grid_of(judged, View(sees_progress=False))) == expected | {(juror.pk, done.pk): Lock.BEGUN}
    grid = grid_of(judged, View(), set())
    assert cell_of(grid, juror, done).is_ticked
    assert not cell_of(grid, juror, left).is_ticked


def test_the_chair_chooses_nothing_of_their_own_nor_who_judges_what_they_left(judged, juror, chair):
    free, left = EntryFactory(call=juror.call), EntryFactory(call=juror.call)
    recuse(juror_id=chair.pk, entry_id=left.pk, round_id=judged.pk, reason="x", by=None, now=DURING)
    grid = grid_of(judged, View(reader=chair))
    assert locks(grid) == {
        (chair.pk, free.pk): Lock.OWN_CHOICE,
        (chair.pk, left.pk): Lock.CONFLICT,
        (juror.pk, left.pk): Lock.OWN_CHOICE,
    }


def test_what_was_given_to_another_is_free_again(judged, juror, chair):
    pair = AssignmentFactory(juror=juror)
    score(pair, 3, 3, submit=False)
    reassign(assignment_id=pair.pk, juror_id=chair.pk, actor=IMPORTER, now=DURING)
    cell = cell_of(grid_of(judged, View()), juror, pair.entry)
    assert (cell.is_given, cell.lock) == (False, None)


def test_in_a_final_everybody_without_a_conflict_is_wanted(judged, juror, chair):
    entry = EntryFactory(call=juror.call)
    final = second_round(juror.call, follows=None)
    assert grid_of(final, View()).lines[0].wanted == 2
    recuse(juror_id=juror.pk, entry_id=entry.pk, round_id=judged.pk, reason="x", by=None, now=DURING)
    assert grid_of(final, View()).lines[0].wanted == 1


def test_pages_hold_as_many_boxes_as_a_form_sends_and_categories_filter(judged, juror, monkeypatch):
    monkeypatch.setattr("awards.grid.queries.MOST_BOXES", 2)
    other = Category.objects.create(call=juror.call, slug="growing", name=both("Cultiver", "Growing"), sort_order=5)
    for category in (None, None, other):
        EntryFactory(call=juror.call, **({"category": category} if category else {}))
    assert [len(grid_of(judged, View(page=page)).lines) for page in ("1", "2", "9", "x")] == [2, 1, 1, 2]
    grid = grid_of(judged, View(category="growing"))
    assert [line.entry.category for line in grid.lines] == [other]
    assert grid_of(judged, View(category="nothing")).category == ""


def test_a_jury_without_jurors_has_no_lines(judged, juror):
    EntryFactory(call=juror.call)
    juror.delete()
    assert grid_of(judged, View()).lines == ()


def test_grid_asks_the_same_number_of_questions_however_large(judged, juror, django_assert_num_queries):
    for _ in range(3):
        JurorFactory(call=juror.call)
        EntryFactory(call=juror.call)
    with django_assert_num_queries(6):
        grid_of(judged, View())

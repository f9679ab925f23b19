"""Many pairs in one save: given, taken back, told, logged; all of it or nothing."""

import pytest

from awards.exceptions import JudgingNotOpen
from awards.exceptions.assignment import GridChanged
from awards.grid.giving import Handed, hand_out
from awards.grid.queries import View, grid_of
from awards.models import Assignment
from festival.core.audit import IMPORTER
from festival.models import AuditEntry, OutgoingMail
from tests.factories.awards import AFTER, DURING, AssignmentFactory, EntryFactory, first_round, score

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged(juror, chair):
    return first_round(juror.call)


def save(judged, ticked, *, basis="", now=DURING):
    basis = basis or grid_of(judged, View()).basis
    return hand_out(round_id=judged.pk, view=View(), basis=basis, ticked=ticked, actor=IMPORTER, now=now)


def given():
    return set(Assignment.objects.open().values_list("juror_id", "entry_id"))


def test_hand_out_gives_and_takes_in_one_save_and_writes_once_to_each(judged, juror, chair):
    old = AssignmentFactory(juror=juror)
    new, other = EntryFactory(call=juror.call), EntryFactory(call=juror.call)
    ticked = {(juror.pk, new.pk), (juror.pk, other.pk), (chair.pk, new.pk)}
    assert save(judged, ticked) == Handed(given=3, taken=1, told=2)
    assert given() == ticked
    assert not Assignment.objects.filter(pk=old.pk).exists()
    verbs = AuditEntry.objects.filter(verb__startswith="assignment.").values_list("verb", flat=True)
    assert sorted(verbs) == ["assignment.made"] * 3 + ["assignment.taken_back"]
    assert OutgoingMail.objects.filter(kind="jury.given").count() == 2


def test_hand_out_leaves_what_is_locked(judged, juror):
    begun = AssignmentFactory(juror=juror)
    score(begun, 3, 3, submit=False)
    assert save(judged, set()) == Handed(0, 0, 0)
    assert given() == {(juror.pk, begun.entry_id)}


def test_hand_out_saves_nothing_of_a_page_that_no_longer_fits(judged, juror, chair):
    entry = EntryFactory(call=juror.call)
    seen = grid_of(judged, View()).basis
    AssignmentFactory(juror=chair, entry=entry)
    with pytest.raises(GridChanged):
        save(judged, {(juror.pk, entry.pk)}, basis=seen)
    assert given() == {(chair.pk, entry.pk)}


def test_hand_out_sent_twice_is_done_once(judged, juror):
    entry = EntryFactory(call=juror.call)
    seen = grid_of(judged, View()).basis
    assert save(judged, {(juror.pk, entry.pk)}, basis=seen).given == 1
    assert save(judged, {(juror.pk, entry.pk)}, basis=seen) == Handed(0, 0, 0)
    assert OutgoingMail.objects.filter(kind="jury.given").count() == 1


def test_hand_out_gives_nothing_once_the_round_is_over(judged, juror):
    entry = EntryFactory(call=juror.call)
    with pytest.raises(JudgingNotOpen):
        save(judged, {(juror.pk, entry.pk)}, now=AFTER)

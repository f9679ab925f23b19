"""`fsck` finds nothing in sound results, and finds each thing that is falsified by hand."""

import pytest

from awards.models import CastingVote, Recusal, Tally, TallyRow
from awards.results.deliberation import freeze_result
from awards.results.invariants import violations
from tests.factories.awards import AFTER, BEFORE, DURING, AssignmentFactory, CallFactory, EntryFactory, score
from tests.factories.guards import unguard
from tests.remembered import remembered

pytestmark = [pytest.mark.django_db, pytest.mark.unsound]


@pytest.fixture
@remembered
def card():
    card = score(AssignmentFactory(), 4, 3)
    freeze_result(round_id=card.assignment.round_id, by=None, now=AFTER)
    return card


@pytest.fixture(autouse=True)
def unguarded(card):
    unguard()


def test_violations_sound_results_have_none(card):
    assert violations() == []


def test_violations_frozen_row_changed_by_hand(card):
    TallyRow.objects.update(score="99")
    assert violations() == [f"Frozen result {Tally.objects.get().pk} is not what its input gives."]


def test_violations_frozen_input_changed_by_hand(card):
    tally = Tally.objects.get()
    marks = tally.input["cards"][0]["marks"]
    marks[next(iter(marks))] = 5
    tally.save()
    assert violations() == [
        f"Frozen result {tally.pk} no longer matches its hash.",
        f"Frozen result {tally.pk} is not what its input gives.",
    ]


def test_violations_frozen_input_that_contradicts_itself(card):
    tally = Tally.objects.get()
    tally.input["cards"][0]["marks"]["beauty"] = 5
    tally.save()
    assert f"Frozen result {tally.pk} is not what its input gives." in violations()


def test_violations_frozen_names_changed_by_hand(card):
    Tally.objects.update(names={})
    assert violations() == [f"Frozen result {Tally.objects.get().pk} no longer matches its hash."]


def test_violations_frozen_row_of_another_call(card):
    row = TallyRow.objects.get()
    TallyRow.objects.update(category=CallFactory().categories.get())
    assert violations() == [f"Row {row.pk} of frozen result {row.tally_id} is of another call."]


def test_violations_casting_vote_across_calls_or_of_a_juror_who_had_stepped_back(card):
    pair = card.assignment
    other = EntryFactory(call=pair.juror.call)
    fields = {"round": pair.round, "preferred": pair.entry, "other": other, "cast_by": pair.juror, "reason": "x"}
    vote = CastingVote.objects.create(**fields, cast_at=DURING)
    assert violations() == []
    stepped_back = {"round": pair.round, "juror": pair.juror, "entry": other, "when": "declared_before", "reason": "x"}
    Recusal.objects.create(**stepped_back, declared_at=BEFORE)
    assert violations() == [f"Casting vote {vote.pk} was cast by a juror who had stepped back."]
    Recusal.objects.all().delete()
    CastingVote.objects.update(other=EntryFactory())
    assert violations() == [f"Casting vote {vote.pk} joins rows of different calls."]

"""Decisions move a project and can be taken back; what nobody has heard of is never told."""

from datetime import timedelta

import pytest

from awards.exceptions import EntryWasRead
from awards.exceptions.screening import DecisionIncomplete, NothingToUndo, NotScreened
from awards.models import Entry, Screening, ScreeningLetter
from awards.screening.deciding import WAIT, decide, undo
from festival.models import AuditEntry
from tests.factories.awards import DURING, AssignmentFactory, EntryFactory, JurorFactory, score

pytestmark = pytest.mark.django_db
SOON = DURING + timedelta(days=3)


def state(entry):
    entry.refresh_from_db()
    return entry.state


@pytest.mark.parametrize(
    ("verdict", "given", "becomes"),
    [
        ("eligible", {}, "eligible"),
        ("ineligible", {"reason": "Trop tard."}, "ineligible"),
        ("disqualified", {"reason": "Copie."}, "disqualified"),
        ("changes", {"reason": "Le budget.", "until": SOON}, "submitted"),
    ],
)
def test_decide_moves_the_project_and_undo_brings_it_back(entry, screener, verdict, given, becomes):
    decide(entry_id=entry.pk, verdict=verdict, by=screener, now=DURING, **given)
    assert state(entry) == becomes
    assert bool(entry.state_reason) == (becomes in {"ineligible", "disqualified"})
    assert ScreeningLetter.objects.pending().get().due_at == DURING + WAIT
    undo(entry_id=entry.pk, by=screener, now=DURING)
    assert state(entry) == "submitted"
    assert not ScreeningLetter.objects.pending().exists()
    assert [act.facts["verdict"] for act in AuditEntry.objects.order_by("pk")] == [verdict, "undone"]


def test_the_words_of_the_letter_are_not_for_jurors(entry, screener):
    decide(entry_id=entry.pk, verdict="ineligible", by=screener, now=DURING, reason="Gwenola est du jury.")
    state(entry)
    assert "Gwenola" not in str(entry.state_reason)
    assert "Gwenola" not in str(AuditEntry.objects.get().facts)


def test_the_same_again_writes_nothing(entry, screener):
    first = decide(entry_id=entry.pk, verdict="eligible", by=screener, now=DURING)
    assert decide(entry_id=entry.pk, verdict="eligible", by=screener, now=SOON) == first
    assert Screening.objects.count() == 1


def test_an_opposite_decision_takes_the_place_of_the_letter(entry, screener):
    decide(entry_id=entry.pk, verdict="ineligible", by=screener, now=DURING, reason="Trop tard.")
    decide(entry_id=entry.pk, verdict="eligible", by=screener, now=DURING)
    assert ScreeningLetter.objects.pending().get().screening.verdict == "eligible"
    assert ScreeningLetter.objects.filter(withdrawn_at=DURING).count() == 1


def test_taking_back_unheard_leaves_what_was_told(entry, screener):
    decide(entry_id=entry.pk, verdict="eligible", by=screener, now=DURING)
    ScreeningLetter.objects.update(queued_at=DURING)
    decide(entry_id=entry.pk, verdict="disqualified", by=screener, now=DURING, reason="Copie.")
    undo(entry_id=entry.pk, by=screener, now=DURING)
    assert state(entry) == "eligible"
    assert not ScreeningLetter.objects.pending().exists()
    undo(entry_id=entry.pk, by=screener, now=DURING)
    assert state(entry) == "submitted"
    assert ScreeningLetter.objects.pending().get().screening.verdict == "undone"


@pytest.mark.parametrize(
    "given",
    [
        {"verdict": "ineligible"},
        {"verdict": "ineligible", "reason": "  "},
        {"verdict": "changes", "reason": "Le budget."},
        {"verdict": "changes", "reason": "Le budget.", "until": DURING},
        {"verdict": "eligible", "until": SOON},
    ],
)
def test_a_decision_is_whole(entry, screener, given):
    with pytest.raises(DecisionIncomplete):
        decide(entry_id=entry.pk, by=screener, now=DURING, **given)
    assert not Screening.objects.exists()


@pytest.mark.parametrize("gone", [Entry.State.DRAFT, Entry.State.WITHDRAWN])
def test_what_was_not_sent_in_is_not_decided_on(screener, gone):
    with pytest.raises(NotScreened):
        decide(entry_id=EntryFactory(state=gone).pk, verdict="eligible", by=screener, now=DURING)


def test_nothing_is_undone_twice(entry, screener):
    decide(entry_id=entry.pk, verdict="eligible", by=screener, now=DURING)
    undo(entry_id=entry.pk, by=screener, now=DURING)
    with pytest.raises(NothingToUndo):
        undo(entry_id=entry.pk, by=screener, now=DURING)


def test_what_jurors_have_read_does_not_wait_again(entry, screener):
    decide(entry_id=entry.pk, verdict="eligible", by=screener, now=DURING)
    score(AssignmentFactory(juror=JurorFactory(call=entry.call), entry=Entry.objects.get(pk=entry.pk)), 3, 3)
    with pytest.raises(EntryWasRead):
        undo(entry_id=entry.pk, by=screener, now=DURING)
    with pytest.raises(EntryWasRead):
        decide(entry_id=entry.pk, verdict="changes", by=screener, now=DURING, reason="x", until=SOON)
    decide(entry_id=entry.pk, verdict="disqualified", by=screener, now=DURING, reason="Copie.")
    undo(entry_id=entry.pk, by=screener, now=DURING)
    assert state(entry) == "eligible"


def test_a_project_without_an_applicant_gets_no_letter(screener):
    lonely = EntryFactory(state=Entry.State.SUBMITTED)
    decide(entry_id=lonely.pk, verdict="eligible", by=screener, now=DURING)
    assert not ScreeningLetter.objects.exists()

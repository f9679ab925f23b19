"""Two windows of one juror, and a freeze in the middle of a save, on PostgreSQL, where careless code loses marks.

Each race has its control without the guard: if that one held too, the race would prove nothing.
"""

import threading
from contextlib import contextmanager

import pytest
from django.db import connections
from django.db.models import QuerySet

from awards.exceptions import JudgingNotOpen, ScorecardChanged
from awards.jury import invariants as jury_books
from awards.jury.scoring import Marks, save_scorecard
from awards.models import Round, Scorecard, ScoreChange, Tally
from awards.results import invariants as result_books
from awards.results.deliberation import freeze_result
from tests.factories.awards import DURING, AssignmentFactory, score
from tests.racing import abreast, at_once

WINDOWS = 12


def save(assignment, number, *, version=1, comment=None, now=DURING):
    return save_scorecard(
        assignment_id=assignment.pk,
        version=version,
        marks=Marks({"impact": number % 6, "spread": 3}, comment or f"Window {number}."),
        by=None,
        now=now,
    )


@contextmanager
def without_locks(monkeypatch):
    """Let everybody read what they like while others write: the guard of both races is a lock on the round."""
    with monkeypatch.context() as patch:
        patch.setattr(QuerySet, "select_for_update", lambda self, **options: self.all())
        yield


@pytest.fixture
def slow_save(monkeypatch):
    """Every card takes a moment between being read and being written."""
    write = Scorecard.save

    def save_slowly(card, *args, **kwargs):
        abreast()
        write(card, *args, **kwargs)

    monkeypatch.setattr(Scorecard, "save", save_slowly)


def test_many_windows_save_one_card_and_exactly_one_wins(slow_save):
    pair = AssignmentFactory()
    score(pair, 0, 0, submit=False)

    outcomes = at_once(WINDOWS, lambda number: save(pair, number))

    winners = [outcome for outcome in outcomes if isinstance(outcome, Scorecard)]
    assert len(winners) == 1
    assert all(isinstance(outcome, ScorecardChanged) for outcome in outcomes if outcome is not winners[0])
    card = Scorecard.objects.get()
    assert (card.version, card.comment) == (2, winners[0].comment)
    assert jury_books.violations() == []


def test_many_windows_open_one_new_card(slow_save):
    pair = AssignmentFactory()

    outcomes = at_once(WINDOWS, lambda number: save(pair, number, version=0))

    assert sum(isinstance(outcome, Scorecard) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, ScorecardChanged) for outcome in outcomes) == WINDOWS - 1
    assert Scorecard.objects.get().version == 1


def test_the_same_card_sent_many_times_at_once_is_saved_once(slow_save):
    pair = AssignmentFactory()

    outcomes = at_once(WINDOWS, lambda number: save(pair, 4, version=0))

    assert {outcome.pk for outcome in outcomes} == {Scorecard.objects.get().pk}
    assert (Scorecard.objects.get().version, ScoreChange.objects.count()) == (1, 2)


@pytest.mark.unsound
def test_control_without_the_lock_windows_overwrite_each_other(slow_save, monkeypatch):
    pair = AssignmentFactory()
    score(pair, 0, 0, submit=False)

    with without_locks(monkeypatch):
        outcomes = at_once(WINDOWS, lambda number: save(pair, number))

    assert sum(isinstance(outcome, Scorecard) for outcome in outcomes) > 1


def hand_in_while_the_result_is_frozen(monkeypatch):
    """Start to hand a card in on the last second, freeze before it is written; return what became of both."""
    pair = AssignmentFactory()
    closes = pair.round.closes
    has_read, may_write = threading.Event(), threading.Event()
    write = Scorecard.save

    def save_late(card, *args, **kwargs):
        has_read.set()
        may_write.wait(timeout=2)
        write(card, *args, **kwargs)

    def freeze():
        assert has_read.wait(timeout=30)
        try:
            return freeze_result(
                round_id=pair.round_id, by=None, now=closes.replace(microsecond=1), reason="Sans attendre."
            )
        finally:
            may_write.set()

    marks = Marks({"impact": 4, "spread": 3}, submit=True)
    saving = {"assignment_id": pair.pk, "version": 0, "marks": marks, "by": None, "now": closes}
    with monkeypatch.context() as patch:
        patch.setattr(Scorecard, "save", save_late)
        return at_once(2, lambda number: freeze() if number else save_scorecard(**saving))


def counted(tally):
    return sum(row.cards for row in tally.rows.all())


def test_a_card_saved_during_the_freeze_is_in_the_result(monkeypatch):
    card, tally = hand_in_while_the_result_is_frozen(monkeypatch)

    assert isinstance(card, Scorecard)
    assert counted(tally) == 1
    assert result_books.violations() == []


def test_a_card_that_comes_after_the_freeze_is_refused():
    pair = AssignmentFactory()
    closes = pair.round.closes
    freeze_result(round_id=pair.round_id, by=None, now=closes.replace(microsecond=1), reason="Sans attendre.")

    with pytest.raises(JudgingNotOpen):
        save(pair, 4, version=0, now=closes)


def test_many_cards_against_one_freeze_are_each_counted_or_refused():
    first = AssignmentFactory()
    pairs = [first, *(AssignmentFactory(juror__call=first.juror.call, entry=first.entry) for _ in range(9))]
    closes = first.round.closes
    marks = Marks({"impact": 4, "spread": 3}, submit=True)

    def one(number):
        if number == 5:
            return freeze_result(
                round_id=first.round_id, by=None, now=closes.replace(microsecond=1), reason="Sans attendre."
            )
        saving = {"assignment_id": pairs[number].pk, "version": 0, "marks": marks, "by": None}
        return save_scorecard(**saving, now=closes)

    outcomes = at_once(10, one)

    saved = [outcome for outcome in outcomes if isinstance(outcome, Scorecard)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, JudgingNotOpen)]
    assert len(saved) + len(refused) == 9
    assert counted(Tally.objects.get()) == len(saved) == Scorecard.objects.count()


@pytest.mark.unsound
def test_control_without_the_lock_a_saved_card_is_missing_from_the_result(monkeypatch):
    with without_locks(monkeypatch):
        card, tally = hand_in_while_the_result_is_frozen(monkeypatch)

    assert isinstance(card, Scorecard)
    assert counted(tally) == 0
    assert Round.objects.filter(tallies=tally, assignments__scorecard=card).exists()
    connections.close_all()

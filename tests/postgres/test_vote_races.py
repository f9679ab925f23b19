"""One voter with two hundred windows, and a count in the middle of a ballot, on PostgreSQL.

Each race has its control without the guard: if that one held too, the race would prove nothing.
"""

import datetime as dt
import threading
from contextlib import contextmanager

import pytest
from django.db import connections
from django.db.models import QuerySet

from awards.exceptions.voting import NewerBallot, VoteNotOpen
from awards.models import PublicBallot, PublicGrade, Tally
from awards.voting.closing import freeze_vote
from awards.voting.invariants import violations
from tests.awards.voting.conftest import OPEN, ballot_box, by_ticket, cast, shop
from tests.racing import abreast, at_once

__all__ = ["ballot_box", "shop"]
WINDOWS = 200


@contextmanager
def without_locks(monkeypatch):
    """Let everybody read what they like while others write: the guard of both races is a lock on the round."""
    with monkeypatch.context() as patch:
        patch.setattr(QuerySet, "select_for_update", lambda self, **options: self.all())
        yield


@pytest.fixture
def slow_ballot(monkeypatch):
    """Every ballot takes a moment between being read and being written."""
    write = PublicBallot.save

    def save_slowly(ballot, *args, **kwargs):
        abreast()
        write(ballot, *args, **kwargs)

    monkeypatch.setattr(PublicBallot, "save", save_slowly)


def vote(box, number):
    return cast(box, "one voter", now=OPEN + dt.timedelta(microseconds=number), first=number % 5, second=3)


def test_two_hundred_ballots_of_one_voter_count_once(ballot_box):
    outcomes = at_once(WINDOWS, lambda number: vote(ballot_box, number))

    counted = [outcome for outcome in outcomes if isinstance(outcome, PublicBallot)]
    assert counted
    assert all(isinstance(outcome, NewerBallot) for outcome in outcomes if not isinstance(outcome, PublicBallot))
    ballot = PublicBallot.objects.get()
    assert ballot.sent_at == OPEN + dt.timedelta(microseconds=WINDOWS - 1), "the last one that was sent counts"
    assert sorted(ballot.grades.values_list("entry__slug", "value")) == [("first", (WINDOWS - 1) % 5), ("second", 3)]
    assert violations() == []


def test_two_hundred_ballots_of_two_tickets_of_one_holder_count_once(ballot_box):
    def vote_by_ticket(number):
        now = OPEN + dt.timedelta(microseconds=number)
        return by_ticket(ballot_box, ("AAAA-AAAA", "BBBB-BBBB")[number % 2], now=now, first=number % 5)

    outcomes = at_once(WINDOWS, vote_by_ticket)

    assert all(isinstance(outcome, NewerBallot | PublicBallot) for outcome in outcomes)
    assert PublicBallot.objects.get().sent_at == OPEN + dt.timedelta(microseconds=WINDOWS - 1)
    assert PublicGrade.objects.get().value == (WINDOWS - 1) % 5
    assert violations() == []


@pytest.mark.unsound
def test_without_the_lock_tickets_would_meet_errors(ballot_box, slow_ballot, monkeypatch):
    with without_locks(monkeypatch):
        outcomes = at_once(8, lambda number: by_ticket(ballot_box, now=OPEN + dt.timedelta(seconds=number), first=1))

    assert [o for o in outcomes if isinstance(o, Exception) and not isinstance(o, NewerBallot)]


@pytest.mark.unsound
def test_without_the_lock_voters_would_meet_errors(ballot_box, slow_ballot, monkeypatch):
    with without_locks(monkeypatch):
        outcomes = at_once(8, lambda number: vote(ballot_box, number))

    refused = [o for o in outcomes if isinstance(o, Exception) and not isinstance(o, NewerBallot)]
    assert refused, "a voter was told that something broke"


def _count_in_the_middle(box, monkeypatch):
    """Count the vote while a ballot of its last moment is between being read and being written."""
    read, counted = threading.Event(), threading.Event()
    write = PublicBallot.save

    def save_slowly(ballot, *args, **kwargs):
        read.set()
        counted.wait(timeout=3)
        write(ballot, *args, **kwargs)

    monkeypatch.setattr(PublicBallot, "save", save_slowly)

    def last_ballot():
        try:
            return cast(box, "late", now=box.closes, second=0)
        finally:
            connections.close_all()

    outcome = []
    thread = threading.Thread(target=lambda: outcome.append(last_ballot()))
    thread.start()
    assert read.wait(timeout=10)
    freeze_vote(round_id=box.pk, by=None, now=box.closes + dt.timedelta(milliseconds=1))
    counted.set()
    thread.join(timeout=20)
    return outcome[0], Tally.objects.get(round=box)


def test_a_ballot_on_its_way_is_in_the_count(ballot_box, monkeypatch):
    cast(ballot_box, "early", first=4)

    _ballot, tally = _count_in_the_middle(ballot_box, monkeypatch)

    assert len(tally.input["ballots"]) == 2
    assert PublicGrade.objects.count() == 2
    with pytest.raises(VoteNotOpen):
        cast(ballot_box, "too late", now=ballot_box.closes, first=1)


@pytest.mark.unsound
def test_without_the_lock_it_would_be_told_that_it_counts_and_not_count(ballot_box, monkeypatch):
    cast(ballot_box, "early", first=4)

    with without_locks(monkeypatch):
        _ballot, tally = _count_in_the_middle(ballot_box, monkeypatch)

    assert len(tally.input["ballots"]) == 1
    assert PublicBallot.objects.count() == 2

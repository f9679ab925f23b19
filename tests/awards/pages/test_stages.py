"""Where a call stands, to the second, and the days that are left."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from awards.pages.stages import Stage, Windows, days_left, stage_at

PARIS = ZoneInfo("Europe/Paris")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


WINDOWS = Windows(
    opens=at("2026-12-01T10:00"),
    closes=at("2027-02-28T23:59:59"),
    judging_opens=at("2027-03-15T09:00"),
    judging_closes=at("2027-04-05T23:59:59"),
    finalists_at=at("2027-04-08T11:00"),
    vote_opens=at("2027-04-19T10:00"),
    vote_closes=at("2027-05-04T23:59:59"),
    winners_at=at("2027-05-07T18:00:00"),
)


@pytest.mark.parametrize(
    ("moment", "stage"),
    [
        ("2026-12-01T09:59:59", Stage.SOON),
        ("2026-12-01T10:00:00", Stage.OPEN),
        ("2027-02-28T23:59:59", Stage.OPEN),
        ("2027-03-01T00:00:00", Stage.CHECKING),
        ("2027-03-15T09:00:00", Stage.JUDGING),
        ("2027-04-05T23:59:59", Stage.JUDGING),
        ("2027-04-06T00:00:00", Stage.DECIDED),
        ("2027-04-08T10:59:59", Stage.DECIDED),
        ("2027-04-08T11:00:00", Stage.FINALISTS),
        ("2027-04-19T10:00:00", Stage.VOTING),
        ("2027-05-04T23:59:59", Stage.VOTING),
        ("2027-05-05T00:00:00", Stage.VOTED),
        ("2027-05-07T17:59:59", Stage.VOTED),
        ("2027-05-07T18:00:00", Stage.WINNERS),
    ],
)
def test_stage_at_each_boundary(moment, stage):
    assert stage_at(WINDOWS, at(moment)) == stage


def test_stage_at_without_a_vote_ends_with_the_finalists():
    windows = Windows(*(getattr(WINDOWS, name) for name in list(Windows.__slots__)[:5]))
    assert stage_at(windows, at("2028-01-01T00:00")) == Stage.FINALISTS


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)), st.timedeltas(timedelta(0), timedelta(days=400)))
def test_stage_at_never_goes_back(moment, later):
    order = list(Stage)
    first = stage_at(WINDOWS, moment.replace(tzinfo=PARIS))
    assert order.index(stage_at(WINDOWS, (moment + later).replace(tzinfo=PARIS))) >= order.index(first)


@pytest.mark.parametrize(
    ("now", "left"),
    [("2027-02-28T00:00", 0), ("2027-02-27T23:59", 1), ("2027-02-01T12:00", 27), ("2027-03-01T00:00", 0)],
)
def test_days_left_counts_midnights_of_paris(now, left):
    assert days_left(at=at(now), until=WINDOWS.closes, zone=PARIS) == left

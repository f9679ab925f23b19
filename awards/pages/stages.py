"""Where a call stands at a moment, and how many days are left: the countdown's arithmetic."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum


class Stage(StrEnum):
    """What a call is doing. Each lasts until the next begins."""

    SOON = "soon"
    OPEN = "open"
    CHECKING = "checking"
    JUDGING = "judging"
    DECIDED = "decided"  # the jury has finished, finalists are still secret
    FINALISTS = "finalists"
    VOTING = "voting"
    VOTED = "voted"
    WINNERS = "winners"


@dataclass(frozen=True, slots=True)
class Windows:
    """The moments of a call, all aware; None for what is not planned, such as a public vote."""

    opens: datetime
    closes: datetime
    judging_opens: datetime | None = None
    judging_closes: datetime | None = None
    finalists_at: datetime | None = None
    vote_opens: datetime | None = None
    vote_closes: datetime | None = None
    winners_at: datetime | None = None


def stage_at(windows: Windows, at: datetime) -> Stage:
    """Return the stage at the aware moment `at`; opening and closing moments belong to their window."""
    stage = Stage.SOON
    for begins, name in (
        (at >= windows.opens, Stage.OPEN),
        (at > windows.closes, Stage.CHECKING),
        (_has_come(windows.judging_opens, at), Stage.JUDGING),
        (_is_past(windows.judging_closes, at), Stage.DECIDED),
        (_has_come(windows.finalists_at, at), Stage.FINALISTS),
        (_has_come(windows.vote_opens, at), Stage.VOTING),
        (_is_past(windows.vote_closes, at), Stage.VOTED),
        (_has_come(windows.winners_at, at), Stage.WINNERS),
    ):
        stage = name if begins else stage
    return stage


def _has_come(moment: datetime | None, at: datetime) -> bool:
    return moment is not None and at >= moment


def _is_past(moment: datetime | None, at: datetime) -> bool:
    return moment is not None and at > moment


def days_left(*, at: datetime, until: datetime, zone: tzinfo) -> int:
    """Return how many midnights of `zone` lie between two aware moments: 0 on the last day, never below."""
    return max(0, (until.astimezone(zone).date() - at.astimezone(zone).date()).days)

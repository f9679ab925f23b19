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


@dataclass(frozen=True, slots=True)
class Windows:
    """The moments of a call, all aware. Without a public vote both vote moments are None."""

    opens: datetime
    closes: datetime
    judging_opens: datetime
    judging_closes: datetime
    finalists_at: datetime
    vote_opens: datetime | None = None
    vote_closes: datetime | None = None


def stage_at(windows: Windows, at: datetime) -> Stage:
    """Return the stage at the aware moment `at`; opening and closing moments belong to their window."""
    stage = Stage.SOON
    for begins, name in (
        (at >= windows.opens, Stage.OPEN),
        (at > windows.closes, Stage.CHECKING),
        (at >= windows.judging_opens, Stage.JUDGING),
        (at > windows.judging_closes, Stage.DECIDED),
        (at >= windows.finalists_at, Stage.FINALISTS),
        (windows.vote_opens is not None and at >= windows.vote_opens, Stage.VOTING),
        (windows.vote_closes is not None and at > windows.vote_closes, Stage.VOTED),
    ):
        stage = name if begins else stage
    return stage


def days_left(*, at: datetime, until: datetime, zone: tzinfo) -> int:
    """Return how many midnights of `zone` lie between two aware moments: 0 on the last day, never below."""
    return max(0, (until.astimezone(zone).date() - at.astimezone(zone).date()).days)

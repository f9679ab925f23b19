"""Until when an applicant may do what, what happens next, and what is frozen. Plain Python."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

REMINDERS = {"72h": timedelta(hours=72), "24h": timedelta(hours=24)}


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when one project may be sent in. All moments are absolute.

    `closes` is what everybody is told; `grace` what nobody is. An extension is one applicant's own, told to them;
    `resubmit_until` is set for a project that was asked for changes.
    """

    opens: datetime
    closes: datetime
    grace: timedelta = timedelta()
    extended_until: datetime | None = None
    resubmit_until: datetime | None = None

    @property
    def told(self) -> datetime:
        """What the applicant is told: the latest moment that is theirs, without the grace."""
        return max(filter(None, (self.closes, self.extended_until, self.resubmit_until)))

    @property
    def limit(self) -> datetime:
        """The last moment at which something is taken; it belongs to the call itself."""
        return max(self.told, self.closes + self.grace)

    def is_open(self, at: datetime) -> bool:
        """Return whether something that arrives at `at`, by the server's clock, is taken."""
        return self.opens <= at <= self.limit


class Moment(StrEnum):
    """Where a project stands, as its applicant reads it."""

    DRAFT = "draft"
    DRAFT_TOO_LATE = "draft_too_late"
    SUBMITTED = "submitted"  # may still be changed
    CHECKING = "checking"
    CHANGES_ASKED = "changes_asked"
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    WITHDRAWN = "withdrawn"
    DISQUALIFIED = "disqualified"
    JUDGING = "judging"
    DECIDED = "decided"  # the jury has finished, nobody is told anything yet
    FINALIST = "finalist"
    NOT_CHOSEN = "not_chosen"
    WINNER = "winner"
    MENTIONED = "mentioned"
    FINALIST_OVER = "finalist_over"
    NOT_CHOSEN_OVER = "not_chosen_over"


@dataclass(frozen=True, slots=True)
class Around:
    """What the world around a project knows at a moment; nothing of results before they are public."""

    is_judged: bool = False  # the jury has begun
    is_decided: bool = False  # the jury has finished
    is_announced: bool = False
    is_finalist: bool = False  # only read once announced
    is_over: bool = False  # the edition has gone by
    has_won: bool = False  # and everybody may know
    is_mentioned: bool = False  # likewise


def moment_of(state: str, deadline: Deadline, around: Around, at: datetime, *, is_sent_again: bool = False) -> Moment:
    """Return where a project in `state` stands at `at`. What is not announced yet changes nothing.

    `is_sent_again` says that the changes that were asked for have come.
    """
    is_open = deadline.is_open(at)
    is_asked = deadline.resubmit_until is not None and at <= deadline.resubmit_until and not is_sent_again
    match state:
        case "draft":
            return Moment.DRAFT if is_open or at < deadline.opens else Moment.DRAFT_TOO_LATE
        case "ineligible" | "withdrawn" | "disqualified":
            return Moment(state)
        case "submitted" if is_open and is_asked:
            return Moment.CHANGES_ASKED
        case "submitted":
            return Moment.SUBMITTED if is_open else Moment.CHECKING
    return _judged(around)


def _judged(around: Around) -> Moment:
    if around.has_won or around.is_mentioned:
        return Moment.WINNER if around.has_won else Moment.MENTIONED
    if around.is_announced:
        if around.is_over:
            return Moment.FINALIST_OVER if around.is_finalist else Moment.NOT_CHOSEN_OVER
        return Moment.FINALIST if around.is_finalist else Moment.NOT_CHOSEN
    if around.is_decided:
        return Moment.DECIDED
    return Moment.JUDGING if around.is_judged else Moment.ELIGIBLE


def standing_place(verdicts: Sequence[str]) -> int | None:
    """Return the place of the decision that holds after all of them, oldest first; None where none holds.

    `undone` takes back the one that held.
    """
    stack: list[int] = []
    for place, verdict in enumerate(verdicts):
        if verdict != "undone":
            stack.append(place)
        elif stack:
            stack.pop()
    return stack[-1] if stack else None


def may_edit(state: str, deadline: Deadline, at: datetime) -> bool:
    """Return whether the form of a project may be changed and sent in."""
    return state in {"draft", "submitted"} and deadline.is_open(at)


def may_withdraw(state: str, around: Around) -> bool:
    """Return whether its applicant may take a project out of the contest: once it was sent in, while there is one."""
    return state in {"submitted", "eligible"} and not around.is_over


def may_return(state: str, deadline: Deadline, at: datetime) -> bool:
    """Return whether a project that was withdrawn may be brought back."""
    return state == "withdrawn" and deadline.is_open(at)


def due_reminders(deadline: Deadline, sent: Collection[str], at: datetime) -> list[str]:
    """Return the reminders that are due at `at`, the one to send last. Of two that are due, only that one is written.

    An earlier one that was missed is not sent behind a later one, but counts as done.
    """
    if not deadline.opens <= at <= deadline.told:
        return []
    due = [kind for kind, before in REMINDERS.items() if at >= deadline.told - before]
    return [] if not due or due[-1] in sent else [kind for kind in due if kind not in sent]


def canonical(snapshot: Mapping[str, Any]) -> str:
    """Return the one JSON of what was sent in: keys in order, no blanks, letters as they are."""
    return json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(snapshot: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(snapshot).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Window:
    """The open page that saves: an id that it makes up, and the number of the save in it. Blank without scripts."""

    key: str = ""
    turn: int = 0

    def is_repeated(self, key: str, turn: int) -> bool:
        """Return whether this save was done already; `key` and `turn` are those of the last one."""
        return bool(self.key) and self.key == key and self.turn <= turn

    def may_write(self, key: str, *, version: int, stored: int) -> bool:
        """Return whether nobody else has saved since this page read `version`, or saved itself."""
        return version == stored or (bool(self.key) and self.key == key)
